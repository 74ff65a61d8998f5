"""Records said aloud: the one sentence about a set that is better than all before it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from voicecoach.language.prompts import Prompt, Say, counted, prompt
from voicecoach.session.facts import BodyweightLogged, SetResult
from voicecoach.session.state import LoggedSet, State
from voicecoach.training.exercise import Exercise
from voicecoach.training.hard_sets import HardSet, hard_sets, of_exercise
from voicecoach.training.performance import PerformedSet
from voicecoach.training.prescription import SetKind
from voicecoach.training.records import FormBests, Record, RecordKind, bests_in, bests_of, broken
from voicecoach.units import Load


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
    body = _body_in(state)
    mine = _hard((one for one in today if one.id == logged.fact.set_id), exercise, body)
    others = _hard((one for one in today if one.id != logged.fact.set_id), exercise, body)
    return tuple(said for one in mine for said in record_said(state.bests, others, one))


def foreseen(state: State, result: SetResult) -> tuple[Prompt, ...]:
    """Return what will be said of a record, should the set that comes next end with `result`."""
    if state.prescription.kind is not SetKind.WORKING:
        return ()
    exercise, variation = state.block.exercise, state.block.variation
    raw = as_hard_set(state.session_id, exercise.id, variation.id if variation else None, result)
    body = _body_in(state)
    one = of_exercise(raw, exercise, lambda _: body)
    return record_said(state.bests, (), one)


def record_said(
    known: Iterable[FormBests], today: Iterable[HardSet], one: HardSet
) -> tuple[Prompt, ...]:
    """Return the sentence about a set that is better than those known and those before it today."""
    alike = (other for other in today if other.form == one.form)
    before = bests_of(alike, bests_in(known, one.form))
    return tuple(_said(found) for found in broken(before, one)[:1])


def body_known(before: Load | None, said: Iterable[object]) -> Load | None:
    """Return what the body weighs: as it was said last today, else as it was `before`."""
    weighed = [one.weight for one in said if isinstance(one, BodyweightLogged)]
    return weighed[-1] if weighed else before


def _body_in(state: State) -> Load | None:
    return body_known(state.body, (one.fact for one in state.asides if not one.voided))


def _hard(
    performed: Iterable[PerformedSet], exercise: Exercise, body: Load | None
) -> list[HardSet]:
    return [of_exercise(one, exercise, lambda _: body) for one in hard_sets(performed)]


def as_hard_set(session: str, exercise: str, variation: str | None, result: SetResult) -> HardSet:
    """Return a result as a hard set of today, whichever day that is."""
    return HardSet(date.min, session, exercise, variation, result.reps, result.hold_s, result.load)


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
