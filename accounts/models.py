"""Who may do what, and who did what: users, teams, roles and the audit trail."""

from typing import Any, NoReturn

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from accounts.civil_numbers import refuse_civil_number
from accounts.permitted_text import refuse_unreadable
from accounts.roles import PERMISSIONS, Permission, Role


class Team(models.Model):
    """A part of the jobcenter that owns initiatives and measures together."""

    slug = models.SlugField(unique=True, validators=[refuse_civil_number])
    name = models.CharField("navn", max_length=100, validators=[refuse_civil_number])

    class Meta:
        verbose_name, verbose_name_plural = "team", "teams"
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name

    def clean(self) -> None:
        refuse_unreadable(self, "name")


class UserManager(BaseUserManager["User"]):
    def get_by_natural_key(self, email: str | None) -> "User":
        return self.get(email__iexact=email)

    def create_user(self, email: str, password: str | None = None, **fields: Any) -> "User":
        user = self.model(email=self.normalize_email(email), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def create_superuser(self, email: str, password: str | None = None, **fields: Any) -> "User":
        user = self.create_user(email, password, **fields)
        user.assignments.create(role=Role.ADMINISTRATOR)
        return user


class User(AbstractBaseUser):
    """A person who logs in by e-mail. What the person may do follows from the roles."""

    email = models.EmailField("e-mail", unique=True, validators=[refuse_civil_number])
    name = models.CharField("navn", max_length=100, validators=[refuse_civil_number])
    title = models.CharField(
        "titel", max_length=120, blank=True, validators=[refuse_civil_number],
        help_text="Den rolle, der står under det, personen skriver; aldrig et navn.",
    )  # fmt: skip
    team = models.ForeignKey(Team, null=True, blank=True, on_delete=models.SET_NULL, related_name="users")
    is_active = models.BooleanField("aktiv", default=True)
    # The single sign-on provider's own name for the person; null for who logs in with a password.
    subject = models.CharField(max_length=255, null=True, unique=True, editable=False)
    session_round = models.PositiveIntegerField(default=0, editable=False)  # raised to end all sessions of before

    objects = UserManager()
    USERNAME_FIELD = "email"
    REQUIRED_FIELDS = ["name"]

    class Meta:
        verbose_name, verbose_name_plural = "bruger", "brugere"
        ordering = ["email"]
        constraints = [models.UniqueConstraint(Lower("email"), name="one_user_per_email")]

    def clean(self) -> None:
        super().clean()
        refuse_unreadable(self, "name", "title")

    def __str__(self) -> str:
        return self.name or self.email

    def get_session_auth_hash(self) -> str:
        """What a session must hold to be the user's: another after a new password, and after access was ended."""
        return f"{super().get_session_auth_hash()}.{self.session_round}"

    @property
    def is_staff(self) -> bool:
        """The Django admin is for administrators."""
        return self.is_active and self.may(Permission.MANAGE_USERS)

    @property
    def signature(self) -> str:
        """What stands under what the person writes: the role, else the team; never the name."""
        return self.title or str(self.team or "")

    def may(self, permission: Permission) -> bool:
        return permission in self.permissions

    @property
    def permissions(self) -> frozenset[Permission]:
        """Of all roles together, asked anew each time: a role that is taken away holds no longer."""
        return frozenset().union(*(PERMISSIONS[role] for role in self.roles)) if self.is_active else frozenset()

    def has_perm(self, perm: str, obj: object = None) -> bool:
        """What the Django admin asks: there is one source of rights, the roles."""
        return self.may(Permission.MANAGE_USERS)

    def has_module_perms(self, app_label: str) -> bool:
        return self.may(Permission.MANAGE_USERS)

    @property
    def roles(self) -> list[Role]:
        return [Role(assignment.role) for assignment in self.assignments.all()]


class LoginAttempt(models.Model):
    """A password that was tried, with digests of the name typed and of the machine's address. Kept for an hour."""

    user = models.CharField(max_length=64)
    address = models.CharField(max_length=64)
    at = models.DateTimeField(db_index=True)

    class Meta:
        indexes = [models.Index(fields=["user", "at"]), models.Index(fields=["address", "at"])]


class RoleAssignment(models.Model):
    """A role a user holds."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="assignments")
    role = models.CharField("rolle", max_length=20, choices=Role)

    class Meta:
        verbose_name, verbose_name_plural = "rolle", "roller"
        constraints = [models.UniqueConstraint(fields=["user", "role"], name="one_assignment_per_role")]

    def __str__(self) -> str:
        return self.get_role_display()


class AuditQuerySet(models.QuerySet):
    """The trail in bulk is as unchangeable as each event of it."""

    def update(self, **fields: Any) -> NoReturn:
        raise TypeError("Audit events are never changed: record another.")

    def delete(self) -> NoReturn:
        raise TypeError("Audit events are never deleted.")


class AuditEvent(models.Model):
    """Who did what, when and why. No foreign keys, so it outlives its subjects; never changed, never deleted."""

    at = models.DateTimeField("hvornår", auto_now_add=True)
    actor = models.CharField("hvem", max_length=254)
    verb = models.CharField("gjorde", max_length=40)
    kind = models.CharField("slags", max_length=60)
    key = models.CharField("nøgle", max_length=200)
    changes = models.JSONField("ændringer", default=dict)  # field → [before, after]
    reason = models.TextField("begrundelse", blank=True)
    about = models.CharField("om person", max_length=254, blank=True)

    objects = AuditQuerySet.as_manager()

    class Meta:
        verbose_name, verbose_name_plural = "hændelse", "revisionsspor"
        ordering = ["-at", "-pk"]
        indexes = [models.Index(fields=["kind", "key"]), models.Index(fields=["about"])]

    def save(self, *args: Any, **kwargs: Any) -> None:
        if self.pk:
            raise TypeError("An audit event is never changed: record another.")
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> NoReturn:
        raise TypeError("An audit event is never deleted.")


class ApiToken(models.Model):
    """A key with which a program acts for a user. Only a digest is kept, so the key itself is shown once."""

    class Scope(models.TextChoices):
        READ_INTERNAL = "read:internal", _("se interne tal")
        WRITE_STATUS = "write:status", _("skrive status på indsatser")
        WRITE_OBSERVATIONS = "write:observations", _("indlæse tal")

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="api_tokens")
    name = models.CharField("navn", max_length=60)
    prefix = models.CharField(max_length=12, unique=True)  # by which it is found and recognised
    sha256 = models.CharField(max_length=64)
    scopes = models.JSONField("må", default=list)
    created_at = models.DateTimeField("oprettet", auto_now_add=True)
    expires_at = models.DateTimeField("udløber")
    revoked_at = models.DateTimeField("spærret", null=True)

    class Meta:
        verbose_name, verbose_name_plural = "API-nøgle", "API-nøgler"
        ordering = ["-created_at"]

    def __str__(self) -> str:
        return f"{self.name} ({self.prefix})"

    @property
    def scope_labels(self) -> list[str]:
        return [str(self.Scope(scope).label) for scope in self.scopes]


class WrittenOnce(models.Model):
    """What a program was answered when it wrote with an idempotency key, to be answered again if it repeats."""

    token = models.ForeignKey(ApiToken, on_delete=models.CASCADE, related_name="+")
    key = models.CharField(max_length=200)
    request = models.CharField(max_length=64)  # digest of what was asked
    answer = models.JSONField(null=True)
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["token", "key"], name="one_write_per_key")]
