"""espeak through pyttsx3, on Linux: each phrase in a process of its own.

What the library says depends on what it said before, and the driver keeps
only the last text queued. So the engine is started afresh for every phrase,
in a fork of a process that has everything loaded and nothing started: the
same text sounds the same whatever it is rendered with.
"""

from __future__ import annotations

import importlib
import multiprocessing
import signal
import threading
import time
from collections import deque
from collections.abc import Callable
from functools import partial
from multiprocessing.connection import Connection
from typing import Any

UTTERANCE_TIMEOUT_S = 20
SETTING_TIMEOUT_S = 2.0
AT_ONCE = 8  # forks; they mostly wait for one of the driver's sleeps


def load() -> None:
    """Load driver and library. Raises ImportError, OSError or RuntimeError where one is missing."""
    importlib.import_module("pyttsx3.drivers.espeak")


def list_voices(describe: Callable[[Any], Any]) -> Any:
    """Return what `describe` makes of a running engine; it must be plain data."""
    return _Fork(partial(_described, describe)).result()


def render(voice: str | None, words_a_minute: int, spoken: list[tuple[str, str]]) -> list[str]:
    """Write each text of `spoken` to its file; return what went wrong."""
    faults: list[str] = []
    running: deque[_Fork] = deque()
    for text, file in spoken:
        if len(running) == AT_ONCE:
            faults += running.popleft().result()
        running.append(_Fork(partial(_say, voice, words_a_minute, text, file)))
    for fork in running:
        faults += fork.result()
    return faults


class _Fork:
    """A task done by a fork of this process, which must have no other thread."""

    def __init__(self, task: Callable[[], Any]) -> None:
        context = multiprocessing.get_context("fork")
        self._answer, answer = context.Pipe(duplex=False)
        self._process = context.Process(target=self._run, args=(task, answer))
        self._process.start()
        answer.close()

    @staticmethod
    def _run(task: Callable[[], Any], answer: Connection) -> None:
        signal.alarm(UTTERANCE_TIMEOUT_S)  # ends a fork that hangs, whoever still waits for it
        answer.send(task())

    def result(self) -> Any:
        """Return what the task returned. Raises RuntimeError where it broke off."""
        try:
            return self._answer.recv()
        except EOFError:
            self._process.join()
            msg = f"espeak broke off with exit code {self._process.exitcode}"
            raise RuntimeError(msg) from None
        finally:
            self._answer.close()
            self._process.join()


def _engine() -> Any:
    import pyttsx3  # noqa: PLC0415 - load() tells whether it can be imported

    return pyttsx3.init("espeak")


def _described(describe: Callable[[Any], Any]) -> Any:
    return describe(_engine())


def _say(voice: str | None, words_a_minute: int, text: str, file: str) -> list[str]:
    engine = _engine()
    faults: list[str] = []
    finished = threading.Event()
    engine.connect("error", lambda exception, **_: faults.append(str(exception)))
    engine.connect("finished-utterance", lambda **_: finished.set())
    # An empty run first: it lets commands through at once from here on. The
    # library takes a new rate in a thread of its own, and the end of a run
    # cancels what that thread has not done; so it is waited for.
    engine.runAndWait()
    if voice is not None:
        engine.setProperty("voice", voice)
    engine.setProperty("rate", words_a_minute)
    patience = time.monotonic() + SETTING_TIMEOUT_S
    while engine.getProperty("rate") != words_a_minute and time.monotonic() < patience:
        time.sleep(0.001)
    engine.save_to_file(text, file)
    engine.runAndWait()
    finished.wait()
    return faults
