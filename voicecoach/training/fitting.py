"""Which routines suit the equipment at hand, the likeliest to be wanted first."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass

from voicecoach.training.exercise import Exercise
from voicecoach.training.outline import Lookup
from voicecoach.training.routine import Block, Routine

Lacks = Callable[[Iterable[str]], tuple[str, ...]]
"""Gives those of the things an exercise needs that are not at hand."""

MOST_MISSED = 0.45
"""Share of its exercises that a routine may be short of and still be offered."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Offer:
    """A routine that may be trained, and what one would have to do without."""

    id: str
    name: str
    about: str
    lacks: tuple[str, ...] = ()


def offers(
    routines: Iterable[Routine], own: Collection[str], lookup: Lookup, lacks: Lacks
) -> tuple[Offer, ...]:
    """Return the routines that can be trained, whole or nearly, the most useful first.

    `own` are the ids of those the lifter made: they come before any other.
    Of the rest that is more useful which trains more muscles, has more to
    grow by (loads, and repetitions that lead on), and lacks less.
    """
    ranked = []
    for routine in routines:
        needs = tuple(_needs(routine, lookup))
        missing = [lacks(things) for _, things in needs]
        possible = sum(not one for one in missing) / max(1, len(needs))
        if 1 - possible > MOST_MISSED:
            continue
        loaded = sum(exercise.implement.is_loaded for exercise, _ in needs) / max(1, len(needs))
        muscles = {muscle for exercise, _ in needs for muscle in exercise.primary}
        use = possible**2 * len(muscles) * (loaded + _growing(routine))
        offer = Offer(
            id=routine.id,
            name=routine.name,
            about=routine.about,
            lacks=tuple(dict.fromkeys(thing for one in missing for thing in one)),
        )
        ranked.append(((routine.id not in own, -use, routine.id), offer))
    return tuple(offer for _, offer in sorted(ranked, key=lambda entry: entry[0]))


def _growing(routine: Routine) -> float:
    """Return the share of a routine's blocks in which repetitions lead on to more."""
    blocks = [block for workout in routine.workouts for block in workout.blocks]
    growing = [block for block in blocks if block.reps and block.progress.rule != "none"]
    return len(growing) / max(1, len(blocks))


def _needs(routine: Routine, lookup: Lookup) -> Iterator[tuple[Exercise, tuple[str, ...]]]:
    """Yield every exercise a routine begins with, in each of its forms, and what that needs.

    What it grows into, rung by rung, can be found when it comes to it.
    """
    for workout in routine.workouts:
        for block in workout.blocks:
            yield from _forms(block, lookup)


def _forms(block: Block, lookup: Lookup) -> Iterator[tuple[Exercise, tuple[str, ...]]]:
    exercise = lookup(block.exercise)
    if not block.vary:
        yield exercise, exercise.equipment
    for name in block.vary:
        variation = exercise.variation(name)
        if variation is None:
            other = lookup(name)
            yield other, other.equipment
        elif variation.implement not in (None, exercise.implement) and variation.equipment:
            yield exercise, variation.equipment  # in place of the exercise's own
        else:
            yield exercise, (*exercise.equipment, *variation.equipment)
