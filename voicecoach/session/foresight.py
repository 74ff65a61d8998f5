"""What the coach is likely to say soon, so that its voice can be rendered ahead."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from voicecoach.language.prompts import Prompt, Say, prompt
from voicecoach.session import announcing, records
from voicecoach.session.facts import SetResult
from voicecoach.session.state import Skip, State
from voicecoach.training.prescription import HoldTarget, RepTarget

BEYOND_TARGET = 3
"""How many more repetitions than aimed at are foreseen; others are rendered when said."""


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
    yield from (prompt(say) for say in Say if "{" not in say.value)
    for ahead in _positions(state):
        yield from _set(ahead)


def _positions(state: State) -> Iterator[State]:
    """Yield the state as if each set ahead were the next."""
    passed: set[tuple[int, int]] = set()
    while (position := state.position) is not None:
        yield state
        passed.add(position)
        state = replace(state, skips=(*state.skips, Skip(frozenset(passed), len(state.sets))))


def _set(state: State) -> Iterator[Prompt]:
    block, target = state.block, state.prescription.target
    name = announcing.block_name(block)
    yield from announcing.announcement(state)
    yield prompt(Say.ASK_LOAD, exercise=name)
    yield prompt(Say.REST, span=block.rest_s)
    yield prompt(Say.NEXT_EXERCISE, exercise=name)
    load = state.prescription.load
    match target:
        case RepTarget(high=high):
            results = [
                SetResult(reps=reps, load=load) for reps in range(1, high + BEYOND_TARGET + 1)
            ]
            last = high
        case HoldTarget(seconds):
            results = [SetResult(hold_s=seconds)]
            last = seconds
    for result in results:
        yield from announcing.echo(result)
        yield from records.foreseen(state, result)
    yield from (prompt(Say.NUMBER, number=number) for number in range(1, last + 1))
