"""The sets of a Liftoscript exercise: groups of sets that are alike, drops, and warm-up sets."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from voicecoach.errors import UnitError
from voicecoach.training import notation
from voicecoach.training.prescription import Drops, Warmup

_SETS = re.compile(r"(\d{1,3})x(\d{1,3})(?:-(\d{1,3}))?(\+?)(?=\s|$)")
_REST = re.compile(r"(?<=\s)(\d{1,4})s(?=\s|$)")
_TIMED = re.compile(r"(?<=\s)(\d{1,4})s(\+?)\|(?:(\d{1,4})s|\?)(?=\s|$)")
_AUTO = re.compile(r"(?<=\s)auto(?=\s|$)")
_LOAD = re.compile(r"(?<=\s)(\d{1,4}(?:\.\d{1,2})?)(kg|lb|%)\+?(?=\s|$)")
_RPE = re.compile(r"(?<=\s)@(\d{1,2}(?:\.5)?)\+?(?=\s|$)")
_LABEL = re.compile(r"\(([^()]*)\)")
_WARMUP = re.compile(r"(\d{1,2})x(\d{1,3})\s+(\d{1,4}(?:\.\d{1,2})?(?:kg|lb|%))")

MOST_UNEVEN = 3
"""By how many percent the drops after one set may differ and still be alike: plates are coarse."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SetGroup:
    """Sets of an exercise that are alike, as `3x8-12 60kg 90s` has them.

    `drops` are those that follow the last of them without rest.
    """

    text: str
    count: int
    reps: str  # as a routine writes them
    amount: Decimal | None = None  # of the load
    measure: str = ""  # of the load: kg, lb, or % of the maximum
    rpe: str | None = None
    rest_s: int | None = None
    timed_s: int | None = None  # how long each set lasts
    auto: bool = False  # a timed set begins by itself
    label: str = ""
    loses: tuple[str, ...] = ()  # what of it a routine cannot say
    drops: Drops | None = None

    @property
    def load(self) -> str:
        """How it is loaded, as a routine writes it; empty where it is not said."""
        if self.amount:  # 0lb is Liftosaur's way to say the body alone
            return f"{self.amount:f}{self.measure}"
        return f"RPE {self.rpe}" if self.rpe else ""

    @property
    def interval_s(self) -> int | None:
        """From the start of a set to the start of the next, where the clock begins them."""
        if not self.auto or self.timed_s is None:
            return None
        return self.timed_s + (self.rest_s or 0)


def has_sets(text: str) -> bool:
    """Tell whether a part of an exercise says how many sets and reps there are."""
    return ":" not in text and _SETS.search(text) is not None


def read_group(text: str, common: str) -> SetGroup | None:
    """Read one group of sets; `common` is what is said for every group. None without sets."""
    whole = f" {text} {common} "
    sets = _SETS.search(text)
    if sets is None:
        return None
    low, high, most = sets[2], sets[3], bool(sets[4])
    loses = []
    if high and most:  # 8-12+: the range is only what the set begins with
        loses.append(f"asks for {low} at least, and as many as can be")
        high = None
    timed, rest, load = _TIMED.search(whole), _REST.search(whole), _LOAD.search(whole)
    if timed and timed[2]:
        loses.append("ends when its time is over")
    rest_of = timed[3] if timed else rest[1] if rest else None
    rpe, label = _RPE.search(whole), _LABEL.search(text)
    return SetGroup(
        text=text.strip(),
        count=int(sets[1]),
        reps=f"{low}-{high}" if high else f"{low}{'+' if most else ''}",
        amount=Decimal(load[1]) if load else None,
        measure=load[2] if load else "",
        rpe=rpe[1] if rpe else None,
        rest_s=int(rest_of) if rest_of else None,
        timed_s=int(timed[1]) if timed else None,
        auto=bool(timed and _AUTO.search(whole)),
        label=label[1].strip().lower() if label else "",
        loses=tuple(loses),
    )


def with_drops(groups: Iterable[SetGroup]) -> tuple[SetGroup, ...]:
    """Return the groups with those that are drops told of the one that they follow.

    A drop is labelled so, or lighter than the set before it, which has no
    rest. Drops of a routine are for as many reps as can be, and each is
    lighter by a like share; others stay what they are, sets by themselves.
    """
    runs: list[list[SetGroup]] = []
    for group in groups:
        if runs and _drops_from(runs[-1][-1], group):
            runs[-1].append(group)
        else:
            runs.append([group])
    return tuple(one for head, *lighter in runs for one in _joined(head, lighter))


def _drops_from(before: SetGroup, group: SetGroup) -> bool:
    """Tell whether a group is meant to be dropped to; sets by the clock leave no time for it."""
    if before.timed_s is not None:
        return False
    return "drop" in group.label or (before.rest_s == 0 and _lighter_by(before, group) > 0)


def _lighter_by(before: SetGroup, group: SetGroup) -> Decimal:
    """Return by how many percent a group is lighter than another; 0 where that is not known."""
    if not before.amount or group.amount is None or before.measure != group.measure:
        return Decimal(0)
    return 100 - 100 * group.amount / before.amount


def _joined(head: SetGroup, lighter: Sequence[SetGroup]) -> Iterable[SetGroup]:
    if not lighter:
        return (head,)
    shares = [_lighter_by(*pair) for pair in zip((head, *lighter), lighter, strict=False)]
    even = max(shares) - min(shares) <= MOST_UNEVEN and all(one.count == 1 for one in lighter)
    try:
        percent = round(sum(shares) / len(shares))
        drops = notation.drops_of(f"{len(lighter)} by {percent}%") if even else None
    except UnitError:  # too many, or by too little or too much
        drops = None
    if drops is None:
        apart = "is a set by itself: drops are each lighter by a like share"
        return (head, *(replace(one, loses=(*one.loses, apart)) for one in lighter))
    many = tuple(
        f"drops to as many reps as can be, not {one.reps}"
        for one in lighter
        if not one.reps.endswith("+")
    )
    rest_s = head.rest_s or lighter[-1].rest_s
    return (replace(head, drops=drops, rest_s=rest_s, loses=head.loses + many),)


def read_warmup(text: str) -> tuple[Warmup | None, tuple[str, ...]]:
    """Read the value of `warmup:`, percent of the first set; with it, what it loses.

    `none` is no warm-up. A warm-up set that is repeated is done once: they rise.
    """
    if text.strip().lower() == "none":
        return None, ()
    steps: list[str] = []
    loses: list[str] = []
    for part in text.split(","):
        match = _WARMUP.fullmatch(part.strip())
        if match is None:
            loses.append(f"{part.strip()!r} is no warm-up set that a routine can say")
            continue
        if int(match[1]) > 1:
            loses.append(f"{part.strip()!r} is done once: warm-up sets rise")
        steps.append(f"{match[3]} x{match[2]}")
    if not steps:
        return None, tuple(loses)
    try:
        return notation.warmup_of(steps), tuple(loses)
    except UnitError as error:
        return None, (*loses, f"is no warm-up here: {error.problem}")
