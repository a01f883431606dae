"""An import run in words: what it came to, and what happens next."""

from decimal import Decimal

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from indicators import formats
from indicators.frame import REPEATED, SCALE, LeftOut
from indicators.ingest.preview import Preview
from indicators.models import ImportRun, Indicator
from indicators.translation import translated

State, Step = ImportRun.State, ImportRun.Step
HEADLINES = {
    State.QUEUED: gettext_lazy("Indlæsningen står i kø"),
    State.RUNNING: gettext_lazy("Indlæsningen er i gang"),
    State.UNCHANGED: gettext_lazy("0 ændringer: alle tallene stod her i forvejen"),
    State.HELD: gettext_lazy("Tallene er holdt tilbage"),
    State.FAILED: gettext_lazy("Indlæsningen mislykkedes"),
    State.INTERRUPTED: gettext_lazy("Indlæsningen blev afbrudt"),
}
EXPLANATIONS = {
    State.DRAFT: gettext_lazy(
        "Intet er gemt endnu. Når du bekræfter, bliver tallene en ny udgave; de gamle kan stadig slås op."
    ),
    State.QUEUED: gettext_lazy("Den begynder om lidt. Du kan roligt forlade siden."),
    State.RUNNING: gettext_lazy(
        "Portalen viser de gamle tal, til alle de nye er på plads. Du kan roligt forlade siden."
    ),
    State.DONE: gettext_lazy("Portalen viser nu de nye tal."),
    State.UNCHANGED: gettext_lazy("Der er ikke gemt noget, for der var ikke noget nyt."),
    State.HELD: gettext_lazy("En godkender skal se på dem først. Portalen viser de gamle tal imens."),
    State.FAILED: gettext_lazy("Der er ikke gemt noget, og portalen viser de gamle tal."),
    State.INTERRUPTED: gettext_lazy("Den prøves igen af sig selv. Portalen viser de gamle tal imens."),
}


def headline(run: ImportRun, seen: Preview) -> str:
    """A draft's counts are what it would come to as the figures stand now."""
    if run.state == State.DRAFT:
        if not (seen.new or seen.changed):
            return _("Filen ændrer ingenting")
        return _("Filen giver {figures}").format(figures=tally(seen.new, seen.changed))
    if run.undone_by:
        return _("Indlæsningen er fortrudt")
    if run.state == State.DONE:
        return _("{figures} er indlæst").format(figures=tally(run.new, run.changed)).capitalize()
    return str(HEADLINES[State(run.state)])


def explanation(run: ImportRun) -> str:
    if run.undone_by:
        told = _(
            "Fortrudt ved indlæsning b{pk}. De tal, der stod før, står igen, undtagen hvor der siden er indlæst andre."
        )
        return told.format(pk=run.undone_by.pk)
    if run.error and run.state in (State.HELD, State.FAILED):
        return f"{run.error.rstrip('.')}. {EXPLANATIONS[State(run.state)]}"
    return " ".join(filter(None, [how_far(run), str(EXPLANATIONS[State(run.state)])]))


def how_far(run: ImportRun) -> str:
    """Which step it is at, or how many are before it."""
    if run.state == State.RUNNING and run.step:
        place = {"number": Step.values.index(run.step) + 1, "of": len(Step.values), "step": run.get_step_display()}
        return _("Trin %(number)s af %(of)s: %(step)s.") % place
    if run.state == State.QUEUED and (ahead := ImportRun.objects.ahead_of(run).count()):
        return ngettext("Der er %s indlæsning foran i køen.", "Der er %s indlæsninger foran i køen.", ahead) % ahead
    return ""


def tally(new: int, changed: int) -> str:
    """ "12 nye og 3 ændrede tal", "1 ændret tal"."""
    if new and changed:
        text = _("{new} nye og {changed} ændrede tal") if new > 1 else _("{new} nyt og {changed} ændrede tal")
        if changed == 1:
            text = _("{new} nye og {changed} ændret tal") if new > 1 else _("{new} nyt og {changed} ændret tal")
    elif new:
        text = ngettext("{new} nyt tal", "{new} nye tal", new)
    elif changed:
        text = ngettext("{changed} ændret tal", "{changed} ændrede tal", changed)
    else:
        return _("ingen nye tal")
    return text.format(new=formats.number(new), changed=formats.number(changed))


def progress(run: ImportRun) -> str:
    """While it waits or works."""
    return f"{HEADLINES.get(State(run.state), run.get_state_display().capitalize())}. {explanation(run)}"


def left_out(run: ImportRun) -> list[str]:
    """What the source gave and the portal did not store: rows said twice, and areas that are no place, with their sum.

    A sum is told where numbers are counted; shares do not add up.
    """
    by_area: dict[str, list[LeftOut]] = {}
    for item in run.left_out:
        by_area.setdefault(item["what"], []).append(LeftOut(**item))
    counted = {i.code: i for i in Indicator.objects.filter(unit=Indicator.Unit.COUNT)} if by_area else {}
    return [_left_out(what, items, counted) for what, items in by_area.items()]


def _left_out(what: str, items: list[LeftOut], counted: dict[str, Indicator]) -> str:
    rows = max(item.rows for item in items)
    if what == REPEATED:
        rows = sum(item.rows for item in items)
        text = ngettext(
            "{rows} række stod to gange med samme tal og er talt én gang.",
            "{rows} rækker stod to gange med samme tal og er talt én gang.",
            rows,
        )
        return text.format(rows=formats.number(rows))
    text = ngettext(
        "{what} er ingen kommune: {rows} række er udeladt", "{what} er ingen kommune: {rows} rækker er udeladt", rows
    )
    sums = [_sum(item, counted[item.indicator]) for item in items if item.indicator in counted]
    held = _("; i alt {sums}").format(sums=", ".join(sums)) if sums else ""
    return f"{text.format(what=what, rows=formats.number(rows))}{held}."


def _sum(item: LeftOut, indicator: Indicator) -> str:
    """ "11 fuldtidspersoner (Ledige, antal)"."""
    words = [formats.number(Decimal(item.total) / SCALE), translated(indicator.unit_name)]
    return f"{' '.join(filter(None, words))} ({translated(indicator.name)})"


def counts(run: ImportRun, seen: Preview) -> list[tuple[str, str]]:
    source = seen if run.state in (State.DRAFT, State.HELD) else run
    found = [
        (_("Nye"), source.new),
        (_("Ændrede"), source.changed),
        (_("Uændrede"), source.unchanged),
        (_("Afviste"), source.rejected),
    ]
    return [(name, formats.number(count)) for name, count in found]
