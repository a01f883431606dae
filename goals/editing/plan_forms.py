"""What an editor may say of a plan and its parts. The fields are named as the rows' are."""

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from accounts.form_fields import field_of
from goals.editing.form_base import Day, RowForm, Styled, choices_with_none, team_field
from goals.judging import contradicts
from goals.models import Goal, Measure, Objective, Plan, Section, Succession, TargetGroup
from indicators.models import Area, Indicator
from indicators.translation import DANISH, in_english, translated_html

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

LONG = forms.Textarea


class PlanForm(RowForm):
    title = forms.CharField(label=_("Titel"), max_length=200)
    summary = forms.CharField(label=_("Kort om planen"), widget=LONG, max_length=2000, required=False)
    period_start = Day(label=_("Målene gælder fra"))
    period_end = Day(label=_("Målene gælder til"))

    def clean(self) -> dict[str, Any]:
        said = super().clean()
        if said.get("period_start") and said.get("period_end") and said["period_end"] < said["period_start"]:
            self.add_error("period_end", _("Perioden slutter, før den begynder."))
        return said


class GoalForm(RowForm):
    title = forms.CharField(label=_("Målet"), widget=LONG, max_length=1000)
    printed_number = forms.CharField(
        label=_("Nummer, som planen trykker det"),
        help_text=_("Fx 1.2. Tomt: målets eget."),
        max_length=12,
        required=False,
    )
    kind = forms.ChoiceField(label=_("Slags mål"), choices=Goal.Kind.choices, initial=Goal.Kind.MEASURED)
    due = Day(label=_("Senest gjort"), help_text=_("Kun for en milepæl."), required=False)
    wanted = forms.IntegerField(
        label=_("Antal, der skal gøres"),
        help_text=_("Kun for en milepæl med flere af samme slags."),
        min_value=1,
        required=False,
    )
    section = forms.ModelChoiceField(label=_("Afsnit"), queryset=Section.objects.none(), required=False)
    contact = forms.CharField(
        label=_("Spørgsmål til"), help_text=_("En rolle eller et team, aldrig et navn."), max_length=200, required=False
    )

    row: Goal | None

    def __init__(self, *args: Any, plan: Plan, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field_of(self, "section", forms.ModelChoiceField).queryset = plan.sections.all()

    def clean(self) -> dict[str, Any]:
        """A day and a number are a milestone's, and a goal with measures is measured."""
        said = super().clean()
        kind = said.get("kind")
        if kind != Goal.Kind.MILESTONE and (said.get("due") or said.get("wanted")):
            self.add_error("kind", _("En dag eller et antal hører til en milepæl."))
        if kind != Goal.Kind.MEASURED and self.row and self.row.measures.exists():
            self.add_error("kind", _("Målet har målepunkter, så det måles med tal."))
        return said


class MeasureForm(RowForm):
    short_name = forms.CharField(label=_("Kort navn"), max_length=40)
    name = forms.CharField(label=_("Som trykt i planen"), widget=LONG, max_length=1000)
    subject = forms.CharField(label=_("Hvad og hvem måles"), max_length=200)
    better = forms.ChoiceField(label=_("Hvad er bedre?"), choices=[("lower", _("lavere")), ("higher", _("højere"))])
    indicator = forms.ModelChoiceField(
        label=_("Indikator"),
        queryset=Indicator.objects.exclude(visibility=Indicator.Visibility.INTERNAL).order_by("name"),
        required=False,
    )
    area = forms.ModelChoiceField(label=_("Område"), queryset=Area.objects.order_by("name"), required=False)
    reads = forms.ChoiceField(label=_("Hvad bedømmes?"), choices=Measure.Reads.choices)
    against = forms.ModelChoiceField(
        label=_("Holdes op mod området eller gruppen"),
        help_text=_("Ved en plads: gruppen, eller tomt for alle kommuner."),
        queryset=Area.objects.order_by("name"),
        required=False,
    )
    against_indicator = forms.ModelChoiceField(
        label=_("Holdes op mod indikatoren"),
        help_text=_("Fx det forventede tal. Tomt: samme indikator."),
        queryset=Indicator.objects.exclude(visibility=Indicator.Visibility.INTERNAL).order_by("name"),
        required=False,
    )
    with_own = forms.BooleanField(label=_("Kommunen selv er med i gruppens gennemsnit"), required=False)
    team = team_field()
    denominator = forms.CharField(label=_("Andel af"), max_length=200, required=False)
    footnote = forms.CharField(label=_("Fodnote"), widget=LONG, max_length=1000, required=False)

    row: Measure | None

    def clean(self) -> dict[str, Any]:
        """The other way is not better under a target that was set as a ceiling."""
        said = super().clean()
        rules = list(self.row.targets.values_list("rule", flat=True)) if self.row else []
        if any(contradicts(rule, said.get("better", "lower")) for rule in rules):
            self.add_error("better", _("Målepunktet har et loft, og under et loft er lavere bedre."))
        named = said.get("against") or said.get("against_indicator")
        if said.get("reads") == Measure.Reads.DIFFERENCE and not named:
            self.add_error("against", _("Vælg, hvad tallet holdes op mod: et område, en gruppe eller en indikator."))
        if said.get("reads") == Measure.Reads.FIGURE and named:
            self.add_error("reads", _("Vælg »forskellen« eller »pladsen«, når tallet holdes op mod noget."))
        return said


class FocusAreaForm(RowForm):
    name = forms.CharField(label=_("Fokusområde"), max_length=200)
    summary = forms.CharField(label=_("Kort om"), widget=LONG, max_length=2000, required=False)
    target_groups = forms.ModelMultipleChoiceField(
        label=_("Målgrupper"),
        queryset=TargetGroup.objects.all(),
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )


class CopyForm(Styled):
    """The plan of another year, with what becomes of each goal and each objective."""

    year = forms.IntegerField(label=_("År"), min_value=2000, max_value=2100)
    title = forms.CharField(label=_("Titel"), max_length=200)
    rest = forms.BooleanField(
        label=_("Alt, hvor intet er valgt, videreføres"),
        help_text=_("Så skal du kun vælge ved det, der er ændret eller udgået."),
        required=False,
    )

    def __init__(self, *args: Any, goals: Iterable[Goal], objectives: Iterable[Objective], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.numbers: list[int | str] = []
        for goal in goals:
            remark = _("Bemærkning til mål %(number)s") % {"number": goal.number}
            self._ask(
                goal.number,
                format_html("{} {}", goal.number, translated_html(goal.title)),
                remark,
                _("Vælg, hvad der bliver af målet."),
            )
        for objective in objectives:
            remark = _("Bemærkning til målsætning %(number)s") % {"number": objective.number}
            self._ask(objective.number, translated_html(objective), remark, _("Vælg, hvad der bliver af målsætningen."))
        if self.data.get("rest"):
            self._continue_the_rest()

    def _continue_the_rest(self) -> None:
        self.data = self.data.copy()
        for number in self.numbers:
            name = f"outcome-{_key(number)}"
            self.data[name] = self.data.get(name) or Succession.Outcome.CONTINUED

    def _ask(self, number: int | str, name: str, remark: str, missing: "StrOrPromise") -> None:
        self.numbers.append(number)
        key = _key(number)
        self.fields[f"outcome-{key}"] = forms.ChoiceField(
            label=name,
            choices=choices_with_none([(o.value, o.label) for o in Succession.Outcome]),
            error_messages={"required": missing},
            widget=forms.Select(attrs={"class": "form-select"}),
        )
        attrs = {"class": "form-input"} | ({"lang": DANISH} if in_english() else {})
        self.fields[f"note-{key}"] = forms.CharField(
            label=remark, max_length=300, required=False, widget=forms.TextInput(attrs=attrs)
        )

    @property
    def outcomes(self) -> dict[int | str, tuple[str, str]]:
        said = self.cleaned_data
        return {n: (said[f"outcome-{_key(n)}"], said[f"note-{_key(n)}"]) for n in self.numbers}


def _key(number: int | str) -> str:
    """Objectives are told from goals by a letter, since a plan may have a goal 3 and an objective 3."""
    return str(number) if isinstance(number, int) else f"m{number}"


class PublishForm(Styled):
    current = forms.BooleanField(label=_("Vis planen på forsiden fra nu af"), required=False)
