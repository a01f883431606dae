"""The paper as the text of an item on the agenda, in the order that the committee's minutes have. Pure."""

from datetime import date

from django.utils.translation import gettext as _

from indicators import formats
from reports.initiatives import PaperInitiative
from reports.measure_line import MeasureLine
from reports.paper import Paper, PaperGoal

TO_FILL = "[…]"  # what the portal does not know is left open, never made up


def agenda_text(paper: Paper) -> str:
    parts = [
        (_("Resume"), _resume(paper)),
        (_("Indstilling"), _proposal(paper)),
        (_("Historik"), _history(paper)),
        (_("Inddragelse og høring"), _involved(paper)),
        (_("Beskrivelse"), _description(paper)),
        (_("Økonomi"), _economy(paper)),
    ]
    return "\n\n".join("\n".join([heading, *lines]).strip() for heading, lines in parts) + "\n"


def _resume(paper: Paper) -> list[str]:
    marked = [_("Bilaget indeholder demotal eller demotekst, som er opdigtede.")] if paper.demo else []
    return [f"{paper.headline}. {paper.lede}", *paper.summary, known_line(paper.day), *marked]


def known_line(day: date) -> str:
    return _("Data som kendt {day}").format(day=formats.short_date(day))


def _proposal(paper: Paper) -> list[str]:
    if not paper.questions:
        return [_("Forvaltningen indstiller, at opfølgningen tages til efterretning.")]
    asked = [f"- {_('Mål {number}').format(number=question.number)}: {question.text}" for question in paper.questions]
    return [_("Forvaltningen indstiller, at udvalget drøfter opfølgningen og tager stilling til:"), *asked]


def _history(paper: Paper) -> list[str]:
    start, end = (formats.long_date(day) for day in (paper.plan.period_start, paper.plan.period_end))
    basis = _("Målene står i {documents} og gælder fra {start} til {end}.")
    targets = basis.format(documents=formats.listed(list(paper.documents)), start=start, end=end)
    return [targets, *(f"- {decision}" for decision in paper.decisions)]


def _involved(paper: Paper) -> list[str]:
    partners = sorted({name for goal in paper.goals for one in goal.initiatives for name in one.partners})
    sentences = [_("Partnere i indsatserne: {partners}.").format(partners=formats.listed(partners))] if partners else []
    return [*sentences, TO_FILL]


def _description(paper: Paper) -> list[str]:
    return [text for goal in paper.goals for text in _of_goal(goal)]


def _of_goal(goal: PaperGoal) -> list[str]:
    title = f"{_('Mål {number}').format(number=goal.number)}. {goal.title}"
    lines = [text for line in goal.lines for text in _of_line(line)]
    return [title, *lines, *(f"- {initiative_line(behind)}" for behind in goal.initiatives), ""]


def _of_line(line: MeasureLine) -> list[str]:
    said = line.said
    words = (
        [_("Hvorfor: {text}").format(text=said.why), _("Hvad gør vi: {text}").format(text=said.doing)] if said else []
    )
    return [" ".join(line.sentences), *words]


def initiative_line(behind: PaperInitiative) -> str:
    """ "Erhvervsmentorer: Følger planen, juli 2020. Går godt."; the text ends as its writer ended it."""
    if not behind.status:
        return _("{name}: ingen status endnu.").format(name=behind.name)
    return f"{behind.name}: {behind.status_label}, {behind.month}. {behind.text}".strip()


def _economy(paper: Paper) -> list[str]:
    budgets = {one.slug: one.budget for goal in paper.goals for one in goal.initiatives if one.budget is not None}
    if not budgets:
        return [_("Indsatsernes budget afklares."), TO_FILL]
    total = formats.number(sum(budgets.values()))
    return [_("Indsatser med oplyst budget: {total} kr. i alt.").format(total=total), TO_FILL]
