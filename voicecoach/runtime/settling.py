"""Settling what to train before a session: the conversation with its ends tied to files."""

from __future__ import annotations

import uuid
from collections.abc import Sequence

from voicecoach.errors import LogError, RoutineError, VoicecoachError
from voicecoach.library.equipment import THINGS, Owned, change_equipment, read_equipment
from voicecoach.library.exercises import Library
from voicecoach.library.routines import Routines
from voicecoach.library.shelf import RoutineShelf
from voicecoach.runtime.interrupts import Interrupts
from voicecoach.runtime.journal import Journal
from voicecoach.runtime.opening import library_of
from voicecoach.runtime.paths import Paths
from voicecoach.runtime.talking import Talk
from voicecoach.session.choosing import GYM, Choosing, choosing
from voicecoach.session.facts import EquipmentTold, Fact, RoutineChosen
from voicecoach.training.fitting import Offer, offers
from voicecoach.training.routine import Routine
from voicecoach.units import Unit


def choose_routine(talk: Talk, paths: Paths, interrupts: Interrupts, unit: Unit) -> str | None:
    """Let the lifter choose a routine aloud, and return its id; None where none was chosen.

    What is said of the equipment is kept in its file, and the routine becomes
    the one in use. Raises ConfigError and LibraryError for files with
    mistakes, and DeviceError.
    """
    library = library_of(paths)
    state = Choosing(
        session_id=uuid.uuid4().hex, unit=unit, at_hand=read_equipment(paths.equipment).at_hand
    )
    conversation = choosing(lambda at_hand: fitting(library, paths, at_hand))
    with Journal(paths.crashes) as journal:
        watched = journal.watching(conversation, state)
        return talk.lead(watched, state, OwnChoices(library, paths), interrupts).chosen


def fitting(library: Library, paths: Paths, at_hand: tuple[str, ...]) -> tuple[Offer, ...]:
    """Return the routines that suit what is at hand; one with mistakes is passed over."""
    routines = Routines(library, paths.config / "routines")
    found: list[Routine] = []
    own: set[str] = set()
    for file in routines.files():
        try:
            found.append(routines.load(file.id))
        except RoutineError:
            continue
        if file.own:
            own.add(file.id)
    return offers(found, own, library.exercise, Owned(at_hand=_things(at_hand)).lacks)


def _things(at_hand: tuple[str, ...]) -> tuple[str, ...]:
    return THINGS if GYM in at_hand else at_hand


class OwnChoices:
    """Where the facts of the choice are committed: the lifter's own files."""

    def __init__(self, library: Library, paths: Paths) -> None:
        self._paths = paths
        self._shelf = RoutineShelf(library, paths.config / "routines")

    def append(self, session_id: str, facts: Sequence[Fact]) -> None:  # noqa: ARG002  # of no log
        """Write what each fact settles before returning. Raises LogError."""
        for fact in facts:
            try:
                self._settle(fact)
            except VoicecoachError as error:
                raise LogError(error.problem, place=error.place, remedy=error.remedy) from error

    def _settle(self, fact: Fact) -> None:
        match fact:
            case EquipmentTold(at_hand=at_hand):
                changes = {"at_hand": list(_things(at_hand))}
                change_equipment(self._paths.equipment, changes)
            case RoutineChosen(routine=routine):
                self._shelf.use(routine)
            case _:
                msg = f"{type(fact).__name__} settles nothing"
                raise TypeError(msg)
