"""A session typed and printed: the stage for a terminal, or for a pipe.

At a terminal time passes as it does. From a pipe it jumps: a line is taken
whenever the coach listens for more than a stop, and where there is none the
clock moves to the next deadline. An empty line lets one deadline pass.
"""

from __future__ import annotations

import queue
import threading
import time
from collections import deque
from collections.abc import Callable, Iterator
from typing import Protocol

from voicecoach.language.parser import everything, parse, typed_words
from voicecoach.language.vocabulary import Dictation, Vocabulary
from voicecoach.runtime.driver import Foreseen
from voicecoach.session.conversation import Standing
from voicecoach.session.effects import Beat, Count, Earcon, Effect, Play, Speak, StopCounting
from voicecoach.session.events import (
    Dictated,
    Event,
    IntentHeard,
    NothingUnderstood,
    SessionInterrupted,
    SpeechEnded,
)
from voicecoach.units import Unit

LEAVING = {"quit", "exit", "bye"}
TONES = {Earcon.REMINDER: "(tone)", Earcon.GO: "(rising tone)", Earcon.ERROR: "(low tone)"}


class Lines(Protocol):
    """Typed lines, and the clock they are typed by."""

    def now_ms(self) -> int:
        """Return the instant, in milliseconds of session time."""

    def begin(self, offset_ms: int = 0) -> None:
        """Count time from here on, `offset_ms` into a session."""

    def next(self, until_ms: int | None, *, wanted: bool) -> str | None:
        """Return the next line typed by `until_ms`, None when there is none by then.

        `wanted` tells whether the coach listens for an answer. Raises EOFError
        when no line will ever come.
        """


class TerminalLines:
    """Lines from a terminal, as they are typed."""

    def __init__(self, lines: Iterator[str]) -> None:
        self._queue: queue.SimpleQueue[str | None] = queue.SimpleQueue()
        self._begun = time.monotonic()
        self._ended = False
        threading.Thread(target=self._read, args=(lines,), daemon=True).start()

    def _read(self, lines: Iterator[str]) -> None:
        for line in lines:
            self._queue.put(line)
        self._queue.put(None)

    def now_ms(self) -> int:
        """Return the instant: real time."""
        return int(1000 * (time.monotonic() - self._begun))

    def begin(self, offset_ms: int = 0) -> None:
        """Count time from here on, `offset_ms` into a session."""
        self._begun = time.monotonic() - offset_ms / 1000

    def next(self, until_ms: int | None, *, wanted: bool) -> str | None:  # noqa: ARG002
        """Return the next line, waiting for it until `until_ms`."""
        if self._ended:
            raise EOFError
        timeout = None if until_ms is None else max(0.0, (until_ms - self.now_ms()) / 1000)
        try:
            line = self._queue.get(timeout=timeout)
        except queue.Empty:
            return None
        if line is None:
            self._ended = True
            raise EOFError
        return line


class PipedLines:
    """Lines from a pipe or a file; time jumps to whatever comes next."""

    def __init__(self, lines: Iterator[str]) -> None:
        self._lines = lines
        self._now_ms = 0

    def now_ms(self) -> int:
        """Return the instant: virtual time."""
        return self._now_ms

    def begin(self, offset_ms: int = 0) -> None:
        """Count time from here on, `offset_ms` into a session."""
        self._now_ms = offset_ms

    def next(self, until_ms: int | None, *, wanted: bool) -> str | None:
        """Return the next line if one is wanted, else let time jump to `until_ms`."""
        if wanted or until_ms is None:
            line = next(self._lines, None)
            if line is None:
                raise EOFError
            if line.strip() or until_ms is None:
                return line
        self._now_ms = max(self._now_ms, until_ms)
        return None


class TextStage:
    """Prints what the coach says, and takes typed lines for the athlete's words."""

    def __init__(self, lines: Lines, show: Callable[[str], None], unit: Unit) -> None:
        self._lines = lines
        self._show = show
        self._unit = unit
        self._beats: list[Beat] = []
        self._ready: deque[Event] = deque()
        self._vocabulary = Vocabulary(intents=frozenset())
        self._wanted = False

    def now_ms(self) -> int:
        """Return the instant, in milliseconds of session time."""
        return self._lines.now_ms()

    def listen(self, state: Standing, vocabulary: Vocabulary, foreseen: Foreseen) -> None:  # noqa: ARG002  # paper needs no voice
        """Take note of what may be typed now."""
        self._vocabulary = vocabulary
        self._wanted = not state.counting and not state.ended

    def perform(self, effect: Effect, at_ms: int) -> None:
        """Print what is said; counts are printed as they come due."""
        match effect:
            case Speak(utterance, prompts):
                self._show("Coach: " + " ".join(prompt.text(self._unit) for prompt in prompts))
                self._ready.append(SpeechEnded(at_ms, utterance))
            case Count(beats):
                self._beats = sorted([*self._beats, *beats], key=lambda beat: beat.at_ms)
            case StopCounting():
                self._beats = [beat for beat in self._beats if beat.at_ms <= at_ms]
            case Play(earcon) if earcon in TONES:
                self._show(TONES[earcon])
            case _:
                pass  # volume and rate mean nothing on paper

    def wait(self, until_ms: int | None) -> Event | None:
        """Return the next event, printing the beats that come due until then."""
        while not self._ready:
            beat = self._beats[0] if self._beats else None
            first = beat is not None and (until_ms is None or beat.at_ms <= until_ms)
            due = beat.at_ms if beat is not None and first else until_ms
            try:
                line = self._lines.next(due, wanted=self._wanted and beat is None)
            except EOFError:
                return SessionInterrupted(self.now_ms())
            if line is not None:
                event = self._understand(line)
                if event is not None:
                    return event
            elif beat is not None and first:
                self._beats.pop(0)
                self._show(beat.prompt.text(self._unit))
            else:
                return None
        return self._ready.popleft()

    def _understand(self, line: str) -> Event | None:
        text = line.strip()
        if not text:
            return None
        if text.lower() in LEAVING:
            return SessionInterrupted(self.now_ms())
        words = typed_words(text)
        legal = parse(words, self._vocabulary)
        any_time = parse(words, everything(self._unit, self._vocabulary.exercises))
        dictation = self._vocabulary.dictation
        if legal:
            return IntentHeard(self.now_ms(), legal[0], "typed")
        if dictation is Dictation.ALL or (dictation is Dictation.BESIDE and not any_time):
            return Dictated(self.now_ms(), text, "typed")
        if any_time:
            return IntentHeard(self.now_ms(), any_time[0], "typed")
        return NothingUnderstood(self.now_ms(), certain=True)

    def close(self) -> None:
        """Nothing is held."""
