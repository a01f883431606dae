"""What the numbers say, in a few sentences: of a plan and of a goal, for pages and reports.

Made by fixed rules: every number in a sentence is a number in the data, formatted as everywhere else.
"""

from collections import Counter

from django.utils.translation import gettext as _
from django.utils.translation import ngettext, ngettext_lazy

from goals.judging import Verdict
from goals.models import Target
from goals.sentences import measure_sentences, shown_numbers, target_basis
from goals.status.types import Judged, MeasureStatus, PlanStatus
from indicators import formats, periods
from indicators.models import Indicator
from indicators.translation import translated

OPEN = {  # in the order they are named
    Verdict.MISSED: ngettext_lazy("mål %(numbers)s er ikke nået", "mål %(numbers)s er ikke nået", "count"),
    Verdict.NEAR: ngettext_lazy("mål %(numbers)s er tæt på", "mål %(numbers)s er tæt på", "count"),
    Verdict.NO_DATA: ngettext_lazy("mål %(numbers)s kan ikke vurderes", "mål %(numbers)s kan ikke vurderes", "count"),
    Verdict.NOT_DUE: ngettext_lazy("mål %(numbers)s afventer tal", "mål %(numbers)s afventer tal", "count"),
}


def of_plan(status: PlanStatus) -> list[str]:
    """Which goals are not met, and how the measures moved."""
    return [*_not_met(status), *_movement(status.measures)]


def _not_met(status: PlanStatus) -> list[str]:
    against = _against(status)
    numbers_of = {
        verdict: [str(goal.goal.number) for goal in status.counted if goal.newest == verdict] for verdict in OPEN
    }
    parts = [
        text % {"count": len(numbers), "numbers": formats.listed(numbers)}
        for verdict, text in OPEN.items()
        if (numbers := numbers_of[verdict])
    ]
    if parts:
        return [f"{against[:1].upper()}{against[1:]}: {'; '.join(parts)}."]
    count = sum(goal.newest == Verdict.MET for goal in status.counted)  # the others have no target
    text = ngettext("Planens ene mål med tal er nået {against}.", "Alle {count} mål er nået {against}.", count)
    return [text.format(count=count, against=against)] if count else []


def _against(status: PlanStatus) -> str:
    if status.supplemented:
        return _("efter tillægget")
    return _("efter de nye mål") if status.revised_known else _("efter planen")


def _movement(measures: list[MeasureStatus]) -> list[str]:
    counts = Counter(measure.trend.direction for measure in measures)
    parts = [text.format(count=count) for text, count in _moved(counts) if count]
    if not parts:
        return []
    count = len(measures)
    text = ngettext(
        "Siden samme periode året før er af {count} målepunkt {moved}.",
        "Siden samme periode året før er af {count} målepunkter {moved}.",
        count,
    )
    return [text.format(count=count, moved=formats.listed(parts))]


def _moved(counts: Counter) -> list[tuple[str, int]]:
    same = counts["unchanged"]
    return [
        (_("{count} bedre"), counts["better"]),
        (_("{count} dårligere"), counts["worse"]),
        (_("{count} steget, hvor målet er et loft"), counts["up"]),
        (_("{count} lavere"), counts["down"]),
        (ngettext("{count} uændret", "{count} uændrede", same), same),
        (_("{count} uden tal året før"), counts["unknown"]),
    ]


def of_measure(measure: MeasureStatus) -> list[str]:
    """Its value, its distance to both targets, and how it moved."""
    if measure.latest is None:
        return [_("{subject}: der er ingen endelige tal i planens periode.").format(subject=_what(measure))]
    return [
        f"{_what(measure)}, {_period(measure)}: {_value(measure)}.",
        *_withheld(measure),
        *_distances(measure),
        *_change(measure),
    ]


def _withheld(measure: MeasureStatus) -> list[str]:
    """A newer figure without a value: the one that is judged is then of an older period."""
    if measure.pick.missing is None:
        return []
    period = periods.named(measure.pick.missing.period, measure.indicator.frequency)
    return [_("Tallet for {period} mangler, så det nyeste før det er vurderet.").format(period=period)]


def _what(measure: MeasureStatus) -> str:
    return f"{translated(measure.measure.subject)}, {measure.measure.area}"


def _period(measure: MeasureStatus) -> str:
    return periods.named(measure.figure.period, measure.indicator.frequency)


def _value(measure: MeasureStatus) -> str:
    return shown_numbers.figure_in_words(measure, measure.figure.value)


def _distances(measure: MeasureStatus) -> list[str]:
    targets = [(_("det nye mål"), measure.revised), (_("det oprindelige mål"), measure.original)]
    if measure.same_target:
        by_supplement = measure.revised.target and measure.revised.target.by_supplement
        unchanged = _("målet, som tillægget ikke ændrede,") if by_supplement else _("målet, som er uændret,")
        targets = [(unchanged, measure.original)]
    texts: dict[str, list[str]] = {}
    for name, judged in targets:
        if judged.judgement.gap is not None:
            texts.setdefault(_what_is_judged(measure, judged), []).append(_distance(measure, judged, name))
    said = _("{what} {distances}.")
    return [said.format(what=what, distances=formats.listed(distances)) for what, distances in texts.items()]


def _what_is_judged(measure: MeasureStatus, judged: Judged) -> str:
    """The figure just named, or the average that the target speaks of."""
    if judged.target is None or judged.target.basis == Target.Basis.NEWEST:
        return _("Det er")
    name, value = target_basis.basis_name(judged), shown_numbers.value_in_words(measure, judged)
    return _("{name} ({value}) er").format(name=f"{name[:1].upper()}{name[1:]}", value=value)


def _distance(measure: MeasureStatus, judged: Judged, name: str) -> str:
    """ "0,3 procentpoint (ca. 40 personer) over det nye mål på 11 %"; a rank is held against the place to beat."""
    if judged.stated.beats_yardstick:
        return _places(measure, judged, name)
    target = _("{target} på {printed}").format(target=name, printed=formats.as_printed(judged.stated.printed))
    if judged.judgement.gap == 0:
        return _("præcis {target}").format(target=target)
    persons = measure_sentences.persons_in_words(measure, judged)
    distance = f"{measure_sentences.gap_without_sign(measure, judged)}{f' ({persons})' if persons else ''}"
    text = _("{distance} over {target}") if judged.gap > 0 else _("{distance} under {target}")
    return text.format(distance=distance, target=target)


def _places(measure: MeasureStatus, judged: Judged, name: str) -> str:
    ranked = measure.indicator.unit == Indicator.Unit.RANK
    if judged.judgement.gap == 0:
        same, equal = _("samme plads som udgangspunktet for {target}, {place}"), _("det samme som {target}, {place}")
        text = same if ranked else equal
    elif measure_sentences.is_better(measure, judged):
        text = _("{distance} bedre end udgangspunktet for {target}, {place}")
    else:
        text = _("{distance} dårligere end udgangspunktet for {target}, {place}")
    place = formats.measured(
        judged.aim, measure.indicator.unit, formats.decimals_of(judged.aim), measure.indicator.unit_name
    )
    return text.format(distance=measure_sentences.gap_without_sign(measure, judged), target=name, place=place)


def _change(measure: MeasureStatus) -> list[str]:
    if measure.trend.change is None:
        return []
    return [_("Tendens: {trend}.").format(trend=measure_sentences.trend_sentence(measure))]
