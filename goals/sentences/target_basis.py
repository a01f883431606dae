"""Which number a target is judged on, in words, where it is another than the newest one or is rounded first."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from goals.models import Target
from goals.sentences.reading_words import reading_in_words
from goals.sentences.shown_numbers import is_average, value_in_words
from goals.status.types import Judged, MeasureStatus
from indicators import periods

NAMES = {  # of a target that is judged on the newest figure nothing is said
    Target.Basis.LAST: gettext_lazy("periodens sidste tal"),
    Target.Basis.AVERAGE: gettext_lazy("gennemsnittet af periodens tal"),
    Target.Basis.ROLLING: gettext_lazy("gennemsnittet af de seneste 12 måneder"),
    Target.Basis.TOTAL: gettext_lazy("summen af periodens tal"),
}


def differs(judged: Judged) -> bool:
    target = judged.target
    return target is not None and (target.basis != Target.Basis.NEWEST or target.rounded)


def basis_in_words(measure: MeasureStatus) -> str:
    """ "Bedømmes på gennemsnittet af periodens tal, til og med juli 2020: 8,3 %.", once where both targets agree."""
    sentences = [_sentence(measure, judged) for judged in (measure.revised, measure.original) if differs(judged)]
    return " ".join(filter(None, [reading_in_words(measure), *dict.fromkeys(sentences)]))


def _sentence(measure: MeasureStatus, judged: Judged) -> str:
    rounded = _("Værdien rundes af, som målet er trykt.") if judged.stated.rounded else ""
    if judged.stated.basis == Target.Basis.NEWEST:
        return rounded
    if judged.value is None:
        return f"{_('Bedømmes på %(name)s, som ikke er kendt endnu.') % {'name': basis_name(judged)}} {rounded}".strip()
    words = {"name": basis_name(judged), "value": value_in_words(measure, judged), "until": _until(measure)}
    return f"{_('Bedømmes på %(name)s%(until)s: %(value)s.') % words} {rounded}".strip()


def basis_name(judged: Judged) -> str:
    return str(NAMES[Target.Basis(judged.stated.basis)])


def _until(measure: MeasureStatus) -> str:
    if measure.latest is None:
        return ""
    period = periods.named(measure.latest.period, measure.indicator.frequency)
    return _(", til og med %(period)s") % {"period": period}


def judged_period(measure: MeasureStatus) -> str:
    """Under the number in a table, which one it is: "nov. 2020", "gennemsnit til nov. 2020"."""
    period = periods.named_briefly(measure.figure.period, measure.indicator.frequency)
    texts = {Target.Basis.AVERAGE: _("gennemsnit til {period}"), Target.Basis.ROLLING: _("12 mdr. til {period}")}
    text = texts[Target.Basis(measure.holding.stated.basis)] if is_average(measure.holding) else "{period}"
    return text.format(period=period)
