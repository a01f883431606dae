"""The paper's words in the order they are printed in, for the files: PDF and Word say the same. Pure."""

from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from accounts.permitted_text import readable
from indicators import formats
from reports.agenda import initiative_line, known_line
from reports.measure_line import MeasureLine, SignedText
from reports.paper import Paper, PaperGoal


def printed(paper: Paper) -> dict[str, Any]:
    """All words of the paper, with only such signs as its files can hold."""
    return _readable(_printed(paper))


def _readable(words: Any) -> Any:
    if isinstance(words, dict):
        return {name: _readable(part) for name, part in words.items()}
    if isinstance(words, list | tuple):
        return [_readable(part) for part in words]
    return readable(words) if isinstance(words, str) else words


def _printed(paper: Paper) -> dict[str, Any]:
    return {
        "language": get_language() or "da",
        "title": paper.title,
        "publisher": _("Viborg Kommune"),
        "eyebrow": _("Viborg Kommune · Beskæftigelsesudvalget · møde {day}").format(day=formats.long_date(paper.day)),
        "demo": _("demotal og demotekst") if paper.demo else "",
        "headline": paper.headline,
        "lede": paper.lede,
        "known": known_line(paper.day),
        "fresh": fresh(paper),
        "page": _("Side"),
        "of": _("af"),
        "heads": heads(),
        "sections": [
            {
                "name": name,
                "lines": [{"cells": cells(line), "why": _why(line), "shapes": shapes(line)} for line in lines],
            }
            for name, lines in paper.sections
        ],
        "why_note": _("Streg foran: forvaltningens tekst."),
        "decide": _("Hvad mangler vi beslutning om"),
        "questions": questions(paper),
        "why_title": _("Hvorfor, og hvad gør vi?"),
        "goals": [goal_text(goal) for goal in paper.goals],
        "rule_title": _("Sådan vurderer vi"),
        "rules": [rule for goal in paper.goals for rule in goal.rule],
        "sum": _("Kontrolsum af bilagets data (sha256): {sum}").format(sum=paper.sha256),
    }


def heads() -> list[str]:
    return [
        _("Mål"),
        _("Opr. mål"),
        _("Nyt mål"),
        _("Seneste"),
        _("Året før og tendens"),
        _("Afstand til målet"),
        _("Status opr."),
        _("Status nyt"),
    ]


def cells(line: MeasureLine) -> list[list[str]]:
    """A cell is what it says and, below, what that is of."""
    return [
        [line.number, line.name],
        [line.original_target],
        [line.revised_target],
        [line.value, line.period],
        [line.year_ago, line.trend],
        [line.distance],
        *([word] for word in line.words),
    ]


def shapes(line: MeasureLine) -> list[str]:
    return [line.original.shape, line.revised.shape]


def _why(line: MeasureLine) -> str:
    return line.why or _("Forvaltningen har ikke skrevet hvorfor endnu.")


def fresh(paper: Paper) -> str:
    """The strip of the page in one line."""
    figures, coverage = paper.freshness.figures, paper.freshness.coverage
    parts = [_("Der er endnu ingen tal i planens periode")]
    if figures:
        text = _("Data: {period}, offentliggjort {published}")
        parts = [text.format(period=figures.period, published=formats.short_date(figures.published))]
    if figures and figures.provisional:
        parts.append(_("Foreløbige tal for {month} er ikke med").format(month=figures.provisional))
    if coverage:
        text = _("{missing} af {total} indsatser mangler status for {month}")
        parts.append(text.format(missing=coverage.missing, total=coverage.total, month=coverage.month))
    return " · ".join(parts)


def questions(paper: Paper) -> list[list[str]]:
    """Of which goal, what is asked, and who asks."""
    return [
        [_("Mål {number}").format(number=q.number), q.text, signature(q.signed, formats.short_date(q.written), q.demo)]
        for q in paper.questions
    ]


def signature(signed: str, day: str, demo: bool) -> str:
    return f"{signed}, {day}{' · ' + _('demotekst') if demo else ''}"


def goal_text(goal: PaperGoal) -> dict[str, Any]:
    return {
        "title": f"{_('Mål {number}').format(number=goal.number)}: {goal.title}",
        "lines": [
            {"text": " ".join([*line.sentences, line.basis]).strip(), "said": _said(line.said) if line.said else None}
            for line in goal.lines
        ],
        "initiatives": [
            initiative_line(one) + (f" ({_('demotekst')})" if one.demo else "") for one in goal.initiatives
        ],
    }


def _said(said: SignedText) -> dict[str, Any]:
    parts = [(_("Hvorfor"), said.why), (_("Hvad gør vi"), said.doing), (_("Hvorfor vurderingen afviger"), said.reason)]
    return {
        "signed": signature(said.signed, formats.short_date(said.written), said.demo),
        "verdict": _("Forvaltningens vurdering: {verdict}").format(verdict=said.verdict),
        "parts": [[name, text] for name, text in parts if text],
    }
