"""Records said aloud: the one sentence about a set that is better than all before it."""

from __future__ import annotations

from collections.abc import Iterable

from voicecoach.language.prompts import Prompt, Say, counted, prompt
from voicecoach.session.facts import SetResult
from voicecoach.session.state import LoggedSet, State
from voicecoach.training.exercise import Exercise
from voicecoach.training.hard_sets import HardSet, hard_sets, of_exercise
from voicecoach.training.performance import PerformedSet
from voicecoach.training.prescription import SetKind
from voicecoach.training.records import NO_BESTS, Bests, Record, RecordKind, bests_of, broken


def announced(state: State, logged: LoggedSet) -> tuple[Prompt, ...]:
    """Return what is said of the record that a set of this session breaks, if it breaks one.

    The sets before it count, those of today as well, so that it is said once.
    """
    block = state.plan.blocks[logged.fact.block]
    exercise = next(
        (one for one in (block.exercise, *block.instead) if one.id == logged.fact.exercise),
        block.exercise,
    )
    today = [one for one in state.performed() if one.exercise == logged.fact.exercise]
    mine = _hard((one for one in today if one.id == logged.fact.set_id), exercise)
    others = _hard((one for one in today if one.id != logged.fact.set_id), exercise)
    return tuple(
        _said(found)
        for one in mine
        for found in broken(
            bests_of((other for other in others if other.form == one.form), _before(state, one)),
            one,
        )[:1]
    )


def foreseen(state: State, result: SetResult) -> tuple[Prompt, ...]:
    """Return what will be said of a record, should the set that comes next end with `result`."""
    if state.prescription.kind is not SetKind.WORKING:
        return ()
    block = state.block
    raw = HardSet(
        state.started_at.date(),
        state.session_id,
        block.exercise.id,
        block.variation.id if block.variation else None,
        result.reps,
        result.hold_s,
        result.load,
    )
    one = of_exercise(raw, block.exercise)
    return tuple(_said(found) for found in broken(_before(state, one), one)[:1])


def _hard(performed: Iterable[PerformedSet], exercise: Exercise) -> list[HardSet]:
    return [of_exercise(one, exercise) for one in hard_sets(performed)]


def _before(state: State, one: HardSet) -> Bests:
    """Return the bests of a set's form before this session."""
    return next(
        (known.bests for known in state.bests if (known.exercise, known.variation) == one.form),
        NO_BESTS,
    )


def _said(record: Record) -> Prompt:
    match record.kind:
        case RecordKind.REPS:
            return prompt(Say.RECORD_REPS, record_reps=counted(record.set.reps or 0, "rep"))
        case RecordKind.ESTIMATE:
            return prompt(Say.RECORD_STRONGEST)
        case RecordKind.HOLD:
            return prompt(Say.RECORD_HOLD)
        case RecordKind.MOST_REPS:
            loaded = bool(record.set.load)
            return prompt(Say.RECORD_MOST_REPS_AT if loaded else Say.RECORD_MOST_REPS)
        case RecordKind.VOLUME:
            return prompt(Say.RECORD_VOLUME)
