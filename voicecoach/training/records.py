"""Records: the best of an exercise so far, and the sets that break it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from enum import Enum

from voicecoach.training.hard_sets import Form, HardSet
from voicecoach.units import Load

FIRST_SESSIONS = 3
"""In so many sessions of an exercise nothing is called a record: everything would be one."""


class RecordKind(Enum):
    """What a record is in, the most telling first."""

    REPS = "reps"  # the heaviest load for so many repetitions
    ESTIMATE = "e1rm"  # the highest estimate of the one-rep maximum
    HOLD = "hold"  # the longest hold with a load
    MOST_REPS = "most-reps"  # the most repetitions with a load, or with none
    VOLUME = "volume"  # the most load times repetitions in one set


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """A set that is better than every one before it, and the best until then."""

    kind: RecordKind
    set: HardSet
    before: HardSet


@dataclass(frozen=True, slots=True, kw_only=True)
class Bests:
    """The best sets of one form of an exercise, each the first of its kind.

    `repeated` and `held` hold the sets that no other outdoes both in load and
    in reps or seconds, the most reps or seconds first; a set whose load
    nobody named is in neither.
    """

    sessions: int = 0
    last_session: str = ""
    repeated: tuple[HardSet, ...] = ()
    held: tuple[HardSet, ...] = ()
    strongest: HardSet | None = None  # by the estimated one-rep maximum
    biggest: HardSet | None = None  # by volume

    def heaviest_for(self, reps: int) -> HardSet | None:
        """Return the heaviest set of at least so many repetitions."""
        return next((one for one in reversed(self.repeated) if (one.reps or 0) >= reps), None)

    def most_reps_with(self, load: Load) -> HardSet | None:
        """Return the set of most repetitions with at least that load."""
        return next((one for one in self.repeated if _grams(one) >= load.grams), None)

    def longest_with(self, load: Load) -> HardSet | None:
        """Return the longest hold with at least that load."""
        return next((one for one in self.held if _grams(one) >= load.grams), None)

    def with_set(self, one: HardSet) -> Bests:
        """Return the bests after one more set."""
        bests = self
        if one.session != self.last_session:
            bests = replace(self, sessions=self.sessions + 1, last_session=one.session)
        if one.load is None:
            return bests
        if one.hold_s is not None:
            held = _with(self.held, one)
            return bests if held is self.held else replace(bests, held=held)
        repeated = _with(self.repeated, one)
        if repeated is not self.repeated:
            bests = replace(bests, repeated=repeated)
        if _outdoes(one.estimate, self.strongest.estimate if self.strongest else None):
            bests = replace(bests, strongest=one)
        if one.volume_g > (self.biggest.volume_g if self.biggest else 0):
            bests = replace(bests, biggest=one)
        return bests


NO_BESTS = Bests()


@dataclass(frozen=True, slots=True)
class FormBests:
    """The bests of an exercise in one of its forms."""

    exercise: str
    variation: str | None
    bests: Bests


def bests_in(known: Iterable[FormBests], form: Form) -> Bests:
    """Return the bests of a form among those that are known."""
    return next((one.bests for one in known if (one.exercise, one.variation) == form), NO_BESTS)


def bests_of(sets: Iterable[HardSet], before: Bests = NO_BESTS) -> Bests:
    """Return the bests after `sets`, which are of one form and in the order of time."""
    bests = before
    for one in sets:
        bests = bests.with_set(one)
    return bests


def bests_after(sessions: int, heaviest: Iterable[HardSet]) -> Bests:
    """Return the bests of one form after so many sessions, none of which goes on.

    `heaviest` have the most load for each number of repetitions and of
    seconds, in the order of time: what else was done is best at nothing, as
    long as the body weighs the same in all of them.
    """
    return replace(bests_of(heaviest), sessions=sessions, last_session="")


def bests_by_form(sets: Iterable[HardSet]) -> dict[Form, Bests]:
    """Return the bests of every form there is, of sets in the order of time."""
    found: dict[Form, Bests] = {}
    for one in sets:
        found[one.form] = found.get(one.form, NO_BESTS).with_set(one)
    return found


def broken(before: Bests, one: HardSet) -> tuple[Record, ...]:
    """Return the records that a set breaks, the most telling first.

    `before` are the bests of its form without it. There is none in the first
    sessions, and none where there was nothing to break: nine repetitions are
    no record of nine for someone who never did as many.
    """
    known = before.sessions - (one.session == before.last_session)
    if known < FIRST_SESSIONS or one.load is None:
        return ()
    if one.hold_s is not None:
        longest = before.longest_with(one.load)
        if longest is None or (longest.hold_s or 0) >= one.hold_s:
            return ()
        return (Record(kind=RecordKind.HOLD, set=one, before=longest),)
    found: list[Record] = []
    reps = one.reps or 0
    heaviest = before.heaviest_for(reps)
    if heaviest is not None and _grams(heaviest) < one.load.grams:
        found.append(Record(kind=RecordKind.REPS, set=one, before=heaviest))
    strongest = before.strongest
    if strongest is not None and _outdoes(one.estimate, strongest.estimate):
        found.append(Record(kind=RecordKind.ESTIMATE, set=one, before=strongest))
    most = before.most_reps_with(one.load)
    if most is not None and (most.reps or 0) < reps:
        found.append(Record(kind=RecordKind.MOST_REPS, set=one, before=most))
    biggest = before.biggest
    if biggest is not None and biggest.volume_g < one.volume_g:
        found.append(Record(kind=RecordKind.VOLUME, set=one, before=biggest))
    return tuple(found)


def records_in(sets: Iterable[HardSet]) -> tuple[Record, ...]:
    """Return every record that was ever broken, one a set, of sets in the order of time."""
    bests: dict[Form, Bests] = {}
    found: list[Record] = []
    for one in sets:
        before = bests.get(one.form, NO_BESTS)
        after = before.with_set(one)
        if after is not before:
            bests[one.form] = after
            found += broken(before, one)[:1]
    return tuple(found)


def _with(front: tuple[HardSet, ...], one: HardSet) -> tuple[HardSet, ...]:
    """Return a front with `one` in its place, or the very same where another is as good."""
    amount, grams = _amount(one), _grams(one)
    for other in front:
        if _amount(other) >= amount and _grams(other) >= grams:
            return front
    rest = (other for other in front if _amount(other) > amount or _grams(other) > grams)
    return tuple(sorted((*rest, one), key=_amount, reverse=True))


def _amount(one: HardSet) -> int:
    return (one.reps if one.hold_s is None else one.hold_s) or 0


def _grams(one: HardSet) -> int:
    return one.load.grams if one.load else 0


def _outdoes(one: Load | None, other: Load | None) -> bool:
    return one is not None and (other is None or one > other)
