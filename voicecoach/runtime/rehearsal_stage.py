"""A session in virtual time: real voice, mixer and recogniser, a scripted athlete, no devices.

The clock is the sample counter. While nothing sounds and nobody speaks it
jumps to the next thing that happens; with noise or echo it walks.
"""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
import soxr

from voicecoach.audio.clips import resampled
from voicecoach.audio.mixer import Mixer
from voicecoach.audio.ports import HEARING_RATE, Clip, Pcm
from voicecoach.audio.wavfile import WavWriter
from voicecoach.language.vocabulary import Vocabulary
from voicecoach.runtime.athlete import SPEECH_DBFS, Athlete
from voicecoach.runtime.driver import Foreseen
from voicecoach.runtime.hearing import Hearing
from voicecoach.runtime.mouth import Mouth
from voicecoach.session.conversation import Standing
from voicecoach.session.effects import Effect
from voicecoach.session.events import Event, SessionInterrupted

RATE = 24_000
"""Samples a second of what the coach plays: a whole number a millisecond, as 16 kHz is."""

MIC_PER_MS = HEARING_RATE // 1000
OUT_PER_MS = RATE // 1000
STEP_MS = 32
"""How far the clock walks at a time while there is something to hear."""

JUMP_MS = 10_000
"""How far it jumps at most, so that silence is written in handy pieces."""

LONGEST_MS = 6 * 3_600_000
"""A rehearsal that has not ended by then never will: the athlete's script goes in circles."""


@dataclass(slots=True)
class Surroundings:
    """What else the microphone hears: noise, and the coach itself."""

    noise: Pcm | None = None  # 16 kHz, repeated without end, at its level
    echo_gain: float = 0.0

    @property
    def silent(self) -> bool:
        """Whether there is nothing of the kind."""
        return self.noise is None and not self.echo_gain


def noise_at(clip: Clip, snr_db: float) -> Pcm:
    """Return noise at 16 kHz, `snr_db` below the level of the athlete's speech."""
    pcm = resampled(clip, HEARING_RATE).pcm.astype(np.float64)
    rms = float(np.sqrt((pcm**2).mean())) if len(pcm) else 0.0
    wanted = 32768 * 10 ** ((SPEECH_DBFS - snr_db) / 20)
    return _clipped(pcm * (wanted / rms)) if rms else _clipped(pcm)


