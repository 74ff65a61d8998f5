"""Speech kept on disk, so that a phrase is rendered once and not once a session."""

from __future__ import annotations

import hashlib
import json
import os
import tempfile
import zlib
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

import numpy as np

from voicecoach.audio.ports import Clip, Voice
from voicecoach.errors import ConfigError

TREATMENT = 3
"""Raised whenever clips are trimmed, levelled or stored differently."""

SUFFIX = ".clip"


class ClipCache:
    """Clips on disk by key.

    A clip is a file of its own: one line of JSON (key, rate, number of
    samples, CRC-32 of the samples), then the samples as 16-bit little-endian.
    Files appear whole or not at all, and one that is damaged counts as
    absent. Any number of processes may share the folder.
    """

    def __init__(self, folder: Path) -> None:
        try:
            folder.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            msg = f"the cache folder {folder} cannot be made: {error.strerror or error}"
            raise ConfigError(
                msg, remedy="set VOICECOACH_CACHE_DIR to a folder of yours"
            ) from error
        self._folder = folder

    def get(self, key: str) -> Clip | None:
        """Return the clip stored under `key`, or None where there is none that is whole."""
        path = self._path(key)
        try:
            head, _, body = path.read_bytes().partition(b"\n")
            meta = json.loads(head)
            rate, samples, checksum = meta["rate"], meta["samples"], meta["crc32"]
        except (OSError, ValueError, KeyError, TypeError):
            return None
        if meta.get("key") != key or len(body) != 2 * samples or zlib.crc32(body) != checksum:
            return None
        with suppress(OSError):
            os.utime(path)  # what is used stays: prune() goes by age
        return Clip(np.frombuffer(body, "<i2").astype(np.int16), rate)

    def put(self, key: str, clip: Clip) -> None:
        """Store `clip` under `key`; where the disk will not have it, it is not stored."""
        body = clip.pcm.astype("<i2").tobytes()
        meta = {
            "key": key,
            "rate": clip.rate,
            "samples": len(clip.pcm),
            "crc32": zlib.crc32(body),
        }
        # A full or read-only disk costs time at the next start, not this session.
        with suppress(OSError):
            handle, name = tempfile.mkstemp(dir=self._folder, suffix=".part")
            try:
                with os.fdopen(handle, "wb") as file:
                    file.write(json.dumps(meta).encode("ascii") + b"\n" + body)
                Path(name).replace(self._path(key))
            except OSError:
                Path(name).unlink(missing_ok=True)
                raise

    def prune(self, most_bytes: int) -> int:
        """Remove the clips unused for longest until `most_bytes` are left; return how many went."""
        found = []
        for path in self._folder.glob("*" + SUFFIX):
            with suppress(OSError):  # another process may have pruned it
                status = path.stat()
                found.append((status.st_mtime_ns, status.st_size, path))
        total = sum(size for _, size, _ in found)
        removed = 0
        for _, size, path in sorted(found):
            if total <= most_bytes:
                break
            with suppress(OSError):
                path.unlink(missing_ok=True)
                total -= size
                removed += 1
        return removed

    def _path(self, key: str) -> Path:
        return self._folder / (hashlib.sha256(key.encode()).hexdigest() + SUFFIX)


class CachedVoice:
    """A voice that says what it has said before from disk."""

    def __init__(self, voice: Voice, cache: ClipCache) -> None:
        self._voice = voice
        self._cache = cache

    @property
    def name(self) -> str:
        """The name of the voice behind the cache."""
        return self._voice.name

    def render(self, text: str) -> Clip:
        """Return `text` spoken. Raises VoiceError where it has to be rendered and cannot be."""
        return self.render_all((text,))[0]

    def render_all(self, texts: Sequence[str]) -> tuple[Clip, ...]:
        """Return each of `texts` spoken, in order; those not stored are rendered in one batch."""
        clips = {text: self._cache.get(self._key(text)) for text in texts}
        missing = [text for text, clip in clips.items() if clip is None]
        if missing:
            for text, clip in zip(missing, self._voice.render_all(missing), strict=True):
                self._cache.put(self._key(text), clip)
                clips[text] = clip
        return tuple(clip for clip in (clips[text] for text in texts) if clip is not None)

    def _key(self, text: str) -> str:
        return f"{TREATMENT}\n{self._voice.name}\n{text}"
