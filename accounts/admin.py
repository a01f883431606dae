"""Users, teams and the audit trail in Django's admin, for administrators; what they change is recorded."""

from typing import Any

from django import forms
from django.contrib import admin
from django.contrib.auth.admin import UserAdmin
from django.contrib.auth.forms import AdminUserCreationForm, UserChangeForm
from django.contrib.auth.models import Group
from django.db import transaction
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect

from accounts import audit
from accounts.access import user_of
from accounts.actions import end_access
from accounts.civil_numbers import CODE
from accounts.models import AuditEvent, RoleAssignment, Team, User
from accounts.roles import Permission

admin.site.unregister(Group)  # roles are data in code, not groups in the database
admin.site.site_header = admin.site.site_title = "Beskæftigelsesplan, Viborg Kommune"


def _may(request: HttpRequest, permission: Permission) -> bool:
    """Nobody is logged in yet on the admin's own log-in page."""
    return request.user.is_authenticated and request.user.may(permission)


class Audited(admin.ModelAdmin):
    """Only who manages users gets in, and each creation, change and deletion is recorded with its maker."""

    key: str  # the field by which the trail names a row

    def has_module_permission(self, request: HttpRequest) -> bool:
        return _may(request, Permission.MANAGE_USERS)

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return self.has_module_permission(request)

    has_add_permission = has_module_permission
    has_change_permission = has_delete_permission = has_view_permission

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        related = self.related_facts(form.instance)
        super().save_related(request, form, formsets, change)
        changes = _changed(form) | _difference(related, self.related_facts(form.instance))
        self.record(request, "changed" if change else "created", form.instance, changes)

    def delete_model(self, request: HttpRequest, obj: Any) -> None:
        self.record(request, "deleted", obj)
        super().delete_model(request, obj)

    @transaction.atomic
    def delete_queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> None:
        for obj in queryset:
            self.record(request, "deleted", obj)
        super().delete_queryset(request, queryset)

    def record(self, request: HttpRequest, verb: str, obj: Any, changes: audit.Changes | None = None) -> None:
        key = getattr(obj, self.key)
        audit.record(verb=verb, kind=obj._meta.model_name, key=key, by=user_of(request), changes=changes)

    def history_view(self, request: HttpRequest, object_id: str, extra_context: Any = None) -> HttpResponse:
        """The portal's own trail, in plain words, instead of the admin's log of what was done in the admin."""
        obj = self.get_object(request, object_id)
        if obj is None:
            raise Http404
        return redirect("historik", obj._meta.model_name, getattr(obj, self.key))

    def related_facts(self, obj: Any) -> dict[str, Any]:
        """What the page's inline forms can change, read from the database."""
        return {}


def _changed(form: Any) -> audit.Changes:
    """What was typed in another form than before; never a password."""
    names = [name for name in form.changed_data if "password" not in name]
    return {name: [_plain(form.initial.get(name)), _plain(form.cleaned_data.get(name))] for name in names}


def _difference(before: dict[str, Any], after: dict[str, Any]) -> audit.Changes:
    return {name: [before[name], after[name]] for name in after if before[name] != after[name]}


def _plain(value: Any) -> Any:
    return getattr(value, "pk", value)


class NotRepeated(forms.BaseModelForm):
    """A form that does not show again what looked like a civil registration number."""

    data: QueryDict

    def full_clean(self) -> None:
        super().full_clean()
        found = [name for name, errors in self.errors.items() if any(e.code == CODE for e in errors.as_data())]
        if found:
            self.data = self.data.copy()
            for name in found:
                self.data[self.add_prefix(name)] = ""
                setattr(self.instance, name, self.initial.get(name, ""))  # the page's title names it


class UserCreation(NotRepeated, AdminUserCreationForm):
    class Meta:
        model = User
        fields = ["email", "name"]


class UserChange(NotRepeated, UserChangeForm):
    class Meta:
        model = User
        fields = ["email", "password", "name", "title", "team", "is_active"]


class RoleInline(admin.TabularInline):
    model = RoleAssignment
    extra = 0

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return _may(request, Permission.MANAGE_USERS)

    has_add_permission = has_change_permission = has_delete_permission = has_view_permission


@admin.register(User)
class PortalUserAdmin(Audited, UserAdmin):
    """A user is made inactive, never deleted: what the person wrote keeps its author."""

    key = "email"
    form, add_form = UserChange, UserCreation
    inlines = [RoleInline]
    list_display = ["email", "name", "team", "is_active"]
    list_filter = ["is_active", "team", "assignments__role"]
    search_fields = ["email", "name"]
    ordering = ["email"]
    filter_horizontal = []
    fieldsets = [(None, {"fields": ["email", "password", "name", "title", "team", "is_active"]})]
    add_fieldsets = [(None, {"fields": ["email", "name", "usable_password", "password1", "password2"]})]

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def related_facts(self, obj: User) -> dict[str, Any]:
        return {"roles": sorted(RoleAssignment.objects.filter(user=obj).values_list("role", flat=True))}

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        super().save_model(request, obj, form, change)
        if change and "is_active" in form.changed_data and not obj.is_active:
            end_access(user=obj, by=user_of(request))

    @transaction.atomic
    def user_change_password(self, request: HttpRequest, id: str, form_url: str = "") -> HttpResponse:
        response = super().user_change_password(request, id, form_url)
        if request.method == "POST" and response.status_code == 302:
            self.record(request, "changed password", self.get_object(request, id))
        return response


class TeamForm(NotRepeated, forms.ModelForm):
    class Meta:
        model = Team
        fields = ["name", "slug"]


@admin.register(Team)
class TeamAdmin(Audited):
    key = "slug"
    form = TeamForm
    list_display = ["name", "slug"]
    prepopulated_fields = {"slug": ["name"]}


@admin.register(AuditEvent)
class AuditEventAdmin(admin.ModelAdmin):
    """For reading and searching only."""

    list_display = ["at", "actor", "verb", "kind", "key", "about", "reason"]
    list_filter = ["kind", "verb"]
    search_fields = ["actor", "key", "about"]
    date_hierarchy = "at"

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return _may(request, Permission.READ_AUDIT)

    def has_module_permission(self, request: HttpRequest) -> bool:
        return self.has_view_permission(request)

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    has_delete_permission = has_change_permission