class RehearsalStage:
    """The stage on which a rehearsal takes place."""

    def __init__(
        self,
        mixer: Mixer,
        mouth: Mouth,
        hearing: Hearing,
        athlete: Athlete[Any],
        *,
        surroundings: Surroundings,
        wav: WavWriter | None = None,
    ) -> None:
        self._mixer = mixer
        self._mouth = mouth
        self._hearing = hearing
        self._athlete = athlete
        self._surroundings = surroundings
        self._wav = wav
        self._now_ms = 0
        self._events: deque[Event] = deque()
        self._to_hearing = soxr.ResampleStream(RATE, HEARING_RATE, 1, dtype="int16")
        self._to_wav = soxr.ResampleStream(HEARING_RATE, RATE, 1, dtype="int16")
        self._echo: Pcm = np.zeros(0, np.int16)
        self._unwritten_played: Pcm = np.zeros(0, np.int16)
        self._unwritten_heard: Pcm = np.zeros(0, np.int16)

    def now_ms(self) -> int:
        """Return the instant, in milliseconds of session time."""
        return self._now_ms

    def listen(self, state: Standing, vocabulary: Vocabulary, foreseen: Foreseen) -> None:  # noqa: ARG002  # what it says is foreseen
        """Render ahead what may be said soon, and listen for what may be said to it."""
        self._mouth.foresee(foreseen())
        self._hearing.listen(vocabulary)

    def perform(self, effect: Effect, at_ms: int) -> None:  # noqa: ARG002  # time is ours
        """Carry out an effect."""
        self._mouth.perform(effect)

    def wait(self, until_ms: int | None) -> Event | None:
        """Move the clock to the next event, or to `until_ms`."""
        while not self._events:
            if until_ms is not None and self._now_ms >= until_ms:
                return None
            if self._now_ms >= LONGEST_MS:
                return SessionInterrupted(self._now_ms)
            self._advance(self._next_ms(until_ms))
        return self._events.popleft()

    def close(self) -> None:
        """Play what is being said to its end, and a second of silence after it."""
        while not self._mixer.is_idle:
            self._advance(self._next_ms(None))
        self._advance(self._now_ms + 1000)
        if self._wav is not None:
            nothing = np.zeros(0, np.int16)
            self._write(self._wav, nothing, nothing, last=True)

    def _next_ms(self, until_ms: int | None) -> int:
        """Return the instant up to which nothing can happen that is not in the sound itself."""
        turn = self._mixer.next_turn()
        candidates = [self._now_ms + JUMP_MS]
        if until_ms is not None:
            candidates.append(until_ms)
        if turn is not None:
            candidates.append(-(-turn // OUT_PER_MS))
        if not (self._hearing.quiet and self._surroundings.silent and not self._athlete_speaks()):
            candidates.append(self._now_ms + STEP_MS)
        start = self._athlete.next_start()
        if start is not None and not self._athlete_speaks():
            candidates.append(start // MIC_PER_MS)
        return max(self._now_ms + 1, min(candidates))

    def _athlete_speaks(self) -> bool:
        start = self._athlete.next_start()
        return start is not None and start <= self._now_ms * MIC_PER_MS

    def _advance(self, to_ms: int) -> None:
        """Let sound pass up to `to_ms`: the coach's out, the room's in."""
        ms = to_ms - self._now_ms
        played = self._mixer.render(ms * OUT_PER_MS)
        position, samples = self._now_ms * MIC_PER_MS, ms * MIC_PER_MS
        heard = self._room(played, position, samples)
        self._now_ms = to_ms
        if self._wav is not None:
            self._write(self._wav, played, heard)
        events = self._mouth.events()
        self._events.extend(events)
        if self._surroundings.silent and self._hearing.quiet and not heard.any():
            self._events.extend(self._hearing.skip(samples))
        else:
            self._events.extend(self._hearing.feed(heard))

    def _room(self, played: Pcm, position: int, samples: int) -> Pcm:
        """Return what the microphone hears of athlete, noise and coach."""
        total: npt.NDArray[np.float64] = self._athlete.said(position, samples).astype(np.float64)
        noise = self._surroundings.noise
        if noise is not None:
            total += noise[(position + np.arange(samples)) % len(noise)]
        if self._surroundings.echo_gain:
            arrived = self._to_hearing.resample_chunk(played)
            self._echo = np.concatenate([self._echo, arrived])
            echo = np.zeros(samples)
            part = self._echo[:samples]
            # The resampler is late by a few milliseconds, as the air is.
            echo[samples - len(part) :] = part
            self._echo = self._echo[samples:]
            total += echo * self._surroundings.echo_gain
        return _clipped(total)

    def _write(self, wav: WavWriter, played: Pcm, heard: Pcm, *, last: bool = False) -> None:
        """Write what has passed through the resampler on both sides; it holds some back."""
        self._unwritten_played = np.concatenate([self._unwritten_played, played])
        arrived = self._to_wav.resample_chunk(heard, last=last)
        self._unwritten_heard = np.concatenate([self._unwritten_heard, arrived])
        count = min(len(self._unwritten_played), len(self._unwritten_heard))
        wav.write(self._unwritten_played[:count], self._unwritten_heard[:count])
        self._unwritten_played = self._unwritten_played[count:]
        self._unwritten_heard = self._unwritten_heard[count:]


def _clipped(samples: npt.NDArray[np.float64]) -> Pcm:
    return np.clip(np.rint(samples), -32768, 32767).astype(np.int16)
