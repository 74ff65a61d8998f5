"""The logbook tied to the log: what is known when it opens, and where its facts go."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from datetime import datetime
from itertools import groupby

from voicecoach.errors import UnitError, shown
from voicecoach.language.parser import parse, typed_words
from voicecoach.library.exercises import Library
from voicecoach.runtime.bests import bests_before, body_of
from voicecoach.runtime.opening import library_of
from voicecoach.runtime.paths import Paths
from voicecoach.session.effects import Record, Speak
from voicecoach.session.events import Dictated, Event, IntentHeard, SessionOpened, SpeechEnded
from voicecoach.session.facts import Fact, SetResult
from voicecoach.session.listening import LOGGING
from voicecoach.session.logbook import Catalogue, LastTime, Logbook, key_of
from voicecoach.store.log import TrainingLog
from voicecoach.training.performance import PerformedSet
from voicecoach.training.prescription import SetKind
from voicecoach.training.records import FormBests
from voicecoach.training.told import FORM
from voicecoach.units import Unit

LATEST_SETS = 3000
"""Of the log, to know what was done last of each exercise: a year or two."""


def open_logbook(paths: Paths, log: TrainingLog, now: datetime, unit: Unit) -> Logbook:
    """Return the state a logbook opens in.

    Raises:
        LibraryError: an exercise of the lifter's own cannot be read.
        LogError: the log cannot be read.
    """
    library = library_of(paths)
    return Logbook(
        session_id=uuid.uuid4().hex,
        unit=unit,
        catalogue=Catalogue.of(library, log.aliases()),
        last_times=tuple(_last_times(log.performed_sets(limit=LATEST_SETS), now)),
        bests=tuple(_bests(log, library)),
        body=body_of(log),
    )


def _bests(log: TrainingLog, library: Library) -> Iterable[FormBests]:
    """Yield the best sets of every form, the ordinary one of an exercise by no variation."""
    trained = {one.exercise for one in log.exercise_tallies()} & set(library.ids)
    exercises = {name: library.exercise(name) for name in sorted(trained)}
    for found in bests_before(log, exercises.values()):
        ordinary = found.variation == exercises[found.exercise].ordinary_variation
        yield replace(found, variation=None) if ordinary else found


def _last_times(performed: Sequence[PerformedSet], now: datetime) -> Iterable[LastTime]:
    """Yield for each exercise in each form the sets of the last session it was done in."""
    seen: set[str] = set()
    for _, group in groupby(reversed(performed), key=lambda one: (one.session, one.exercise)):
        sets = [one for one in reversed(tuple(group)) if one.kind is not SetKind.WARMUP]
        for key in dict.fromkeys(key_of(one.exercise, one.variation) for one in sets):
            if key in seen:
                continue
            seen.add(key)
            results = tuple(
                SetResult(reps=one.reps, hold_s=one.hold_s, load=one.load)
                for one in sets
                if key_of(one.exercise, one.variation) == key
            )
            days_ago = max(0, (now.date() - sets[0].at.date()).days)
            yield LastTime(key=key, days_ago=days_ago, sets=results)


class LogbookLog:
    """Where a logbook's facts are committed: a session that begins with the first of them."""

    def __init__(self, log: TrainingLog, started_at: datetime, unit: Unit) -> None:
        self._log = log
        self._started_at = started_at
        self._unit = unit
        self.begun = False
        """Whether anything was committed."""

    def append(self, session_id: str, facts: Sequence[Fact]) -> None:
        """Commit `facts`, all or none. Raises LogError."""
        if self.begun:
            self._log.append(session_id, facts)
        else:
            self._log.begin_logbook(session_id, self._started_at, self._unit, facts)
            self.begun = True


Ask = Callable[[str], str]
"""Puts a question to whoever types, and returns the answer."""


def take_lines(state: Logbook, lines: Iterable[str], ask: Ask) -> tuple[Logbook, list[Fact]]:
    """Return where the logbook stands after typed `lines`, and the facts to commit.

    Each is taken as if it were told to the coach; `ask` is called with what
    the coach asks in return.

    Raises:
        UnitError: a line makes no sense.
    """
    facts: list[Fact] = []
    state = _heard_out(state, SessionOpened(0), facts)
    for line in lines:
        told = len(facts)
        state = _heard_out(state, _event(state, line), facts)
        while state.pending is not None:
            question = " ".join(one.text(state.unit) for one in state.last_said)
            state = _heard_out(state, _event(state, ask(question)), facts)
        if len(facts) == told:
            msg = f"{shown(line)} makes no sense here"
            raise UnitError(msg, remedy=FORM)
    return state, facts


def _heard_out(state: Logbook, event: Event, facts: list[Fact]) -> Logbook:
    """Return the state after `event`, and after what is said of it; facts are added to `facts`."""
    after, effects = LOGGING.step(state, event)
    for effect in effects:
        match effect:
            case Record(fact):
                facts.append(fact)
            case Speak(utterance):
                after, _ = LOGGING.step(after, SpeechEnded(0, utterance))
            case _:
                pass
    return after


def _event(state: Logbook, line: str) -> Event:
    readings = parse(typed_words(line), LOGGING.vocabulary(state)) if line.isascii() else ()
    return IntentHeard(0, readings[0], "typed") if readings else Dictated(0, line, "typed")
