"""The sets of a block at a working load: warm-ups below it, working sets, and drops after them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from itertools import groupby

from voicecoach.training import strength
from voicecoach.training.exercise import Exercise, Implement, Phase
from voicecoach.training.loading import Equipment, at_most
from voicecoach.training.prescription import (
    BlockPrescription,
    Drops,
    RepTarget,
    SetKind,
    SetPrescription,
    WarmupStep,
)
from voicecoach.training.warmup import ramp
from voicecoach.units import Load

AS_MANY_AS_POSSIBLE = RepTarget(1, 1, to_failure=True)
"""What a drop set is done for."""


def laid_out(block: BlockPrescription, equipment: Equipment) -> BlockPrescription:
    """Return `block`, which has only working sets, with its warm-ups and drops beside them.

    Every load can be made. A warm-up stands below the working load and above
    the warm-up before it, a drop below the set before it; what cannot be so is
    left out. Without a load there is no warm-up, and a drop's is left open.
    """
    return replace(
        block,
        sets=(*_warmups(block, equipment), *_with_drops(block, block.sets, equipment)),
    )


def at_load(
    block: BlockPrescription, load: Load | None, equipment: Equipment, *, begun: int = 0
) -> BlockPrescription:
    """Return `block` with its working sets at another load, and the others as follows from it.

    The first `begun` sets are behind the athlete and stay as they are; once
    there are any, no warm-up is added, and one that became too heavy is left out.
    """
    if not begun:
        working = tuple(s for s in block.sets if s.kind not in (SetKind.WARMUP, SetKind.DROP))
        bare = replace(block, sets=tuple(replace(one, load=load) for one in working))
        return laid_out(bare, equipment)
    done, ahead = block.sets[:begun], block.sets[begun:]
    return replace(block, sets=(*done, *_reloaded(block, ahead, load, equipment)))


def _warmups(block: BlockPrescription, equipment: Equipment) -> tuple[SetPrescription, ...]:
    load = block.sets[0].load
    if block.warmup is None or load is None or not load.grams:
        return ()
    implement = block.exercise.implement_for(block.variation)
    steps = block.warmup.steps
    wanted = (
        ((_step_load(step, load, implement, equipment), step.reps) for step in steps)
        if steps
        else ramp(load, implement, equipment, from_floor=_from_floor(block.exercise))
    )
    sets: list[SetPrescription] = []
    for lighter, reps in wanted:
        before = sets[-1].load if sets else None
        if lighter < load and (before is None or before < lighter):
            target = RepTarget(reps, reps)
            sets.append(SetPrescription(target=target, load=lighter, kind=SetKind.WARMUP))
    return tuple(sets)


def _from_floor(exercise: Exercise) -> bool:
    """Tell whether an exercise begins with the bar on the floor: legs and back pull it up first."""
    return exercise.lower_body and exercise.first_phase is Phase.CONCENTRIC


def _step_load(step: WarmupStep, working: Load, implement: Implement, equipment: Equipment) -> Load:
    wanted = step.load if step.percent is None else strength.part_of(working, step.percent)
    return at_most(wanted or Load(0), implement, equipment)


def _with_drops(
    block: BlockPrescription, working: tuple[SetPrescription, ...], equipment: Equipment
) -> Iterator[SetPrescription]:
    for number, one in enumerate(working, 1):
        yield one
        drops = block.drops
        if drops is not None and (drops.after_each or number == len(working)):
            yield from _drops(block, drops.count, one.load, equipment)


def _reloaded(
    block: BlockPrescription,
    sets: tuple[SetPrescription, ...],
    load: Load | None,
    equipment: Equipment,
) -> Iterator[SetPrescription]:
    """Yield the sets ahead at another working load, drops after the set that they followed."""
    for kind, alike in groupby(sets, key=lambda one: one.kind):
        match kind:
            case SetKind.WARMUP:
                yield from (
                    one for one in alike if load is None or one.load is None or one.load < load
                )
            case SetKind.DROP:
                yield from _drops(block, len(tuple(alike)), load, equipment)
            case _:
                yield from (replace(one, load=load) for one in alike)


def _drops(
    block: BlockPrescription, count: int, load: Load | None, equipment: Equipment
) -> Iterator[SetPrescription]:
    """Yield up to `count` drops from a set at `load`: fewer where nothing lighter can be made."""
    drops = block.drops or Drops(count=count)
    implement = block.exercise.implement_for(block.variation)
    for _ in range(count):
        if load is not None:
            share = strength.part_of(load, Decimal(100) - drops.percent)
            lighter = at_most(share, implement, equipment)
            if not lighter < load:
                return
            load = lighter
        yield SetPrescription(target=AS_MANY_AS_POSSIBLE, load=load, kind=SetKind.DROP)
