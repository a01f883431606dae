"""The form in which a hearing's point is answered."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.form_fields import field_of
from goals.editing.form_base import Day, Styled
from goals.workflow import Party, can_move
from hearings.actions import LONGEST
from hearings.models import Answer, Point
from hearings.workflow import MOVES, Outcome, State

STEPS = {
    State.ANSWERED: _("Gem svaret; kun ansatte kan se det"),
    State.RECOMMENDED: _("Indstil svaret til udvalget; alle kan læse det"),
    State.DECIDED: _("Skriv udvalgets beslutning; alle kan læse den"),
}
AUTHOR = "Forvaltningen"  # what a new answer is signed with until somebody says it more closely


def _text(label: Any, name: str, help_text: Any = "", *, required: bool = False) -> forms.CharField:
    return forms.CharField(
        label=label, help_text=help_text, widget=forms.Textarea, max_length=LONGEST[name], required=required
    )


class AnswerForm(Styled):
    """`newest` is the version the answer follows; only the steps that the person may take from it are offered."""

    outcome = forms.ChoiceField(label=_("Udfald"), choices=Outcome.choices, widget=forms.RadioSelect)
    reason = _text(_("Begrundelse"), "reason", required=True)
    wording_before = _text(_("Planens ordlyd før"), "wording_before")
    wording_after = _text(_("Planens ordlyd efter"), "wording_after", _("Skal skrives, når punktet imødekommes."))
    author_role = forms.CharField(
        label=_("Skrevet af"), help_text=_("En rolle eller et område, aldrig et navn."), max_length=120
    )
    meeting = Day(label=_("Udvalgets møde"), help_text=_("Skal skrives, når udvalget har besluttet."), required=False)
    decision = _text(_("Udvalgets beslutning"), "decision")
    step = forms.ChoiceField(label=_("Hvad sker der nu?"), widget=forms.RadioSelect)

    def __init__(self, *args: Any, point: Point, newest: Answer | None, parties: set[Party], **kwargs: Any) -> None:
        super().__init__(*args, initial=_opening(point, newest), **kwargs)
        before = newest.state if newest else None
        allowed = [(s.value, label) for s, label in STEPS.items() if can_move(before, s, parties, MOVES)]
        field_of(self, "step", forms.ChoiceField).choices = allowed
        self.initial["step"] = allowed[0][0] if len(allowed) == 1 else None


def _opening(point: Point, newest: Answer | None) -> dict[str, Any]:
    if newest is None:
        return {"seen": "0", "author_role": AUTHOR, "wording_before": point.passage.text}
    return {name: getattr(newest, name) for name in Answer.CONTENT} | {"seen": str(newest.version)}
