"""Who holds the log: one session or import at a time, and the second is told of the first."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

from filelock import FileLock, Timeout

from voicecoach.errors import LogError


@contextmanager
def held(log: Path, what: str, since: datetime) -> Iterator[None]:
    """Hold the log for what is called `what`, as "voicecoach start".

    Reading it, copying it and short changes need no hold: SQLite keeps them
    apart. What lasts, a session, an import or a restore, needs it. The system
    lets go of the hold when the process dies, however it dies.

    Raises:
        LogError: another holds it: which, its process, and since when.
    """
    log.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    lock = FileLock(log.with_suffix(".lock"), mode=0o600)
    holder = log.with_suffix(".holder")  # apart: on Windows a locked file cannot be read
    try:
        lock.acquire(timeout=0)
    except Timeout:
        msg = f"the log is held by {_told(holder)}"
        raise LogError(
            msg,
            place=str(log),
            remedy="let it finish, or end that process",
        ) from None
    except OSError as error:
        msg = f"the log cannot be held: {error.strerror or error}"
        raise LogError(
            msg,
            place=str(log),
            remedy="name a data directory you can write to",
        ) from error
    try:
        about = {"what": what, "pid": os.getpid(), "since": since.isoformat(timespec="minutes")}
        holder.write_text(json.dumps(about), encoding="utf-8")
        yield
    finally:
        holder.unlink(missing_ok=True)
        lock.release()


def _told(holder: Path) -> str:
    """Return who holds the log, as far as it says so."""
    try:
        about = json.loads(holder.read_text(encoding="utf-8"))
        return f"{about['what']}, process {about['pid']}, since {about['since']}"
    except (OSError, ValueError, KeyError, TypeError):
        return "another voicecoach"  # it has just begun, or is just ending
