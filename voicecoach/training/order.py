"""The order of a workout's sets: block after block, or in turns within a superset."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby, zip_longest
from typing import Protocol

from voicecoach.training.prescription import BlockPrescription, SetKind, WorkoutPrescription

Place = tuple[int, int]
"""A set of a workout: its block, and its index in the block, both from 0."""

WARMUP_REST_S = 60
"""What is rested at most after a warm-up set: it tires nobody, and only plates are changed."""


class Grouped(Protocol):
    """A block that may take turns with its neighbours."""

    @property
    def superset(self) -> str:
        """The name that blocks taking turns share; empty for a block by itself."""


def rounds(blocks: Sequence[Grouped]) -> tuple[range, ...]:
    """Return the indices of the blocks that take turns together, a lone block by itself."""
    keys = [block.superset or index for index, block in enumerate(blocks)]
    groups = [list(group) for _, group in groupby(range(len(keys)), key=keys.__getitem__)]
    return tuple(range(group[0], group[-1] + 1) for group in groups)


def round_of(plan: WorkoutPrescription, block: int) -> range:
    """Return the indices of the blocks that take turns with `block`, itself among them."""
    return next(group for group in rounds(plan.blocks) if block in group)


def places(plan: WorkoutPrescription) -> Iterator[Place]:
    """Yield every set in the order they are done.

    In a superset all warm up first; then in every round each exercise has one
    working set, and the drops after it.
    """
    for group in rounds(plan.blocks):
        if len(group) == 1:
            yield from ((group[0], n) for n in range(len(plan.blocks[group[0]].sets)))
            continue
        for block in group:
            sets = enumerate(plan.blocks[block].sets)
            yield from ((block, n) for n, one in sets if one.kind is SetKind.WARMUP)
        turns = [list(_turns(plan.blocks[block])) for block in group]
        for turn_of_each in zip_longest(*turns, fillvalue=[]):
            for block, turn in zip(group, turn_of_each, strict=True):
                yield from ((block, n) for n in turn)


def _turns(block: BlockPrescription) -> Iterator[list[int]]:
    """Yield each working set of a block with the drops after it."""
    turn: list[int] = []
    for n, one in enumerate(block.sets):
        if one.kind is SetKind.WARMUP:
            continue
        if turn and one.kind is not SetKind.DROP:
            yield turn
            turn = []
        turn.append(n)
    if turn:
        yield turn


def with_its_drops(block: BlockPrescription, place: Place) -> frozenset[Place]:
    """Return the set at `place` of `block`, and the drops that belong to it if it is no drop."""
    turn = next((turn for turn in _turns(block) if turn[0] == place[1]), [place[1]])
    return frozenset((place[0], number) for number in turn)


def rest_between(plan: WorkoutPrescription, done: Place, ahead: Place) -> int:
    """Return the seconds of rest after the set at `done` where the one at `ahead` comes next.

    None before a drop; the change-over within a round; after the round, and
    after the whole superset, the rest of its last exercise. Where sets begin
    by the clock this holds only after the last of them.
    """
    block = plan.blocks[done[0]]
    if block.sets[done[1]].kind is SetKind.WARMUP:
        return min(block.rest_s, WARMUP_REST_S)
    if ahead[0] == done[0] and block.sets[ahead[1]].kind is SetKind.DROP:
        return 0
    group = round_of(plan, done[0])
    if done[0] < ahead[0] < group.stop:
        return block.change_s
    return plan.blocks[group[-1]].rest_s


def clock_s(plan: WorkoutPrescription, place: Place) -> int | None:
    """Return how long after its EMOM began a set begins, in seconds; None for any other set.

    Warm-up sets are done before it begins.
    """
    block = plan.blocks[place[0]]
    if block.interval_s is None or block.sets[place[1]].kind is SetKind.WARMUP:
        return None
    group = round_of(plan, place[0])
    passed = 0
    for index, number in places(plan):
        if (index, number) == place:
            break
        other = plan.blocks[index]
        if index in group and other.sets[number].kind is not SetKind.WARMUP:
            passed += other.interval_s or 0
    return passed
