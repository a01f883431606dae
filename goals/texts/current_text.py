"""What has been said of a subject for a period: the newest version, and what was handed in before it."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Generic

from accounts.models import User
from goals.models.versions import AnyVersion
from goals.workflow import HANDED_IN


@dataclass(frozen=True)
class CurrentText(Generic[AnyVersion]):
    """`current` is the newest version of the period; `last` what was handed in for the newest period before it."""

    period: int
    current: AnyVersion | None
    last: AnyVersion | None

    @property
    def handed_in(self) -> bool:
        return self.current is not None and self.current.state in HANDED_IN

    @property
    def returned(self) -> bool:
        """Also when a draft of the answer has been saved: the note goes with it."""
        return bool(self.current and self.current.note) and not self.handed_in

    @property
    def start(self) -> AnyVersion | None:
        """What a form is filled in with."""
        return self.current or self.last

    def is_own(self, user: User) -> bool:
        """The newest version is the person's, from another window perhaps."""
        return self.current is not None and self.current.actor == user.email

    @property
    def seen(self) -> int:
        return self.current.version if self.current else 0


def current_and_last(versions: Sequence[AnyVersion], period: int) -> tuple[AnyVersion | None, AnyVersion | None]:
    """Current and last, among the newest versions of each period, the newest period first."""
    current = next((version for version in versions if version.period == period), None)
    last = next((v for v in versions if v.period < period and v.state in HANDED_IN), None)
    return current, last
