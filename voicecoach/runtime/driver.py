"""The driver: the only loop. It carries events to the coach and effects to the stage."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from functools import cache, partial
from typing import Generic, Protocol, TypeVar

from voicecoach.errors import LogError
from voicecoach.language.prompts import Prompt
from voicecoach.language.vocabulary import Vocabulary
from voicecoach.runtime.interrupts import Interrupts
from voicecoach.session.conversation import Conversation, S, Standing
from voicecoach.session.effects import Effect, Record
from voicecoach.session.events import (
    DeadlineReached,
    Event,
    RecordFailed,
    SessionInterrupted,
    SessionOpened,
)
from voicecoach.session.facts import Fact

Foreseen = Callable[[], tuple[Prompt, ...]]
"""Works out what the coach is likely to say soon; any thread may call it."""


class Stage(Protocol):
    """Where a session takes place: its clock, its sound, and the athlete.

    Live it is the sound card, in a rehearsal two WAV files and a clock that
    jumps, in text mode a terminal.
    """

    def now_ms(self) -> int:
        """Return the instant, in milliseconds of session time."""

    def listen(self, state: Standing, vocabulary: Vocabulary, foreseen: Foreseen) -> None:
        """Take note of where the session is and of what may be said from now on.

        `foreseen` gives what the coach is likely to say soon, to be rendered ahead.
        """

    def perform(self, effect: Effect, at_ms: int) -> None:
        """Carry out an effect of a step taken at `at_ms`; what takes time goes on by itself."""

    def wait(self, until_ms: int | None) -> Event | None:
        """Return the next event, or None once it is `until_ms`; with None, wait for an event."""

    def close(self) -> None:
        """Let what is being said be said to its end, and let go of the devices."""


S_contra = TypeVar("S_contra", contravariant=True)


class Log(Protocol):
    """Where facts are committed."""

    def append(self, session_id: str, facts: Sequence[Fact]) -> None:
        """Commit `facts`, all or none, before returning. Raises LogError."""


class Observer(Protocol[S_contra]):
    """Watches a session; must not change it."""

    def moved(self, before: S_contra, event: Event, after: S_contra) -> None:
        """Take note of a step that happened, its facts committed."""


class Driver(Generic[S]):
    """Leads one conversation from its opening to its end."""

    def __init__(
        self,
        conversation: Conversation[S],
        stage: Stage,
        log: Log,
        observers: Iterable[Observer[S]] = (),
        *,
        interrupts: Interrupts | None = None,
    ) -> None:
        self._conversation = conversation
        self._stage = stage
        self._log = log
        self._observers = tuple(observers)
        self._interrupts = interrupts or Interrupts()
        self._outlook: object = None
        self._foreseen: Foreseen = tuple

    def run(self, state: S) -> S:
        """Lead the conversation that `state` begins, and return the state it ended in."""
        state = self._take(state, SessionOpened(self._stage.now_ms()))
        while not state.ended:
            due = self._conversation.deadline(state)
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

    def _take(self, state: S, event: Event) -> S:
        """Take one step, whole or not at all.

        Its facts are committed before anything of it is said or kept. Where
        that fails the step did not happen, and the coach is told.
        """
        after, effects = self._conversation.step(state, event)
        facts = [effect.fact for effect in effects if isinstance(effect, Record)]
        if facts:
            try:
                self._log.append(state.session_id, facts)
            except LogError:
                return self._take(state, RecordFailed(event.at_ms, tuple(facts)))
        for observer in self._observers:
            observer.moved(state, event, after)
        vocabulary = self._conversation.vocabulary(after)
        self._stage.listen(after, vocabulary, self._foreseen_from(after))
        for effect in effects:
            if not isinstance(effect, Record):
                self._stage.perform(effect, event.at_ms)
        return after

    def _foreseen_from(self, state: S) -> Foreseen:
        """Return what gives the sentences ahead, worked out once while the outlook is the same."""
        outlook = self._conversation.outlook(state)
        if outlook != self._outlook:
            self._outlook = outlook
            self._foreseen = cache(partial(self._conversation.foreseen, state))
        return self._foreseen
