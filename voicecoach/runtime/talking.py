"""How a command talks with the athlete: on the devices at hand, or typed and printed.

One command may lead several conversations, one after the other: a routine is
chosen aloud, and the workout follows in the same go.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from typing import Protocol

from voicecoach.runtime.driver import Driver, Log
from voicecoach.runtime.interrupts import Interrupts
from voicecoach.runtime.text_stage import Lines, PipedLines, TerminalLines, TextStage
from voicecoach.session.conversation import Conversation, S


class Talk(Protocol):
    """Leads conversations; each begins when the one before it is over."""

    def lead(
        self,
        conversation: Conversation[S],
        state: S,
        log: Log,
        interrupts: Interrupts,
        *,
        offset_ms: int = 0,
    ) -> S:
        """Lead the conversation that `state` opens, and return the state it ended in.

        `offset_ms` is the session time at which it begins or goes on. Raises DeviceError.
        """


class TypedTalk:
    """Types and prints: `lines` come from the athlete, `show` prints what the coach says."""

    def __init__(self, lines: Lines, show: Callable[[str], None]) -> None:
        self._lines = lines
        self._show = show

    def lead(
        self,
        conversation: Conversation[S],
        state: S,
        log: Log,
        interrupts: Interrupts,
        *,
        offset_ms: int = 0,
    ) -> S:
        """Lead one conversation in text."""
        self._lines.begin(offset_ms)
        stage = TextStage(self._lines, self._show, state.unit)
        return Driver(conversation, stage, log, interrupts=interrupts).run(state)


def typed_on_stdin(show: Callable[[str], None]) -> TypedTalk:
    """Return a talk typed on standard input: in real time at a terminal, else as fast as it is."""
    source: Iterator[str] = iter(sys.stdin.readline, "")
    lines: Lines = TerminalLines(source) if sys.stdin.isatty() else PipedLines(source)
    return TypedTalk(lines, show)
