"""What became of words that were said to the coach, counted."""

from __future__ import annotations

from dataclasses import asdict, dataclass

WRONG_COSTS = 4
"""One word taken for another outweighs so many that are not understood."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Account:
    """How many words were understood, asked about, missed, and taken for others."""

    understood: int = 0
    asked: int = 0
    missed: int = 0
    wrong: int = 0

    @property
    def total(self) -> int:
        """All of them."""
        return sum(self.as_dict().values())

    @property
    def worth(self) -> float:
        """One number to compare by: a question is half as good as being understood."""
        return self.understood + self.asked / 2 - WRONG_COSTS * self.wrong

    def __add__(self, other: Account) -> Account:
        """Return both together."""
        mine, theirs = self.as_dict(), other.as_dict()
        return Account(**{name: mine[name] + theirs[name] for name in mine})

    def as_dict(self) -> dict[str, int]:
        """Return the counts by their names."""
        return asdict(self)
