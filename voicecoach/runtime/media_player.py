"""The coach as a media player on the desktop's bus, so that the buttons of earbuds reach it.

Bluetooth hands a press to the desktop, which passes it to the player that
was active last, by the rules of MPRIS (specifications.freedesktop.org, MPRIS
D-Bus Interface, version 2.2). The bus has a thread of its own.
"""

import asyncio
import threading
from collections.abc import Callable
from contextlib import suppress
from typing import Self

from dbus_fast import BusType, DBusError, NameFlag, PropertyAccess, Variant
from dbus_fast.aio import MessageBus
from dbus_fast.annotations import DBusBool, DBusDict, DBusDouble, DBusStr
from dbus_fast.service import ServiceInterface, dbus_property, method

from voicecoach.report.glance import glance_at
from voicecoach.runtime.buttons import Button
from voicecoach.session.events import Event
from voicecoach.session.machine import vocabulary
from voicecoach.session.phases import Paused
from voicecoach.session.state import State

NAME = "org.mpris.MediaPlayer2.voicecoach"
PATH = "/org/mpris/MediaPlayer2"
TRACK = "/org/voicecoach/set"

CONNECT_S = 5.0

Press = Callable[[Button], None]


class _Root(ServiceInterface):
    """org.mpris.MediaPlayer2: who is there."""

    def __init__(self) -> None:
        super().__init__("org.mpris.MediaPlayer2")

    @method(name="Raise")
    def show(self) -> None:
        """There is no window to be raised."""

    @method(name="Quit")
    def leave(self) -> None:
        """A press of a button is not to end a workout."""

    @dbus_property(access=PropertyAccess.READ, name="Identity")
    def identity(self) -> DBusStr:
        return "voicecoach"

    @dbus_property(access=PropertyAccess.READ, name="CanQuit")
    def can_quit(self) -> DBusBool:
        return False

    @dbus_property(access=PropertyAccess.READ, name="CanRaise")
    def can_raise(self) -> DBusBool:
        return False

    @dbus_property(access=PropertyAccess.READ, name="HasTrackList")
    def has_track_list(self) -> DBusBool:
        return False


class _Player(ServiceInterface):
    """org.mpris.MediaPlayer2.Player: the buttons, and what is under way."""

    def __init__(self, press: Press) -> None:
        super().__init__("org.mpris.MediaPlayer2.Player")
        self._press = press
        self.status = "Playing"
        self.title = "voicecoach"

    @method(name="PlayPause")
    def play_pause(self) -> None:
        self._press(Button.PLAY_PAUSE)

    @method(name="Play")
    def play(self) -> None:
        self._press(Button.PLAY)

    @method(name="Pause")
    def pause(self) -> None:
        self._press(Button.PAUSE)

    @method(name="Stop")
    def stop(self) -> None:
        self._press(Button.PAUSE)

    @method(name="Next")
    def next(self) -> None:
        self._press(Button.NEXT)

    @method(name="Previous")
    def previous(self) -> None:
        self._press(Button.PREVIOUS)

    @dbus_property(access=PropertyAccess.READ, name="PlaybackStatus")
    def playback_status(self) -> DBusStr:
        return self.status

    @dbus_property(access=PropertyAccess.READ, name="Metadata")
    def metadata(self) -> DBusDict:
        return {
            "mpris:trackid": Variant("o", TRACK),
            "xesam:title": Variant("s", self.title),
            "xesam:artist": Variant("as", ["voicecoach"]),
        }

    @dbus_property(access=PropertyAccess.READ, name="Rate")
    def rate(self) -> DBusDouble:
        return 1.0

    @dbus_property(access=PropertyAccess.READ, name="CanControl")
    def can_control(self) -> DBusBool:
        return True

    @dbus_property(access=PropertyAccess.READ, name="CanPlay")
    def can_play(self) -> DBusBool:
        return True

    @dbus_property(access=PropertyAccess.READ, name="CanPause")
    def can_pause(self) -> DBusBool:
        return True

    @dbus_property(access=PropertyAccess.READ, name="CanGoNext")
    def can_go_next(self) -> DBusBool:
        return True

    @dbus_property(access=PropertyAccess.READ, name="CanGoPrevious")
    def can_go_previous(self) -> DBusBool:
        return True

    @dbus_property(access=PropertyAccess.READ, name="CanSeek")
    def can_seek(self) -> DBusBool:
        return False


class MediaPlayer:
    """The coach on the bus; an observer of the driver. `press` is called in the bus's thread."""

    def __init__(self, press: Press) -> None:
        self._player = _Player(press)
        self._loop = asyncio.new_event_loop()
        self._bus: MessageBus | None = None
        self._thread = threading.Thread(
            target=self._loop.run_forever, name="voicecoach-bus", daemon=True
        )

    def connect(self) -> bool:
        """Take the coach's name on the session's bus; return whether there is a bus."""
        self._thread.start()
        joined = asyncio.run_coroutine_threadsafe(self._join(), self._loop)
        with suppress(OSError, EOFError, DBusError, TimeoutError, ValueError):
            self._bus = joined.result(CONNECT_S)
            return True
        self.close()
        return False

    async def _join(self) -> MessageBus:
        bus = await MessageBus(bus_type=BusType.SESSION).connect()
        bus.export(PATH, _Root())
        bus.export(PATH, self._player)
        await bus.request_name(NAME, NameFlag.REPLACE_EXISTING | NameFlag.ALLOW_REPLACEMENT)
        return bus

    def moved(self, _before: State, event: Event, after: State) -> None:
        """Tell the desktop what is under way."""
        glance = glance_at(after, vocabulary(after), event.at_ms, since_ms=event.at_ms)
        title = ", ".join(part for part in (glance.exercise, glance.place, glance.target) if part)
        status = "Paused" if isinstance(after.phase, Paused) else "Playing"
        if (status, title) != (self._player.status, self._player.title):
            self._loop.call_soon_threadsafe(self._tell, status, title or glance.title)

    def _tell(self, status: str, title: str) -> None:
        player = self._player
        player.status, player.title = status, title
        changed = {"PlaybackStatus": status, "Metadata": player.metadata}
        player.emit_properties_changed(changed)

    def close(self) -> None:
        """Leave the bus."""

        async def leave() -> None:
            if self._bus is not None:
                self._bus.disconnect()
            await asyncio.sleep(0)

        if not self._loop.is_running():
            return
        with suppress(TimeoutError):
            asyncio.run_coroutine_threadsafe(leave(), self._loop).result(CONNECT_S)
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join()
        self._loop.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()
