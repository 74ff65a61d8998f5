"""What every look at the log needs: the log if there is one, the lifter's unit, their exercises."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date, datetime
from typing import TYPE_CHECKING

import click

from voicecoach.errors import LibraryError, LogError
from voicecoach.units import Unit

if TYPE_CHECKING:
    from voicecoach.library.exercises import Library
    from voicecoach.report.overview import Overview
    from voicecoach.runtime.paths import Paths
    from voicecoach.store.log import TrainingLog
    from voicecoach.training.exercise import Exercise

unit_option = click.option(
    "--unit", type=click.Choice([unit.value for unit in Unit]), help="Show loads in it."
)


@contextmanager
def log_of(paths: Paths) -> Iterator[TrainingLog | None]:
    """Open the log, or give None where there is none: to look must not make one."""
    from voicecoach.store.log import TrainingLog  # noqa: PLC0415 - only where there is a log

    if not paths.log.exists():
        yield None
        return
    with TrainingLog.open(paths.log) as log:
        yield log


def today() -> date:
    """Return the day by the clock here."""
    return datetime.now().astimezone().date()


def known_in(library: Library) -> Callable[[str], Exercise | None]:
    """Return a lookup that gives None for exercises that came with an import, or have mistakes."""

    def lookup(exercise_id: str) -> Exercise | None:
        if exercise_id not in library:
            return None
        try:
            return library.exercise(exercise_id)
        except LibraryError:
            return None

    return lookup


def exercise_id(paths: Paths, name: str) -> str:
    """Return the id of the exercise that people call `name`, or `name`: the log has others too."""
    from voicecoach.library.blocks import exercise_called  # noqa: PLC0415 - heavy for a help text
    from voicecoach.runtime.opening import library_of  # noqa: PLC0415 - the same

    try:
        return exercise_called(name, library_of(paths)).id
    except LibraryError:
        return name


def overview(paths: Paths, unit: str | None, *, exercise: str | None = None) -> Overview:
    """Return the overview of the log, or of the one exercise in it that has this id.

    Raises:
        LogError: there is no log yet, or it cannot be read.
        LibraryError: there is no such exercise, neither in the log nor in the library.
    """
    from voicecoach.report.overview import overview_of  # noqa: PLC0415 - heavy for a help text
    from voicecoach.runtime.opening import library_of  # noqa: PLC0415 - the same

    library = library_of(paths)
    with log_of(paths) as log:
        if log is None:
            msg = "there is no training log yet"
            raise LogError(
                msg, place=str(paths.log), remedy="train a first time with: voicecoach start"
            )
        sets = log.hard_sets(exercise=exercise)
        weights = [(one.at.date(), one.weight) for one in log.bodyweights()]
        spoken = Unit(unit) if unit else log.latest_unit() or Unit.KG
    if exercise and not sets:
        library.exercise(exercise)  # tells a slip of the keys from an exercise not done yet
    return overview_of(sets, known_in(library), library.muscles, today(), spoken, weights=weights)
