"""What an editor may say of themes and objectives. The fields are named as the rows' are."""

from typing import Any

from django import forms
from django.core.validators import RegexValidator
from django.utils.translation import gettext_lazy as _

from accounts.form_fields import field_of
from goals.editing.form_base import Day, RowForm, Styled
from goals.models import Plan, Theme

LONG = forms.Textarea
NUMBER = RegexValidator(r"^[\w.-]+$", _("Brug kun bogstaver, tal, punktum og bindestreg, fx 4.6."))


class ThemeForm(RowForm):
    name = forms.CharField(label=_("Tema"), max_length=200)
    vision = forms.CharField(label=_("Vision"), widget=LONG, max_length=300, required=False)


class ThemeField(forms.ModelChoiceField):
    def label_from_instance(self, obj: Any) -> str:
        return f"{obj.number} {obj.name}"


class ObjectiveForm(RowForm):
    theme = ThemeField(label=_("Tema"), queryset=Theme.objects.none())
    number = forms.CharField(label=_("Nummer"), help_text=_("Fx 4.6."), max_length=10, validators=[NUMBER])
    name = forms.CharField(label=_("Ordlyd"), widget=LONG, max_length=1000)
    valid_from = Day(
        label=_("Gælder fra"),
        required=False,
        error_messages={"required": _("Planen er udgivet: skriv, hvilken dag målsætningen gælder fra.")},
    )
    valid_to = Day(label=_("Gælder til og med"), required=False)

    def __init__(self, *args: Any, plan: Plan, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if plan.known_from:  # so that pages as known before go on without it
            self.fields["valid_from"].required = True
        field_of(self, "theme", ThemeField).queryset = plan.themes.all()

    def clean(self) -> dict[str, Any]:
        said = super().clean()
        begins, ends = said.get("valid_from"), said.get("valid_to")
        if begins and ends and ends < begins:
            self.add_error("valid_to", _("Målsætningen slutter, før den begynder."))
        return said


class WordingForm(Styled):
    """A new wording of an objective from a day on; the one before it holds until the day before."""

    name = forms.CharField(label=_("Ordlyd"), widget=LONG, max_length=1000)
    valid_from = Day(label=_("Gælder fra"))
    reason = forms.CharField(label=_("Hvorfor?"), help_text=_("Står i historikken."), max_length=300, required=False)


class PriorityForm(Styled):
    """Whether an objective was prioritised, a field a year. Unknown is an answer of its own, never "nej"."""

    ANSWERS = {"": None, "ja": True, "nej": False}
    reason = forms.CharField(label=_("Kilde"), help_text=_("Står i historikken."), max_length=300)

    def __init__(self, *args: Any, years: list[int], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.years = years
        for year in years:
            self.fields[f"year-{year}"] = forms.ChoiceField(
                label=_("Prioriteret i %(year)s?") % {"year": year},
                choices=[("", _("afklares")), ("ja", _("ja")), ("nej", _("nej"))],
                widget=forms.RadioSelect,
                required=False,
            )
        self.order_fields([f"year-{year}" for year in years])

    @property
    def answers(self) -> dict[int, bool | None]:
        return {year: self.ANSWERS[self.cleaned_data[f"year-{year}"]] for year in self.years}
