"""Why an exercise is trained as it is: from what is planned back to the sets it follows from."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import Enum

from voicecoach.training.advice import Advice
from voicecoach.training.exercise import Exercise, Variation
from voicecoach.training.judging import LoadSource
from voicecoach.training.loading import Equipment
from voicecoach.training.maximum import Maximum
from voicecoach.training.past import form_of
from voicecoach.training.performance import PerformedSet
from voicecoach.training.planning import JudgedBlock, Log, Lookup, Named, judged_blocks
from voicecoach.training.prescription import (
    Away,
    BlockPrescription,
    ProgressRule,
    SetKind,
    SetPrescription,
    Wave,
)
from voicecoach.training.progression.rules import RULES
from voicecoach.training.progression.trained import Trained, amount_of
from voicecoach.training.routine import Routine
from voicecoach.units import Load

EARLIER_SESSIONS = 3
"""How many sessions before the one judged are told of, and more while a streak goes on."""

SESSIONS_PASSED_OVER = 2
"""How many sessions since then, that the rule does not look at, are told of."""


class Verdict(Enum):
    """Whether a set counted for the rule, and if not why."""

    COUNTED = "counted"
    LIGHTER = "other-load"  # lighter than the heaviest, which is what is judged
    WARMUP = "warmup"
    DROP = "drop"
    FAILURE = "failure"
    PAIN = "pain"
    OPEN = "open"  # no number was said
    VOIDED = "voided"
    OTHER_ROUTINE = "other-routine"
    OTHER_FORM = "other-form"  # another variation
    OTHER_AIM = "other-aim"  # another range of reps

    @property
    def counts(self) -> bool:
        """Whether the rule looked at it."""
        return self is Verdict.COUNTED


_BY_KIND = {
    SetKind.WARMUP: Verdict.WARMUP,
    SetKind.DROP: Verdict.DROP,
    SetKind.FAILURE: Verdict.FAILURE,
}


@dataclass(frozen=True, slots=True)
class WeighedSet:
    """A set, and what the rule made of it."""

    performed: PerformedSet
    verdict: Verdict


@dataclass(frozen=True, slots=True, kw_only=True)
class EarlierSession:
    """A session before the one that is judged."""

    at: datetime
    load: Load | None
    amounts: tuple[int, ...]  # reps or seconds of the sets that counted at that load
    fell_short: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Reasoning:
    """What is planned for one exercise, and the chain it follows from.

    `advice` came of the last session that the rule judges, whose sets are
    `weighed`; `passed_over` are sets done since that it does not look at.
    `maximum` is there where the load follows from it.
    """

    workout: str
    exercise: Exercise
    variation: Variation | None
    rule: ProgressRule
    about: str  # the rule in a few words
    sets: tuple[SetPrescription, ...]
    source: LoadSource
    advice: Advice | None
    weighed: tuple[WeighedSet, ...]
    passed_over: tuple[WeighedSet, ...]
    earlier: tuple[EarlierSession, ...]
    maximum: Maximum | None
    named_max: Load | None
    away: Away | None
    wave: Wave | None  # of 5/3/1: what today's loads are shares of


def reasons(
    routine: Routine,
    exercise: str,
    lookup: Lookup,
    log: Log,
    *,
    named: Named | None = None,
    equipment: Equipment | None = None,
    voided: Iterable[PerformedSet] = (),
) -> tuple[Reasoning, ...]:
    """Return why `exercise` is planned as it is, once for each block that trains it today.

    `log` and `named` are what the plan is made from; `voided` are sets that
    were undone, which only tell that they no longer count.
    """
    done = sorted(
        (
            *((one, False) for one in log.sets),
            *((one, True) for one in voided),
        ),
        key=lambda pair: (pair[0].at, pair[0].session, pair[0].number, pair[0].id),
    )
    found: list[Reasoning] = []
    for workout, blocks in judged_blocks(routine, lookup, log, named=named, equipment=equipment):
        for one in blocks:
            if exercise in (one.prescription.exercise.id, one.block.exercise):
                named_max = (named or Named()).one_rep_maxes.get(one.prescription.exercise.id)
                found.append(_reasoning(workout.name, routine.id, one, done, named_max))
    return tuple(found)


def _reasoning(
    workout: str,
    routine: str,
    one: JudgedBlock,
    done: Sequence[tuple[PerformedSet, bool]],
    named_max: Load | None,
) -> Reasoning:
    planned, judged = one.prescription, one.judgement
    last = judged.sessions[-1] if judged.sessions else None
    own = [pair for pair in done if pair[0].exercise == planned.exercise.id]
    session = last.sets[0].session if last else None
    ended = last.sets[-1].at if last else None
    others = (one.session for one, _ in own if ended is None or one.at > ended)
    later = tuple(dict.fromkeys(one for one in others if one != session))[-SESSIONS_PASSED_OVER:]
    by_maximum = one.source is LoadSource.MAXIMUM or planned.progress.rule == "percent"
    if planned.progress.in_waves:
        by_maximum = not judged.sessions  # later the training maximum goes its own way
    return Reasoning(
        workout=workout,
        exercise=planned.exercise,
        variation=planned.variation,
        rule=planned.progress,
        about=RULES[planned.progress.rule].about,
        sets=tuple(s for s in planned.sets if s.kind is SetKind.WORKING),
        source=one.source,
        advice=judged.advice,
        weighed=tuple(
            WeighedSet(performed, _verdict(performed, planned, last, routine, undone=undone))
            for performed, undone in own
            if performed.session == session
        ),
        passed_over=tuple(
            WeighedSet(performed, _verdict(performed, planned, last, routine, undone=undone))
            for performed, undone in own
            if performed.session in later
        ),
        earlier=_earlier(judged.sessions),
        maximum=judged.maximum if by_maximum and judged.maximum.load is not None else None,
        named_max=named_max,
        away=planned.away,
        wave=planned.standing.wave if planned.progress.in_waves else None,
    )


def _verdict(
    performed: PerformedSet,
    planned: BlockPrescription,
    judged: Trained | None,
    routine: str,
    *,
    undone: bool,
) -> Verdict:
    if undone:
        return Verdict.VOIDED
    if judged is not None and performed in judged.sets:
        looked_at = judged.sets if judged.standing.wave else judged.at_load
        return Verdict.COUNTED if performed in looked_at else Verdict.LIGHTER
    if performed.kind in _BY_KIND:
        return _BY_KIND[performed.kind]
    if performed.pain:
        return Verdict.PAIN
    if performed.reps is None and performed.hold_s is None:
        return Verdict.OPEN
    if performed.routine != routine:
        return Verdict.OTHER_ROUTINE
    meant = planned.variation.id if planned.variation else None
    if form_of(planned.exercise, performed.variation) != form_of(planned.exercise, meant):
        return Verdict.OTHER_FORM
    return Verdict.OTHER_AIM


def _earlier(sessions: Sequence[Trained]) -> tuple[EarlierSession, ...]:
    """Return the sessions before the last that matter: a few, and all of a streak of misses."""
    if not sessions:
        return ()
    standing = sessions[-1].standing
    streak = max(standing.misses, standing.stall.sessions + 1 if standing.stall else 0)
    count = max(EARLIER_SESSIONS, streak)
    return tuple(
        EarlierSession(
            at=one.sets[-1].at,
            load=one.load,
            amounts=tuple(amount_of(each) for each in one.at_load),
            fell_short=one.fell_short,
        )
        for one in reversed(sessions[:-1][-count:])
    )
