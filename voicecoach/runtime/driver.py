"""The driver: the only loop. It carries events to the coach and effects to the stage."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import partial
from typing import Protocol

from voicecoach.errors import LogError
from voicecoach.language.vocabulary import Vocabulary
from voicecoach.runtime.interrupts import Interrupts
from voicecoach.session.effects import Effect, Record
from voicecoach.session.events import (
    DeadlineReached,
    Event,
    RecordFailed,
    SessionInterrupted,
    SessionOpened,
)
from voicecoach.session.facts import Fact
from voicecoach.session.machine import deadline, step, vocabulary
from voicecoach.session.state import Ended, State


class Stage(Protocol):
    """Where a session takes place: its clock, its sound, and the athlete.

    Live it is the sound card, in a rehearsal two WAV files and a clock that
    jumps, in text mode a terminal.
    """

    def now_ms(self) -> int:
        """Return the instant, in milliseconds of session time."""

    def listen(self, state: State, vocabulary: Vocabulary) -> None:
        """Take note of where the session is and of what may be said from now on."""

    def perform(self, effect: Effect, at_ms: int) -> None:
        """Carry out an effect of a step taken at `at_ms`; what takes time goes on by itself."""

    def wait(self, until_ms: int | None) -> Event | None:
        """Return the next event, or None once it is `until_ms`; with None, wait for an event."""

    def close(self) -> None:
        """Let what is being said be said to its end, and let go of the devices."""


class Log(Protocol):
    """Where facts are committed."""

    def append(self, session_id: str, facts: Sequence[Fact]) -> None:
        """Commit `facts`, all or none, before returning. Raises LogError."""


class Observer(Protocol):
    """Watches a session; must not change it."""

    def moved(self, before: State, event: Event, after: State) -> None:
        """Take note of a step that happened, its facts committed."""


class Driver:
    """Leads one session from its opening to its end."""

    def __init__(
        self,
        stage: Stage,
        log: Log,
        observers: Iterable[Observer] = (),
        *,
        interrupts: Interrupts | None = None,
    ) -> None:
        self._stage = stage
        self._log = log
        self._observers = tuple(observers)
        self._interrupts = interrupts or Interrupts()

    def run(self, state: State) -> State:
        """Lead the session that `state` begins, and return the state it ended in."""
        state = self._take(state, SessionOpened(self._stage.now_ms()))
        while not isinstance(state.phase, Ended):
            due = deadline(state)
            state = self._take(state, self._next(due))
        return state

    def _next(self, due: int | None) -> Event:
        """Return the next event: the stage's, the deadline's, or the athlete's leaving."""
        try:
            event = self._interrupts.wait(partial(self._stage.wait, due))
        except KeyboardInterrupt:
            return SessionInterrupted(self._stage.now_ms())
        if event is not None:
            return event
        assert due is not None  # noqa: S101  # a stage without an instant waits for events
        return DeadlineReached(max(due, self._stage.now_ms()))

    def _take(self, state: State, event: Event) -> State:
        """Take one step, whole or not at all.

        Its facts are committed before anything of it is said or kept. Where
        that fails the step did not happen, and the coach is told.
        """
        after, effects = step(state, event)
        facts = [effect.fact for effect in effects if isinstance(effect, Record)]
        if facts:
            try:
                self._log.append(state.session_id, facts)
            except LogError:
                return self._take(state, RecordFailed(event.at_ms, tuple(facts)))
        for observer in self._observers:
            observer.moved(state, event, after)
        self._stage.listen(after, vocabulary(after))
        for effect in effects:
            if not isinstance(effect, Record):
                self._stage.perform(effect, event.at_ms)
        return after
