"""TOML as it is written, and files that are never half there."""

from __future__ import annotations

import json
import os
import tempfile
from collections.abc import Iterable
from pathlib import Path

from voicecoach.errors import VoicecoachError


def quoted(text: str) -> str:
    """Return `text` as a TOML string."""
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")


def listed(texts: Iterable[str]) -> str:
    """Return `texts` as a TOML list on one line."""
    return f"[{', '.join(map(quoted, texts))}]"


def write_whole(
    file: Path, content: str | bytes, error: type[VoicecoachError], *, durable: bool = True
) -> None:
    """Write a file so that at every moment either the old or the new one is there, whole.

    Its directory is made where it is not. Without `durable` a power cut may
    still take the file away: for what can be written again.

    Raises:
        error: the directory cannot be written.
    """
    try:
        file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(dir=file.parent, prefix=f".{file.stem[:40]}-")
    except OSError as failed:
        raise _unwritten(file, failed, error) from failed
    trial = Path(name)
    try:
        with os.fdopen(handle, "wb") as stream:
            stream.write(content.encode() if isinstance(content, str) else content)
            if durable:
                stream.flush()
                os.fsync(stream.fileno())
        trial.replace(file)
    except OSError as failed:
        trial.unlink(missing_ok=True)
        raise _unwritten(file, failed, error) from failed


def _unwritten(file: Path, failed: OSError, error: type[VoicecoachError]) -> VoicecoachError:
    msg = f"cannot be written: {failed.strerror or failed}"
    return error(msg, place=str(file), remedy="give yourself the right to write it")
