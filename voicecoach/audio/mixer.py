"""The mixer: speech one after the other, counts on their very sample, one stream of sound.

It holds no device and no clock. What is asked of it is queued and taken up at
the start of the next `render`, which is all that a sound card's callback has
to call; `render` waits for nothing. The sound does not depend on how it is
cut into blocks, only on the sample at which each request was taken up.

Who wins: a count plays over everything. Interruptible speech that would run
into a count is faded out before it, and is not begun under one or so shortly
before one that it could not be followed. Other speech goes on under counts,
softer.
"""

from __future__ import annotations

import heapq
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum

import numpy as np

from voicecoach.audio.playback import UNITY, Playback, Ramp
from voicecoach.audio.ports import Clip, Pcm

CUT_MS = 6  # the fade of what is cut off: short, yet no click
DUCK_MS = 20
DUCK_DB = -12
GAIN_MS = 60
BREATH_MS = 300  # interruptible speech needs this long before a count to be worth beginning
SOFTEST_DB, LOUDEST_DB = -30.0, 12.0


class Group(Enum):
    """What a scheduled clip is for."""

    COUNT = "count"
    """Numbers and beats; speech gives way to them."""
    EARCON = "earcon"
    """Short tones; they sound along with speech."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SpeechStarted:
    """A phrase began on output sample `at`."""

    key: str
    at: int


@dataclass(frozen=True, slots=True, kw_only=True)
class SpeechEnded:
    """A phrase ended before output sample `at`, after `played` samples of it.

    `interrupted` where it was cut short, or dropped before it began.
    """

    key: str
    at: int
    played: int
    interrupted: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class ClipStarted:
    """A scheduled clip began on output sample `at`; it was due on `due`."""

    key: str
    group: Group
    due: int
    at: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ClipEnded:
    """A scheduled clip ended before output sample `at`; `interrupted` where it was cut short."""

    key: str
    group: Group
    at: int
    interrupted: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class ClipDropped:
    """A scheduled clip was cancelled before it began."""

    key: str
    group: Group
    due: int


MixerEvent = SpeechStarted | SpeechEnded | ClipStarted | ClipEnded | ClipDropped


@dataclass(frozen=True, slots=True)
class _Phrase:
    key: str
    interruptible: bool
    sound: Playback


@dataclass(frozen=True, slots=True)
class _Beat:
    key: str
    group: Group
    due: int
    order: int
    sound: Playback

    def __lt__(self, other: _Beat) -> bool:
        return (self.due, self.order) < (other.due, other.order)


class Mixer:
    """Mixes clips of one rate into mono 16-bit blocks and counts the samples given out.

    Two threads may share it: one calls `render`, the other everything else.
    Keys are the caller's names for what it hands in, and come back in events.
    """

    def __init__(self, rate: int) -> None:
        self._rate = rate
        self._position = 0
        self._requests: deque[Callable[[], None]] = deque()
        self._events: deque[MixerEvent] = deque()
        self._unfinished: dict[str, None] = {}  # keys of speech, as the caller knows them
        self._queue: deque[_Phrase] = deque()
        self._speech: _Phrase | None = None
        self._pending: dict[Group, list[_Beat]] = {group: [] for group in Group}  # heaps
        self._beats: list[_Beat] = []  # sounding
        self._order = 0
        self._duck = Ramp()
        self._gain = Ramp()
        self._gain_db = 0.0

    @property
    def rate(self) -> int:
        """Samples a second, of every clip and of the output."""
        return self._rate

    @property
    def position(self) -> int:
        """The number of samples given out: the index of the next."""
        return self._position

    def samples(self, ms: float) -> int:
        """Return `ms` milliseconds in output samples."""
        return round(ms * self._rate / 1000)

    def say(self, key: str, clip: Clip, *, interruptible: bool = True) -> None:
        """Speak `clip` after all speech queued before it. `key` must be new."""
        phrase = _Phrase(key, interruptible, self._playback(clip))
        self._unfinished[key] = None
        self._requests.append(lambda: self._queue.append(phrase))

    def schedule(self, key: str, clip: Clip, at_sample: int, *, group: Group = Group.COUNT) -> None:
        """Play `clip` from output sample `at_sample` on; at once where that has passed."""
        self._order += 1
        beat = _Beat(key, group, at_sample, self._order, self._playback(clip))
        self._requests.append(lambda: heapq.heappush(self._pending[group], beat))

    def play(self, key: str, clip: Clip) -> None:
        """Play the earcon `clip` as soon as can be, along with what sounds."""
        self.schedule(key, clip, self._position, group=Group.EARCON)

    def stop_speaking(self) -> tuple[str, ...]:
        """End speech with a short fade and drop what is queued.

        Returns the keys of all that was not known to have ended; a
        SpeechEnded for each follows, or is among the events already.
        """
        self._requests.append(self._stop_speaking)
        return tuple(self._unfinished)

    def cancel(self, group: Group, *, sounding: bool = False) -> None:
        """Drop the clips of `group` that have not begun; with `sounding`, fade out the others."""
        self._requests.append(lambda: self._cancel(group, sounding=sounding))

    @property
    def gain_db(self) -> float:
        """The volume last asked for, in decibels; at 0 clips are played as they are."""
        return self._gain_db

    def set_gain(self, db: float) -> None:
        """Glide to a volume of `db` decibels, kept within -30 and 12."""
        self._gain_db = min(max(db, SOFTEST_DB), LOUDEST_DB)
        gain = _gain(self._gain_db)
        self._requests.append(lambda: self._gain.to(gain, self.samples(GAIN_MS)))

    def events(self) -> list[MixerEvent]:
        """Return what has happened since the last call, in order."""
        happened: list[MixerEvent] = []
        while self._events:
            event = self._events.popleft()
            if isinstance(event, SpeechEnded):
                self._unfinished.pop(event.key, None)
            happened.append(event)
        return happened

    @property
    def is_idle(self) -> bool:
        """Whether nothing sounds, waits or is asked for."""
        # The rendering thread moves things along this line, and enters each in
        # its new place before it leaves the old: none is ever out of sight.
        waiting = self._requests or self._queue or any(self._pending.values())
        return not (waiting or self._speech or self._beats)

    def next_turn(self) -> int | None:
        """Return the sample to render up to before anything can happen; None when idle.

        It is `position` where events are to be read. For offline use: it
        takes up what is asked for, as `render` does.
        """
        self._take_up_requests()
        if self._events:
            return self._position
        return None if self.is_idle else self._position + self._until_turn()

    def render(self, samples: int) -> Pcm:
        """Return the next `samples` samples of the output."""
        self._take_up_requests()
        out = np.zeros(samples, np.int16)
        done = 0
        while done < samples:
            span = min(samples - done, self._until_turn())
            if self._speech or self._beats:
                out[done : done + span] = self._mixed(span)
            else:
                self._duck.skip(span)
                self._gain.skip(span)
            done += span
            self._position += span
            self._turn()
        return out

    def _mixed(self, span: int) -> Pcm:
        total = np.zeros(span, np.int64)
        duck = self._duck.take(span)
        if self._speech:
            total += self._speech.sound.take(span) * duck // UNITY
        for beat in self._beats:
            total += beat.sound.take(span)
        total = (total * self._gain.take(span) + UNITY * UNITY // 2) // (UNITY * UNITY)
        return np.minimum(np.maximum(total, -32768), 32767).astype(np.int16)

    # A turn is a sample at which something starts, ends or begins to fade.

    def _take_up_requests(self) -> None:
        if not self._requests:
            return
        while self._requests:
            self._requests[0]()
            self._requests.popleft()
        self._turn()

    def _turn(self) -> None:
        self._start_beats()
        self._end_beats()
        self._end_speech()
        self._give_way()
        self._begin_speech()

    def _until_turn(self) -> int:
        """Return the number of samples, at least 1, up to the next turn that is known now."""
        ends = [beat.sound.left for beat in self._beats]
        if self._speech:
            ends.append(self._speech.sound.left)
        starts = [heap[0].due - self._position for heap in self._pending.values() if heap]
        count = self._until_count()
        leads = (
            []
            if count is None
            else [count - self.samples(ms) for ms in (CUT_MS, DUCK_MS, BREATH_MS)]
        )
        return min((turn for turn in (*ends, *starts, *leads) if turn > 0), default=1 << 62)

    def _start_beats(self) -> None:
        while due := [
            heap[0] for heap in self._pending.values() if heap and heap[0].due <= self._position
        ]:
            beat = min(due)
            self._beats.append(beat)
            heapq.heappop(self._pending[beat.group])
            self._events.append(
                ClipStarted(key=beat.key, group=beat.group, due=beat.due, at=self._position)
            )

    def _end_beats(self) -> None:
        for beat in [beat for beat in self._beats if not beat.sound.left]:
            self._beats.remove(beat)
            self._events.append(
                ClipEnded(
                    key=beat.key, group=beat.group, at=self._position, interrupted=beat.sound.cut
                )
            )

    def _end_speech(self) -> None:
        if self._speech and not self._speech.sound.left:
            self._report_end(self._speech, interrupted=self._speech.sound.cut)
            self._speech = None

    def _give_way(self) -> None:
        """Let speech yield to the count that sounds or is about to."""
        count = self._until_count()
        near = count is not None and count <= self.samples(DUCK_MS)
        self._duck.to(_gain(DUCK_DB) if near else UNITY, self.samples(DUCK_MS))
        if count is None or self._speech is None or not self._speech.interruptible:
            return
        if count <= self.samples(CUT_MS) and self._speech.sound.left > count:
            self._speech.sound.fade_out(self.samples(CUT_MS))

    def _begin_speech(self) -> None:
        while self._speech is None and self._queue:
            phrase = self._queue[0]
            count = self._until_count()
            if (
                phrase.interruptible
                and count is not None
                and count <= self.samples(BREATH_MS)
                and phrase.sound.left > count
            ):
                return
            self._speech = phrase
            self._queue.popleft()
            self._events.append(SpeechStarted(key=phrase.key, at=self._position))
            self._end_speech()  # an empty phrase ends where it starts

    def _until_count(self) -> int | None:
        """Return the samples up to the next count, 0 while one sounds; None where none is due."""
        if any(beat.group is Group.COUNT for beat in self._beats):
            return 0
        counts = self._pending[Group.COUNT]
        return max(0, counts[0].due - self._position) if counts else None

    def _stop_speaking(self) -> None:
        if self._speech:
            self._speech.sound.fade_out(self.samples(CUT_MS))
        for phrase in self._queue:
            self._report_end(phrase, interrupted=True)
        self._queue.clear()

    def _cancel(self, group: Group, *, sounding: bool) -> None:
        for beat in sorted(self._pending[group]):
            self._events.append(ClipDropped(key=beat.key, group=group, due=beat.due))
        self._pending[group].clear()
        for beat in self._beats:
            if sounding and beat.group is group:
                beat.sound.fade_out(self.samples(CUT_MS))

    def _report_end(self, phrase: _Phrase, *, interrupted: bool) -> None:
        self._events.append(
            SpeechEnded(
                key=phrase.key,
                at=self._position,
                played=phrase.sound.played,
                interrupted=interrupted,
            )
        )

    def _playback(self, clip: Clip) -> Playback:
        if clip.rate != self._rate:
            msg = f"a clip at {clip.rate} Hz in a mixer at {self._rate} Hz"
            raise ValueError(msg)
        return Playback(clip.pcm)


def _gain(db: float) -> int:
    return round(UNITY * 10 ** (db / 20))
