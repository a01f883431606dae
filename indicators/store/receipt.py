"""What an import tells of itself."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Receipt:
    """What was written. Without a batch it was nothing."""

    batch: int | None = None
    new: int = 0
    changed: int = 0
    unchanged: int = 0
    withdrawn: int = 0
    rejected: int = 0

    def __add__(self, other: "Receipt") -> "Receipt":
        return Receipt(
            other.batch or self.batch,
            self.new + other.new,
            self.changed + other.changed,
            self.unchanged + other.unchanged,
            self.withdrawn + other.withdrawn,
            self.rejected + other.rejected,
        )

    def __str__(self) -> str:
        names = ("new", "changed", "unchanged", "rejected", "withdrawn")
        return " ".join(f"{name}={getattr(self, name)}" for name in names)
