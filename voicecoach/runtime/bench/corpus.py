"""A corpus of recordings: its manifest, a fair sample of it, and its sound at a level of noise."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any
from zlib import crc32

import numpy as np
import numpy.typing as npt

from voicecoach.audio.clips import as_pcm, resampled
from voicecoach.audio.ports import HEARING_RATE, Pcm
from voicecoach.audio.wavfile import read_clip
from voicecoach.errors import CorpusError, shown

Floats = npt.NDArray[np.float64]

MANIFEST = "manifest.jsonl"
CHATTER, NOISE = "chatter", "noise"
"""The kinds that are not meant for the coach."""

FRAME, HOP = HEARING_RATE // 50, HEARING_RATE // 100
ACTIVE_DB = 30.0
"""Speech is active where a frame is within so much of the loudest one."""

QUIET_DBFS = -75.0
"""A quiet room, under every recording: in digital silence some engines are lost."""

BEFORE, AFTER = HEARING_RATE * 6 // 10, HEARING_RATE
"""Samples of the room before and after each recording."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Recording:
    """One line of the manifest. `text` is what is said; empty for noise."""

    path: str  # relative to the corpus
    text: str
    kind: str
    voice: str

    @property
    def number(self) -> int:
        """A number that stays the same from run to run and machine to machine."""
        return crc32(self.path.encode())


@dataclass(frozen=True, slots=True, kw_only=True)
class Corpus:
    """The recordings of a folder: commands, talk that is for others, and noises."""

    folder: Path
    commands: tuple[Recording, ...]
    chatter: tuple[Recording, ...]
    noises: tuple[Recording, ...]


def read_corpus(folder: Path) -> Corpus:
    """Return the corpus in `folder`, as its manifest.jsonl lists it. Raises CorpusError."""
    manifest = folder / MANIFEST
    try:
        lines = manifest.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        msg = f"the manifest cannot be read ({getattr(error, 'strerror', None) or error})"
        remedy = "a line a recording: {'path': …, 'text': …, 'kind': …, 'voice': …} as JSON"
        raise CorpusError(msg, place=str(manifest), remedy=remedy) from error
    recordings = [
        _recording(line, folder, f"{manifest}:{number}")
        for number, line in enumerate(lines, 1)
        if line.strip()
    ]
    others = {CHATTER, NOISE}
    return Corpus(
        folder=folder,
        commands=tuple(one for one in recordings if one.kind not in others),
        chatter=tuple(one for one in recordings if one.kind == CHATTER),
        noises=tuple(one for one in recordings if one.kind == NOISE),
    )


def _recording(line: str, folder: Path, place: str) -> Recording:
    try:
        row = json.loads(line)
    except ValueError as error:
        msg = f"{shown(line)} is not JSON"
        raise CorpusError(msg, place=place, remedy="write one JSON object a line") from error
    if not isinstance(row, dict):
        msg = f"{shown(row)} is not an object"
        raise CorpusError(msg, place=place, remedy="write one JSON object a line")
    recording = Recording(
        path=_field(row, "path", place),
        text=_field(row, "text", place, default=""),
        kind=_field(row, "kind", place),
        voice=_field(row, "voice", place, default=""),
    )
    if recording.kind not in {CHATTER, NOISE} and not recording.text:
        msg = f"{shown(recording.path)} has no text"
        raise CorpusError(msg, place=place, remedy='add "text": what is said in it')
    if not (folder / recording.path).is_file():
        msg = f"there is no recording {shown(recording.path)}"
        raise CorpusError(msg, place=place, remedy="give its path relative to the manifest")
    return recording


def _field(row: dict[str, Any], key: str, place: str, *, default: str | None = None) -> str:
    value = row.get(key)
    if value is None and default is not None:
        return default
    if not isinstance(value, str) or (default is None and not value):
        msg = f"{key} = {shown(value)} is not a text"
        raise CorpusError(msg, place=place, remedy=f'write "{key}": "…"')
    return value


def sample(recordings: Sequence[Recording], limit: int | None) -> tuple[Recording, ...]:
    """Return at most `limit` of `recordings`: always the same, each kind and voice by its share."""
    groups: dict[tuple[str, str], list[Recording]] = defaultdict(list)
    for one in sorted(recordings, key=lambda one: (one.number, one.path)):
        groups[one.kind, one.voice].append(one)
    spread = [
        ((place + 0.5) / len(group), one)
        for group in groups.values()
        for place, one in enumerate(group)
    ]
    spread.sort(key=lambda item: (item[0], item[1].number))
    return tuple(one for _, one in spread[:limit])


@lru_cache(maxsize=64)
def _sound(path: Path) -> Pcm:
    return resampled(read_clip(path), HEARING_RATE).pcm


def sound(path: Path) -> Floats:
    """Return a file's sound at 16 kHz, full scale 1. Raises SoundFileError."""
    return _sound(path).astype(np.float64) / 32768


@dataclass(frozen=True, slots=True)
class Scene:
    """A recording in a room.

    `end_sample` is where the last active frame of its speech ends.
    """

    pcm: Pcm
    end_sample: int


def scene(speech: Floats, noise: Floats | None, snr_db: float | None, number: int) -> Scene:
    """Return `speech` in a quiet room, or with `noise` `snr_db` under it.

    The ratio is that of the speech over its active frames to the noise in the
    same span; where in the noise to begin follows from `number`.
    """
    begin, end = active_span(speech)
    rng = np.random.default_rng(number)
    length = BEFORE + len(speech) + AFTER
    total = rng.normal(0, 10 ** (QUIET_DBFS / 20), length)
    total[BEFORE : BEFORE + len(speech)] += speech
    if noise is not None and snr_db is not None and len(noise):
        piece = np.take(noise, np.arange(length) + rng.integers(len(noise)), mode="wrap")
        under = piece[BEFORE + begin : BEFORE + end]
        level = float(np.sqrt((under**2).mean())) or 1.0
        total += piece * (active_level(speech) / level / 10 ** (snr_db / 20))
    total /= max(1.0, float(np.abs(total).max()))
    return Scene(as_pcm(total), BEFORE + end)


def _levels(speech: Floats) -> Floats:
    """Return the level of each frame of 20 ms, one every 10 ms."""
    count = max(1, 1 + (len(speech) - FRAME) // HOP)
    padded = np.pad(speech, (0, max(0, FRAME - len(speech))))
    frames = padded[np.arange(FRAME)[None] + HOP * np.arange(count)[:, None]]
    levels: Floats = np.sqrt((frames**2).mean(axis=1))
    return levels


def _active(levels: Floats) -> npt.NDArray[np.intp]:
    return np.flatnonzero(levels >= levels.max() * 10 ** (-ACTIVE_DB / 20))


def active_span(speech: Floats) -> tuple[int, int]:
    """Return the first sample of the first active frame, and the end of the last."""
    active = _active(_levels(speech))
    return int(active[0]) * HOP, min(len(speech), int(active[-1]) * HOP + FRAME)


def active_level(speech: Floats) -> float:
    """Return the RMS of `speech` over its active frames."""
    levels = _levels(speech)
    return float(np.sqrt((levels[_active(levels)] ** 2).mean()))
