"""The process that ducks: `python -m voicecoach.audio.ducking_child`, told line by line.

Its input says `duck` or `release`. When the input ends, be it that the coach
was killed, everybody gets their volume back.
"""

from __future__ import annotations

import os
import signal
import sys
from contextlib import suppress
from typing import Any

from voicecoach.audio.ducking import DUCK
from voicecoach.audio.sound_server import connection, owner

SOFTER = 0.3
"""What a volume is multiplied by: some ten decibels, as the server's scale is cubic."""

SLACK = 0.02
"""A volume that differs by more was changed by somebody else meanwhile, and is left alone."""


def main() -> None:
    """Do as the input says."""
    for one in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(one, signal.SIG_IGN)
    client = connection("voicecoach-duck")
    if client is None:
        return
    ducked: dict[int, list[float]] = {}
    try:
        for line in sys.stdin.buffer:
            _release(client, ducked)
            ducked = _duck(client) if line == DUCK else {}
    finally:
        _release(client, ducked)
        client.close()


def _duck(client: Any) -> dict[int, list[float]]:
    """Make every other stream softer; return what each had, by its number."""
    from pulsectl import PulseError  # noqa: PLC0415  # it is there: we are connected

    ours = {str(os.getpid()), str(os.getppid())}
    before: dict[int, list[float]] = {}
    with suppress(PulseError):
        for stream in client.sink_input_list():
            if owner(stream) in ours:
                continue
            values = list(stream.volume.values)
            with suppress(PulseError):
                _set(client, stream, [value * SOFTER for value in values])
                before[stream.index] = values
    return before


def _release(client: Any, ducked: dict[int, list[float]]) -> None:
    from pulsectl import PulseError  # noqa: PLC0415  # as above

    with suppress(PulseError):
        for stream in client.sink_input_list():
            before = ducked.get(stream.index)
            if before is None:
                continue
            now = zip(stream.volume.values, before, strict=False)
            if all(abs(value - was * SOFTER) <= SLACK for value, was in now):
                with suppress(PulseError):
                    _set(client, stream, before)


def _set(client: Any, stream: Any, values: list[float]) -> None:
    volume = stream.volume
    volume.values = values
    client.volume_set(stream, volume)


if __name__ == "__main__":
    main()
