"""The form of an answer: its words and source, and the fields of what it settles."""

from datetime import date
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from goals.editing.form_base import DanishNumber, Day, Styled
from goals.models import Settles, Target


class AnswerForm(Styled):
    """Of a question that settles nothing but words."""

    text = forms.CharField(label=_("Svar"), widget=forms.Textarea, max_length=1000)
    source = forms.CharField(label=_("Kilde"), help_text=_("Møde, sag eller dokument."), max_length=300)

    @property
    def settled(self) -> dict[str, Any]:
        return {name: value for name, value in self.said.items() if name not in AnswerForm.base_fields}


class AdoptionForm(AnswerForm):
    meeting = Day(label=_("Vedtaget den"))
    valid_from = Day(label=_("Målene gælder fra"), help_text=_("Uden dato: fra vedtagelsen."), required=False)
    case_number = forms.CharField(label=_("Sagsnummer"), max_length=60, required=False)
    link = forms.URLField(label=_("Link til beslutningen"), assume_scheme="https", required=False)

    def clean_meeting(self) -> date | None:
        if self.cleaned_data["meeting"] > timezone.localdate():
            raise forms.ValidationError(_("Dagen ligger i fremtiden. Skriv den, når målene er vedtaget."))
        return self.cleaned_data["meeting"]


class BasisForm(AnswerForm):
    basis = forms.ChoiceField(label=_("Målene bedømmes på"), choices=Target.Basis.choices, widget=forms.RadioSelect)


class RoundingForm(AnswerForm):
    rounded = forms.TypedChoiceField(
        label=_("Rundes værdien af, som målet er trykt?"),
        choices=[("ja", _("ja: 11,3 % er nok til 11 %")), ("nej", _("nej: den uafrundede værdi bedømmes"))],
        coerce=lambda text: text == "ja",
        widget=forms.RadioSelect,
    )


class PopulationForm(AnswerForm):
    denominator = forms.CharField(label=_("Andel af"), help_text=_("Fx 16-66-årige i kommunen."), max_length=200)
    population = DanishNumber(
        label=_("Antal personer"),
        help_text=_("Så kan afstanden til målet også siges i personer."),
        min_value=1,
        max_digits=10,
        decimal_places=0,
        required=False,
    )
    population_period = forms.CharField(label=_("Antallet gælder"), max_length=40, required=False)
    population_source = forms.CharField(label=_("Antallets kilde"), max_length=200, required=False)

    def clean(self) -> dict[str, Any]:
        said = super().clean()
        for name in ("population_period", "population_source"):
            if said.get("population") and not said.get(name):
                self.add_error(name, _("Skriv det, når antallet er oplyst."))
        return said


FORMS: dict[str, type[AnswerForm]] = {
    "": AnswerForm,
    Settles.ADOPTION: AdoptionForm,
    Settles.BASIS: BasisForm,
    Settles.ROUNDING: RoundingForm,
    Settles.POPULATION: PopulationForm,
}
