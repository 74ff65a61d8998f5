"""What was said, kept as a corpus for one's own bench: only where the lifter asked for it."""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any

import soundfile

from voicecoach.audio.ports import HEARING_RATE
from voicecoach.audio.utterance import Utterance
from voicecoach.errors import CorpusError
from voicecoach.language.decide import Accepted, Ambiguous, Decision
from voicecoach.language.vocabulary import Vocabulary
from voicecoach.runtime.bench.corpus import CHATTER, MANIFEST

VOICE = "me"
"""Who speaks in the recordings, as the bench calls them."""

COMMAND = "command"
"""The kind of what was understood; all else is taken for talk until its line is mended by hand."""


class Recordings:
    """Keeps utterances in `folder` as 16 kHz FLAC, each with a line in manifest.jsonl.

    The folder and its files are for their owner alone. A sound is written
    before its line, so that the manifest never names what is not there; what
    was kept before stays. Raises CorpusError where the folder cannot be used.
    Where that happens later, `tell` is given one line and nothing more is
    kept: a full disk ends no workout.
    """

    def __init__(self, folder: Path, begun: datetime, tell: Callable[[str], None]) -> None:
        self._folder = folder
        self._tell: Callable[[str], None] | None = tell
        self._stamp = begun.strftime("%Y%m%dT%H%M%S%f")
        self._number = 0
        try:
            folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            folder.chmod(0o700)
            self._add(folder / MANIFEST, b"")
        except OSError as error:
            raise self._unwritable(error) from error

    def keep(self, utterance: Utterance, decision: Decision, vocabulary: Vocabulary) -> None:
        """Keep one utterance, and what was made of it where `vocabulary` was legal."""
        if self._tell is None:
            return
        self._number += 1
        name = f"{self._stamp}-{self._number:04}.flac"
        line = {"path": name} | _account(utterance, decision, vocabulary)
        try:
            with self._file(self._folder / name, os.O_EXCL) as file:
                soundfile.write(file, utterance.pcm, HEARING_RATE, format="FLAC", subtype="PCM_16")
            self._add(self._folder / MANIFEST, f"{json.dumps(line)}\n".encode())
        except (OSError, soundfile.SoundFileError) as error:
            self._tell(f"{self._unwritable(error)}; no more is recorded")
            self._tell = None

    def _add(self, path: Path, data: bytes) -> None:
        with self._file(path, os.O_APPEND) as file:
            path.chmod(0o600)
            file.write(data)

    def _file(self, path: Path, flag: int) -> Any:
        return os.fdopen(os.open(path, os.O_RDWR | os.O_CREAT | flag, 0o600), "r+b")

    def _unwritable(self, error: Exception) -> CorpusError:
        why = getattr(error, "strerror", None) or error
        return CorpusError(
            f"what is said cannot be kept: {why}",
            place=str(self._folder),
            remedy="name a folder you can write, or leave out --record",
        )


def _account(utterance: Utterance, decision: Decision, vocabulary: Vocabulary) -> dict[str, Any]:
    """Return a line of the manifest, its path left out."""
    understood = isinstance(decision, Accepted | Ambiguous)
    return {
        "text": " ".join(decision.words),
        "kind": COMMAND if understood else CHATTER,
        "voice": VOICE,
        "decision": type(decision).__name__.lower(),
        "heard": [
            {"text": " ".join(one.words), "confidence": round(one.confidence, 3)}
            for one in utterance.hypotheses
        ],
        "legal": sorted(name.value for name in vocabulary.intents),
        "seconds": round(len(utterance.pcm) / HEARING_RATE, 3),
    }
