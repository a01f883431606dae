"""An import run in words: what it came to, and what happens next."""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from indicators import formats
from indicators.models import ImportRun
from indicators.previews import Preview

State, Step = ImportRun.State, ImportRun.Step
HEADLINES = {
    State.QUEUED: "Indlæsningen står i kø",
    State.RUNNING: "Indlæsningen er i gang",
    State.UNCHANGED: "0 ændringer: alle tallene stod her i forvejen",
    State.HELD: "Tallene er holdt tilbage",
    State.FAILED: "Indlæsningen mislykkedes",
    State.INTERRUPTED: "Indlæsningen blev afbrudt",
}
EXPLANATIONS = {
    State.DRAFT: "Intet er gemt endnu. Når du bekræfter, bliver tallene en ny udgave; de gamle kan stadig slås op.",
    State.QUEUED: "Den begynder om lidt. Du kan roligt forlade siden.",
    State.RUNNING: "Portalen viser de gamle tal, til alle de nye er på plads. Du kan roligt forlade siden.",
    State.DONE: "Portalen viser nu de nye tal.",
    State.UNCHANGED: "Der er ikke gemt noget, for der var ikke noget nyt.",
    State.HELD: "En godkender skal se på dem først. Portalen viser de gamle tal imens.",
    State.FAILED: "Der er ikke gemt noget, og portalen viser de gamle tal.",
    State.INTERRUPTED: "Den prøves igen af sig selv. Portalen viser de gamle tal imens.",
}


def headline(run: ImportRun, seen: Preview) -> str:
    """A draft's counts are what it would come to as the figures stand now."""
    if run.state == State.DRAFT:
        return f"Filen giver {tally(seen.new, seen.changed)}" if seen.new or seen.changed else "Filen ændrer ingenting"
    if run.state == State.DONE:
        return f"{tally(run.new, run.changed)} er indlæst".capitalize()
    return HEADLINES[State(run.state)]


def explanation(run: ImportRun) -> str:
    if run.error and run.state in (State.HELD, State.FAILED):
        return f"{run.error.rstrip('.')}. {EXPLANATIONS[State(run.state)]}"
    return " ".join(filter(None, [how_far(run), EXPLANATIONS[State(run.state)]]))


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
    parts = [(new, "nyt", "nye"), (changed, "ændret", "ændrede")]
    words = [f"{formats.number(count)} {one if count == 1 else many}" for count, one, many in parts if count]
    return f"{formats.listed(words)} tal" if words else "ingen nye tal"


def progress(run: ImportRun) -> str:
    """While it waits or works."""
    return f"{HEADLINES.get(State(run.state), run.get_state_display().capitalize())}. {explanation(run)}"


def counts(run: ImportRun, seen: Preview) -> list[tuple[str, str]]:
    source = seen if run.state in (State.DRAFT, State.HELD) else run
    names = {"Nye": source.new, "Ændrede": source.changed, "Uændrede": source.unchanged, "Afviste": source.rejected}
    return [(name, formats.number(count)) for name, count in names.items()]
