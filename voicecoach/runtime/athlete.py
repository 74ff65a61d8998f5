"""The scripted athlete of a rehearsal: a second voice that answers the coach."""

from __future__ import annotations

import heapq
from collections.abc import Callable, Sequence
from typing import Generic

import numpy as np
import numpy.typing as npt

from voicecoach.audio.clips import resampled, trimmed
from voicecoach.audio.ports import HEARING_RATE, Clip, Pcm, Voice
from voicecoach.audio.wavfile import read_clip
from voicecoach.runtime.scenario import Line
from voicecoach.session.conversation import S
from voicecoach.session.events import Event
from voicecoach.session.moments import Moment

SPEECH_DBFS = -26.0
"""Level of the athlete over the active frames, as on a microphone at arm's length."""

BREATH = HEARING_RATE * 7 // 10
"""Between two lines of one moment: long enough not to be taken for one."""

FRAME = HEARING_RATE // 50
HOP = FRAME // 2
ACTIVE_DB = 30.0


class Athlete(Generic[S]):
    """Says the lines of a script when their moments come, which `moments` tells.

    Positions are samples at 16 kHz since the session began. A line that
    falls into another is said after it.
    """

    def __init__(
        self,
        lines: Sequence[Line],
        voice: Voice,
        moments: Callable[[S, S], tuple[Moment, ...]],
    ) -> None:
        self._lines = tuple(lines)
        self._moments = moments
        texts = list(dict.fromkeys(line.text for line in lines if line.text))
        spoken = dict(zip(texts, voice.render_all(texts), strict=True))
        self._clips = [
            at_speech_level(spoken[line.text] if line.audio is None else read_clip(line.audio))
            for line in self._lines
        ]
        self._free_from = 0  # first sample after all that is planned
        self._planned: list[tuple[int, int]] = []  # a heap of (start, line)
        self._rested: set[tuple[int, Moment]] = set()

    def moved(self, before: S, event: Event, after: S) -> None:
        """Plan the lines that answer what just happened."""
        for moment in self._moments(before, after):
            for number, line in enumerate(self._lines):
                if (
                    line.answers(moment)
                    and not self._is_planned(number)
                    and not self._said_in_this_rest(number, moment)
                ):
                    self._plan(number, event.at_ms + line.after_ms)

    def _said_in_this_rest(self, number: int, moment: Moment) -> bool:
        """Keep a rest's line to once a set: what it undoes would bring the rest back for ever."""
        if moment.name != "resting":
            return False
        said = (number, moment) in self._rested
        self._rested.add((number, moment))
        return said

    def _is_planned(self, number: int) -> bool:
        """Tell whether a line is still to be said: a question asked twice is answered once."""
        return any(planned == number for _, planned in self._planned)

    def _plan(self, number: int, at_ms: int) -> None:
        start = max(at_ms * HEARING_RATE // 1000, self._free_from)
        self._free_from = start + len(self._clips[number].pcm) + BREATH
        heapq.heappush(self._planned, (start, number))

    def next_start(self) -> int | None:
        """Return where the next sound of the athlete begins or goes on; None when silent."""
        return self._planned[0][0] if self._planned else None

    def said(self, position: int, samples: int) -> Pcm:
        """Return the athlete's sound from `position` on; earlier sound is forgotten."""
        out = np.zeros(samples, np.int16)
        for start, number in list(self._planned):
            clip = self._clips[number].pcm
            first, last = max(start, position), min(start + len(clip), position + samples)
            if first < last:
                out[first - position : last - position] = clip[first - start : last - start]
        while self._planned and self._ends(self._planned[0]) <= position + samples:
            heapq.heappop(self._planned)
        return out

    def _ends(self, planned: tuple[int, int]) -> int:
        return planned[0] + len(self._clips[planned[1]].pcm)


def at_speech_level(clip: Clip) -> Clip:
    """Return `clip` at 16 kHz, without silence around it, at the level of speech."""
    clip = trimmed(resampled(clip, HEARING_RATE), lead_ms=0.0)
    level = active_rms(clip.pcm)
    if not level:
        return clip
    peak = float(np.abs(clip.pcm.astype(np.int32)).max())
    gain = min(32768 * 10 ** (SPEECH_DBFS / 20) / level, 32000 / peak)
    return Clip(np.rint(clip.pcm * gain).astype(np.int16), clip.rate)


def active_rms(pcm: Pcm) -> float:
    """Return the RMS of speech over its active frames, in sample units; 0 for silence.

    A frame of 20 ms is active where it is within 30 dB of the loudest.
    """
    rms = _frame_rms(pcm.astype(np.float64))
    loudest = float(rms.max(initial=0.0))
    if not loudest:
        return 0.0
    active = rms[rms >= loudest * 10 ** (-ACTIVE_DB / 20)]
    return float(np.sqrt((active**2).mean()))


def _frame_rms(samples: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
    if len(samples) < FRAME:
        return np.sqrt((samples**2).mean(keepdims=True)) if len(samples) else np.zeros(0)
    starts = np.arange(0, len(samples) - FRAME + 1, HOP)
    power: npt.NDArray[np.float64] = (samples[starts[:, None] + np.arange(FRAME)] ** 2).mean(axis=1)
    return np.sqrt(power)
