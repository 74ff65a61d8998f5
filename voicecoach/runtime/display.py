"""The screen while training: what the session stands at, drawn anew whenever it has changed."""

from __future__ import annotations

import threading
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from types import TracebackType
from typing import Self

from rich.console import Console
from rich.live import Live

from voicecoach.report.glance import Glance, Overheard, glance_at
from voicecoach.report.screen import glyphs_for, screen
from voicecoach.runtime.hearing import Hearing
from voicecoach.session.events import Event, IntentHeard, NothingUnderstood, ReadingsHeard
from voicecoach.session.machine import vocabulary
from voicecoach.session.state import State

LOOK_S = 0.1
"""How often it is looked whether there is something new to see."""

KEPT_LINES = 60

NOTICE_MS = 20_000
"""How long a notice about the devices stands."""


@dataclass(frozen=True, slots=True)
class _Seen:
    """What is known of the session, replaced whole: the drawing thread reads it."""

    state: State
    since_ms: int
    heard: Overheard | None = None
    notice: str = ""
    notice_ms: int = 0


class Display:
    """Shows a session on a terminal of its own page; an observer of the driver.

    While entered it has the terminal. `now_ms` is the clock of the session.
    """

    def __init__(
        self, console: Console, state: State, hearing: Hearing, now_ms: Callable[[], int]
    ) -> None:
        self._console = console
        self._glyphs = glyphs_for(console.encoding)
        self._hearing = hearing
        self._now_ms = now_ms
        self._seen = _Seen(state, now_ms())
        self._lines: deque[str] = deque(maxlen=KEPT_LINES)
        self.notices: list[str] = []
        """All that was shown of the devices, to be read once the page is gone."""
        self._drawn: tuple[Glance, int, int] | None = None
        self._live = Live(console=console, screen=True, auto_refresh=False)
        self._ended = threading.Event()
        self._thread = threading.Thread(
            target=self._draw_on, name="voicecoach-display", daemon=True
        )

    def moved(self, before: State, event: Event, after: State) -> None:
        """Take note of a step."""
        seen = self._seen
        since_ms = seen.since_ms
        if type(after.phase) is not type(before.phase):
            since_ms = event.at_ms
        heard = seen.heard
        by_ear = isinstance(event, ReadingsHeard | NothingUnderstood) or (
            isinstance(event, IntentHeard) and event.source == "voice"
        )
        if by_ear and self._hearing.heard:
            decision = self._hearing.heard[-1].decision
            understood = not isinstance(event, NothingUnderstood)
            if decision.words:
                words = " ".join(decision.words)
                heard = Overheard(words, decision.confidence, understood)
        self._seen = _Seen(after, since_ms, heard, seen.notice, seen.notice_ms)

    def notice(self, text: str) -> None:
        """Show what the athlete should know of the devices, for a while."""
        seen = self._seen
        self.notices.append(text)
        self._seen = _Seen(seen.state, seen.since_ms, seen.heard, text, self._now_ms())

    def line(self, _at_ms: int, text: str) -> None:
        """Add a line of the conversation, shown where there is room."""
        self._lines.append(text)

    def __enter__(self) -> Self:
        self._live.start()
        self._thread.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._ended.set()
        self._thread.join()
        self._live.stop()

    def _draw_on(self) -> None:
        while not self._ended.wait(LOOK_S):
            self._draw()

    def _draw(self) -> None:
        seen, now_ms = self._seen, self._now_ms()
        glance = glance_at(
            seen.state,
            vocabulary(seen.state),
            now_ms,
            since_ms=seen.since_ms,
            heard=seen.heard,
            notice=seen.notice if now_ms - seen.notice_ms < NOTICE_MS else "",
            lines=tuple(self._lines),
        )
        columns, rows = self._console.size
        if (glance, columns, rows) != self._drawn:
            self._drawn = (glance, columns, rows)
            self._live.update(screen(glance, columns, rows, self._glyphs), refresh=True)
