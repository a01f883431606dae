"""What an editor may say of a target: rule, amounts, baseline, due and steps. The fields are named as the row's are."""

from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.form_fields import field_of
from goals.editing.form_base import DanishNumber, Day, PathField, PeriodField, Styled
from goals.models import Plan, Target

LONG = forms.Textarea
AMOUNT: dict[str, Any] = {"max_digits": 14, "decimal_places": 4, "required": False}
OF_A_CHANGE = _("Hører til en ændring. Vælg »ændring fra et udgangspunkt«, eller lad feltet være tomt.")
OF_A_VALUE = _("Hører ikke til en ændring. Lad feltet være tomt, eller vælg en anden slags.")


class TargetForm(Styled):
    """A target that holds from now on; the ones before it stay."""

    kind = forms.ChoiceField(label=_("Hvilket mål"), choices=Target.Kind.choices, widget=forms.RadioSelect)
    rule = forms.ChoiceField(label=_("Slags"), choices=Target.Rule.choices)
    value = DanishNumber(label=_("Værdi"), help_text=_("Fx 8,4 eller 1.373. Tom ved en ændring og ved trin."), **AMOUNT)
    strict = forms.BooleanField(label=_("Lige med målet er ikke nok"), required=False)
    by = DanishNumber(
        label=_("Ændring"),
        help_text=_("Kun ved en ændring: −3.000 for 3.000 færre, 0 for »må ikke blive dårligere«."),
        **AMOUNT,
    )
    by_percent = forms.BooleanField(label=_("Ændringen er i procent af udgangspunktet"), required=False)
    baseline = DanishNumber(
        label=_("Udgangspunkt"), help_text=_("Kun ved en ændring. Tallet står fast, som det er skrevet."), **AMOUNT
    )
    baseline_period = PeriodField(
        label=_("Udgangspunktets periode"),
        help_text=_("I stedet for et tal: fx 2019-12 eller 2019. Så følger det rettelser af tallet."),
        required=False,
    )
    near = DanishNumber(
        label=_("Tæt på, når der højst mangler"),
        help_text=_("I tallets egen enhed, fx 0,2. Tom: ingen værdi er tæt på."),
        min_value=0,
        max_digits=20,
        decimal_places=9,
        required=False,
    )
    due = PeriodField(
        label=_("Senest"), help_text=_("Fx 2030 eller 2021-12. Tom: planens sidste periode."), last=True, required=False
    )
    path = PathField(label=_("Trin på vejen"), help_text=_("Et trin på hver linje, fx 2021: 72,6"), required=False)
    printed = forms.CharField(label=_("Som det skal stå"), help_text=_("Fx 8,4 %."), max_length=120)
    basis = forms.ChoiceField(label=_("Bedømmes på"), choices=Target.Basis.choices)
    rounded = forms.BooleanField(label=_("Værdien rundes af, som målet er trykt"), required=False)
    document = forms.ModelChoiceField(label=_("Dokument, der siger det"), queryset=Plan.objects.none())
    valid_from = Day(label=_("Gælder fra"), required=False)
    reason = forms.CharField(label=_("Begrundelse"), widget=LONG, max_length=1000)
    meeting = Day(label=_("Besluttet på mødet"), required=False)
    text = forms.CharField(label=_("Beslutning"), widget=LONG, max_length=1000, required=False)
    case_number = forms.CharField(label=_("Sagsnummer"), max_length=60, required=False)
    link = forms.URLField(label=_("Link til beslutningen"), assume_scheme="https", required=False)

    def __init__(self, *args: Any, plan: Plan, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        stated = Plan.objects.filter(pk=plan.pk) | Plan.objects.filter(supplements=plan)
        field_of(self, "document", forms.ModelChoiceField).queryset = stated.order_by("known_from", "slug")

    def clean(self) -> dict[str, Any]:
        """Who says when it was decided says what; a published plan's target is not revised without a decision."""
        said = super().clean()
        said["near"] = said.get("near") or Decimal(0)
        self._refuse_what_does_not_fit(said)
        document = said.get("document")
        if bool(said.get("meeting")) != bool(said.get("text")):
            self.add_error("text" if said.get("meeting") else "meeting", _("Skriv både mødets dag og beslutningen."))
        elif document and document.known_from and not said.get("meeting"):
            self.add_error("meeting", _("Planen er udgivet: skriv mødet og beslutningen bag det nye mål."))
        return said

    def _refuse_what_does_not_fit(self, said: dict[str, Any]) -> None:
        """A change has a baseline and an amount; any other target a value or steps."""
        change = said.get("rule") == Target.Rule.CHANGE
        for name in ("value", "path") if change else ("by", "baseline", "baseline_period"):
            if said.get(name) not in (None, []):
                self.add_error(name, OF_A_VALUE if change else OF_A_CHANGE)
        if said.get("baseline") is not None and said.get("baseline_period") is not None:
            self.add_error("baseline_period", _("Skriv udgangspunktet som et tal eller en periode, ikke begge dele."))
        if said.get("path") and said.get("value") is not None:
            self.add_error("value", _("Trinene har hver sin værdi. Lad værdien være tom."))
