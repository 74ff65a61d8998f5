"""What the crash tests of files run in a process of its own: work that dies before a change.

`mortal_files.py WORK FOLDER` does the work of that name over and over, each
time in a folder and a forked child of its own that is killed one change
of a file later than the one before, until a child lives to its end. It prints
how many died.
"""

from __future__ import annotations

import hashlib
import io
import os
import signal
import sys
import zipfile
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from voicecoach.audio.recognisers.own_voice import OwnVoice, network_name
from voicecoach.library.exercises import Library
from voicecoach.library.shelf import RoutineShelf
from voicecoach.runtime import config
from voicecoach.runtime.config_file import put
from voicecoach.runtime.download import PinnedFile
from voicecoach.runtime.enrolment.account import Account
from voicecoach.runtime.enrolment.profile_file import Profile, write_profile
from voicecoach.runtime.models import OfferedModel, install

MODEL = "vosk-model-small-en-us-0.15"
CHANGES = {
    "open", "os.rename", "os.remove", "os.mkdir", "os.rmdir", "os.chmod", "os.truncate",
    "os.link", "os.symlink", "voicecoach.fsync",
}  # fmt: skip
WRITES = os.O_WRONLY | os.O_RDWR | os.O_CREAT


class Life:
    """How many changes of files under `folder` are still allowed."""

    def __init__(self, folder: Path, changes: int) -> None:
        self._folder = str(folder)
        self._left = changes
        fsync = os.fsync

        def counted(handle: int) -> None:
            sys.audit("voicecoach.fsync", self._folder)
            fsync(handle)

        os.fsync = counted
        sys.addaudithook(self._count)

    def _count(self, event: str, arguments: tuple[Any, ...]) -> None:
        if event not in CHANGES or not str(arguments[0]).startswith(self._folder):
            return
        if event == "open" and not arguments[2] & WRITES:
            return
        self._left -= 1
        if self._left < 0:
            os.kill(os.getpid(), signal.SIGKILL)


def shelf(folder: Path) -> RoutineShelf:
    return RoutineShelf(Library(), folder / "routines")


def archive(size: int) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as files:
        files.writestr(f"{MODEL}/am/final.mdl", bytes(size))
        files.writestr(f"{MODEL}/conf/mfcc.conf", b"--sample-frequency=16000\n")
    return packed.getvalue()


def offer(content: bytes) -> OfferedModel:
    return OfferedModel(
        name=MODEL,
        engine="vosk",
        language="en-us",
        licence="Apache-2.0",
        archive=PinnedFile(urls=(), size=len(content), sha256=hashlib.sha256(content).hexdigest()),
    )


def install_model(folder: Path, size: int) -> None:
    packed = folder / f"{size}.zip"
    packed.write_bytes(archive(size))
    install(offer(archive(size)), folder / "models", archive=packed)


def routine(reps: int) -> str:
    return f"""name = "Mine"  # as it was
[[workout]]
name = "A"
[[workout.block]]
exercise = "deadlift"
sets = 3
reps = "{reps}"
load = "100kg"
"""


def keep_voice(folder: Path, lean: float) -> None:
    voice = OwnVoice(network=network_name(), lean=lean)
    made_at = datetime(2026, 1, 5, 18, 0, tzinfo=UTC)
    profile = Profile(voice=voice, made_at=made_at, before=Account(), after=Account())
    write_profile(folder / "voice.toml", profile)


def prepare(folder: Path) -> None:
    """Make what was there before the work began."""
    shelf(folder).put("mine", routine(5))
    put(folder / "config.toml", config.RATE, 150)
    install_model(folder, 1000)
    keep_voice(folder, 0.25)


WORKS: dict[str, Callable[[Path], object]] = {
    "edit": lambda folder: shelf(folder).put("mine", routine(6)),
    "copy": lambda folder: shelf(folder).copy("mine", "other"),
    "use": lambda folder: shelf(folder).use("mine"),
    "config": lambda folder: put(folder / "config.toml", config.RATE, 170),
    "voice": lambda folder: keep_voice(folder, 0.5),
    "model": lambda folder: install_model(folder, 2000),
}


def main(work: str, folder: Path) -> None:
    for life in range(1000):
        place = folder / f"{life:04}"
        place.mkdir(parents=True)
        prepare(place)
        child = os.fork()
        if not child:
            Life(place, life)
            WORKS[work](place)
            os._exit(0)
        if os.waitpid(child, 0)[1] == 0:
            sys.stdout.write(str(life))
            return


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]))
