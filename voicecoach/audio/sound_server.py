"""The sound server beside PortAudio: where our sound really goes, where there is PulseAudio.

PortAudio plays on a device and is told nothing when the server moves the
sound to another, as it does when earbuds go. PipeWire answers as PulseAudio.
"""

from __future__ import annotations

import os
import time
from contextlib import suppress
from dataclasses import dataclass
from typing import Any, Self

LOOK_S = 1.0
"""How often the server is asked."""


def connection(name: str) -> Any | None:
    """Return a connection to the server, or None where there is none, or no pulsectl."""
    try:
        import pulsectl  # noqa: PLC0415 - an extra, and elsewhere than on Linux it fails
    except (ImportError, OSError):
        return None
    client = pulsectl.Pulse(name, connect=False)
    with suppress(pulsectl.PulseError):
        client.connect(autospawn=False)
        return client
    client.close()
    return None


def owner(stream: Any) -> str:
    """Return the id of the process that plays `stream`; empty where it does not say."""
    return str(stream.proplist.get("application.process.id", ""))


@dataclass(frozen=True, slots=True, kw_only=True)
class ServerDevice:
    """A sink or a source of the server: `name` is the server's, `title` what people call it."""

    name: str
    title: str
    plays: bool  # a sink; else a source, which listens
    channels: int
    rate: int
    default: bool
    wireless: bool


def server_devices() -> tuple[ServerDevice, ...]:
    """Return the server's sinks and sources, those apart that only hear what a sink plays."""
    client = connection("voicecoach-look")
    if client is None:
        return ()
    from pulsectl import PulseError  # noqa: PLC0415  # it is there: we are connected

    try:
        usual = client.server_info()
        sinks = [
            _server_device(one, usual.default_sink_name, plays=True) for one in client.sink_list()
        ]
        sources = [
            _server_device(one, usual.default_source_name, plays=False)
            for one in client.source_list()
            if not one.name.endswith(".monitor")
        ]
    except PulseError:
        return ()
    finally:
        client.close()
    return (*sinks, *sources)


def _server_device(found: Any, usual: str, *, plays: bool) -> ServerDevice:
    return ServerDevice(
        name=found.name,
        title=found.description or found.name,
        plays=plays,
        channels=found.sample_spec.channels,
        rate=found.sample_spec.rate,
        default=found.name == usual,
        wireless="bluez" in found.name or found.proplist.get("device.bus") == "bluetooth",
    )


def bluetooth_profiles() -> dict[str, str] | None:
    """Return the profile in use of each Bluetooth device, by its name; None without a server."""
    client = connection("voicecoach-look")
    if client is None:
        return None
    try:
        return {
            card.proplist.get("device.description", card.name): card.profile_active.name
            for card in client.card_list()
            if card.profile_active is not None and "bluez" in card.name
        }
    finally:
        client.close()


class SinkWatch:
    """Tells when the sound server has moved this program's sound off where it began.

    Not for more than one thread.
    """

    def __init__(self, client: Any) -> None:
        self._client = client
        self._home: str | None = None
        self._strayed = False
        self._asked = -LOOK_S

    @classmethod
    def connected(cls) -> Self | None:
        """Return a watch, or None where there is no such server."""
        client = connection("voicecoach-watch")
        return None if client is None else cls(client)

    def strayed(self, at_once: bool = False) -> bool:
        """Return whether the sound goes elsewhere than at first; asked once a second."""
        if at_once or time.monotonic() >= self._asked + LOOK_S:
            self._asked = time.monotonic()
            sink = self._sink()
            self._home = self._home or sink
            self._strayed = sink is not None and sink != self._home
        return self._strayed

    def close(self) -> None:
        """Let go of the server."""
        self._client.close()

    def _sink(self) -> str | None:
        """Return the name of the sink that this process plays on; None where it plays nothing."""
        from pulsectl import PulseError  # noqa: PLC0415  # it is there: we are connected

        with suppress(PulseError):
            mine = [s for s in self._client.sink_input_list() if owner(s) == str(os.getpid())]
            for sink in self._client.sink_list() if mine else ():
                if sink.index == mine[-1].sink:
                    return str(sink.name)
        return None
