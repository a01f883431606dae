"""What an editor may say of initiatives and partners. The fields are named as the rows' are."""

from typing import Any

from django import forms
from django.db.models import Model
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.form_fields import field_of
from goals.editing.form_base import DanishNumber, Day, RowForm, team_field
from goals.models import FocusArea, Goal, Objective, Plan, TargetGroup
from initiatives.editing import changes
from initiatives.models import Initiative, Partner

TICKS = forms.CheckboxSelectMultiple


class GoalsField(forms.ModelMultipleChoiceField):
    def label_from_instance(self, obj: Any) -> str:
        return f"{obj.plan.year}: {obj.number} {obj.title}"


class ObjectivesField(forms.ModelMultipleChoiceField):
    def label_from_instance(self, obj: Any) -> str:
        return f"{obj.theme.plan.year}: {obj}"


class InitiativeForm(RowForm):
    name = forms.CharField(label=gettext_lazy("Indsats"), max_length=200)
    summary = forms.CharField(label=gettext_lazy("Kort om"), widget=forms.Textarea, max_length=2000, required=False)
    owner = forms.CharField(
        label=gettext_lazy("Ansvarlig"), help_text=gettext_lazy("En rolle eller et team, aldrig et navn."),
        max_length=120, required=False,
    )  # fmt: skip
    team = team_field()
    planned = forms.BooleanField(label=gettext_lazy("Under planlægning, eller afventer en pulje"), required=False)
    timing = forms.CharField(label=gettext_lazy("Tidspunkt, som trykt"), max_length=100, required=False)
    start = Day(label=gettext_lazy("Begynder"), required=False)
    end = Day(label=gettext_lazy("Slutter"), required=False)
    budget = DanishNumber(
        label=gettext_lazy("Budget (kr.)"), max_digits=14, decimal_places=2, min_value=0, required=False
    )
    goals = GoalsField(
        label=gettext_lazy("Mål, den skal bidrage til"), queryset=Goal.objects.none(), widget=TICKS, required=False
    )
    objectives = ObjectivesField(
        label=gettext_lazy("Målsætninger"), queryset=Objective.objects.none(), widget=TICKS, required=False
    )
    focus_areas = forms.ModelMultipleChoiceField(
        label=gettext_lazy("Fokusområder"), queryset=FocusArea.objects.none(), widget=TICKS, required=False
    )
    target_groups = forms.ModelMultipleChoiceField(
        label=gettext_lazy("Målgrupper"), queryset=TargetGroup.objects.all(), widget=TICKS, required=False
    )
    partners = forms.ModelMultipleChoiceField(
        label=gettext_lazy("Partnere"), queryset=Partner.objects.all(), widget=TICKS, required=False
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        published = Plan.objects.filter(known_from__isnull=False)
        measured = Goal.objects.filter(plan__in=published, ministerial=False)
        goals = measured.select_related("plan").order_by("-plan__year", "number")
        field_of(self, "goals", GoalsField).queryset = goals
        model = Objective.objects.filter(theme__plan__in=published, theme__plan__kind=Plan.Kind.PLAN)
        model = model.select_related("theme__plan").order_by(
            "-theme__plan__year", "theme__number", "number", "valid_from"
        )
        field_of(self, "objectives", ObjectivesField).queryset = model
        areas = FocusArea.objects.filter(plan__in=published).select_related("plan")
        field_of(self, "focus_areas", forms.ModelMultipleChoiceField).queryset = areas.order_by(
            "-plan__year", "position"
        )

    def state_now(self, row: Model) -> dict[str, Any]:
        if not isinstance(row, Initiative):
            raise TypeError(f"{row} is no initiative")
        ties = {name: changes.ends_of(row, name) for name in changes.ENDS}
        return super().state_now(row) | ties | {"seen": changes.seen_of(row)}

    def clean(self) -> dict[str, Any]:
        said = super().clean()
        if said.get("start") and said.get("end") and said["end"] < said["start"]:
            self.add_error("end", _("Indsatsen slutter, før den begynder."))
        return said


class PartnerForm(RowForm):
    name = forms.CharField(label=gettext_lazy("Navn"), max_length=150)
    type = forms.ChoiceField(label=gettext_lazy("Slags"), choices=Partner.Type.choices)
    generic = forms.BooleanField(label=gettext_lazy("En fællesbetegnelse, ikke en bestemt partner"), required=False)
    note = forms.CharField(label=gettext_lazy("Bemærkning"), max_length=200, required=False)
