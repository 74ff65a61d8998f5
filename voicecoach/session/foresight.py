"""What the coach is likely to say soon, so that its voice can be rendered ahead."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from voicecoach.language.prompts import Prompt, Say, prompt
from voicecoach.session import announcing, records, rounds
from voicecoach.session.facts import SetResult
from voicecoach.session.state import Skip, State
from voicecoach.training.order import Place, rest_between
from voicecoach.training.prescription import HoldTarget, RepTarget, SetPrescription

BEYOND_TARGET = 3
"""How many more repetitions than aimed at are foreseen; others are rendered when said."""


FIXED = tuple(prompt(say) for say in Say if "{" not in say.value)
"""The sentences that say the same whatever the plan."""


def outlook(state: State) -> object:
    """Return what `foreseen` follows from: walking the plan is dear, and few steps change it."""
    return state.plan, state.sets, state.skips, state.first_side, state.bests


def foreseen(state: State) -> tuple[Prompt, ...]:
    """Return the sentences of the sets ahead, each once, the soonest first."""
    return tuple(dict.fromkeys(_foreseen(state)))


def _foreseen(state: State) -> Iterator[Prompt]:
    plan = state.plan
    yield prompt(Say.WELCOME, name=plan.name, workout=plan.workout)
    if plan.warmup_s:
        yield prompt(Say.WARM_UP, span=plan.warmup_s)
    if plan.warmup_advice:
        yield prompt(Say.VERBATIM, text=plan.warmup_advice)
    if state.position is not None:
        yield prompt(Say.ASK_LOAD, exercise=announcing.block_name(state.block))
        yield from announcing.announcement(state)
    yield from FIXED
    before = None
    known: set[tuple[int, SetPrescription]] = set()
    for ahead in _positions(state):
        place = ahead.position or (0, 0)
        yield from _until_work(ahead, before)
        if (place[0], ahead.prescription) not in known:  # the sets of a block are mostly alike
            known.add((place[0], ahead.prescription))
            yield from _from_work(ahead)
        before = ahead.position


def _positions(state: State) -> Iterator[State]:
    """Yield the state as if each set ahead were the next."""
    passed: set[Place] = set()
    while (position := state.position) is not None:
        yield state
        passed.add(position)
        if rounds.limit_s(state) is not None:  # one round is as the other
            passed |= state.places_left(position[0])
        state = replace(state, skips=(*state.skips, Skip(frozenset(passed), len(state.sets))))


def _until_work(state: State, before: Place | None) -> Iterator[Prompt]:
    """Yield what is said from the end of the set at `before` to the set that comes next."""
    name = announcing.block_name(state.block)
    if before is not None and state.position is not None:
        yield prompt(Say.REST, span=rest_between(state.plan, before, state.position))
    yield from announcing.announcement(state)
    yield prompt(Say.ASK_LOAD, exercise=name)
    yield prompt(Say.NEXT_ASKS, exercise=name)
    yield prompt(Say.NEXT_EXERCISE, exercise=name)
    yield from announcing.what_follows(state, None)
    yield from announcing.what_follows(state, before)
    yield from announcing.what_follows(state, before, in_full=True)


def _from_work(state: State) -> Iterator[Prompt]:
    """Yield what is said in the set that comes next, and of its result."""
    prescription = state.prescription
    load = prescription.load
    match prescription.target:
        case RepTarget() as target:
            last = target.likely_most
            results = [
                SetResult(reps=reps, load=load) for reps in range(1, last + BEYOND_TARGET + 1)
            ]
        case HoldTarget(seconds):
            results = [SetResult(hold_s=seconds)]
            last = seconds
    for result in results:
        yield from announcing.echo(result)
        yield from records.foreseen(state, result)
    yield from (prompt(Say.NUMBER, number=number) for number in range(1, last + 1))
