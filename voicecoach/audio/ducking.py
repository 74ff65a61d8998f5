"""Music made softer while the coach speaks.

A small process of its own asks the sound server for it, and gives the music
back when it is told to, and when the coach ends, whatever ended it: it sees
that its input is closed.
"""

from __future__ import annotations

import subprocess
import sys
from contextlib import suppress

from voicecoach.audio.sound_server import connection

CHILD = ("-P", "-m", "voicecoach.audio.ducking_child")

UNSUPPORTED = (
    "music cannot be made softer here; it takes PulseAudio or PipeWire, "
    "and pip install voicecoach[earbuds]"
)

DUCK, RELEASE = b"duck\n", b"release\n"


def supported() -> bool:
    """Return whether other programs can be made softer on this system."""
    client = connection("voicecoach-duck")
    if client is None:
        return False
    client.close()
    return True


class Ducking:
    """Makes the other programs on the sound server softer, while told to."""

    def __init__(self) -> None:
        self._softer = False
        self._child = subprocess.Popen(
            (sys.executable, *CHILD),
            stdin=subprocess.PIPE,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,  # Ctrl-C is not to take it before the music is back
        )

    def duck(self, softer: bool) -> None:
        """Make the others softer, or give them back what they had; telling it twice is free."""
        if softer != self._softer and self._child.stdin is not None:
            self._softer = softer
            with suppress(OSError):  # it has gone; the music is as it was left
                self._child.stdin.write(DUCK if softer else RELEASE)
                self._child.stdin.flush()

    def close(self) -> None:
        """Give the others back what they had, and end."""
        if self._child.stdin is not None:
            with suppress(OSError):
                self._child.stdin.close()
        try:
            self._child.wait(5)
        except subprocess.TimeoutExpired:
            self._child.kill()
            self._child.wait()
