"""Ctrl-C and a polite kill: taken between steps, never in the middle of one."""

from __future__ import annotations

import signal
from collections.abc import Callable
from types import FrameType, TracebackType
from typing import Any, Self, TypeVar

T = TypeVar("T")


class Interrupts:
    """While entered, a signal to end is held back until the driver waits.

    The step that is under way is finished first, so that the state and the
    log agree whatever the instant. To be entered in the main thread.
    """

    SIGNALS = (signal.SIGINT, signal.SIGTERM)

    def __init__(self) -> None:
        self.taken = False
        """Whether a signal has ended the waiting."""
        self._waiting = False
        self._came = False
        self._before: dict[signal.Signals, Any] = {}

    def wait(self, waiter: Callable[[], T]) -> T:
        """Return what `waiter` returns. Raises KeyboardInterrupt where a signal came or comes."""
        self._waiting = True
        try:
            if self._came:
                self._came = False
                raise KeyboardInterrupt  # noqa: TRY301  # the same as one that comes while waiting
            return waiter()
        except KeyboardInterrupt:
            self.taken = True
            raise
        finally:
            self._waiting = False

    def _handle(self, _signal: int, _frame: FrameType | None) -> None:
        if self._waiting:
            self._waiting = False
            raise KeyboardInterrupt
        self._came = True

    def __enter__(self) -> Self:
        for one in self.SIGNALS:
            self._before[one] = signal.signal(one, self._handle)
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        for one, before in self._before.items():
            signal.signal(one, before)
