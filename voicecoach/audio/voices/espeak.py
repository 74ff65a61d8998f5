"""espeak through pyttsx3, on Linux: each phrase in a process of its own.

What the library says depends on what it said before, and the driver keeps
only the last text queued. So the engine is started afresh for every phrase,
in a fork of a process that has everything loaded and nothing started: the
same text sounds the same whatever it is rendered with.

Whoever asked may be killed meanwhile; then nothing more is begun.

The library works in a thread that now and then, on a busy machine, misses
that it was given something to do; hence the waiting, and a second attempt.
"""

from __future__ import annotations

import importlib
import multiprocessing
import os
import signal
import sys
import threading
import time
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

AT_ONCE = 8  # forks; they mostly wait for one of the driver's sleeps
ATTEMPTS = 3
FORK_TIMEOUT_S = 10  # a phrase takes a hundredth of this
ASK_AGAIN_S = 0.05
WAV_HEADER_BYTES = 44

ASKED_BY = os.getppid()
"""The process that waits for the answer; orphans get another parent."""


def load() -> None:
    """Load driver and library. Raises ImportError, OSError or RuntimeError where one is missing."""
    importlib.import_module("pyttsx3.drivers.espeak")


def list_voices(describe: Callable[[Any], Any]) -> Any:
    """Return what `describe` makes of a running engine; it must be plain data."""
    for _ in range(ATTEMPTS):
        (described,) = _in_forks([partial(_described, describe)])
        if described is not None:
            return described
    msg = "espeak does not tell its voices"
    raise RuntimeError(msg)


def render(voice: str | None, words_a_minute: int, spoken: list[tuple[str, str]]) -> list[str]:
    """Write each text of `spoken` to its file; return the settings that were refused."""
    faults: list[str] = []
    left = spoken
    for _ in range(ATTEMPTS):
        tasks = [partial(_say, voice, words_a_minute, text, file) for text, file in left]
        for told in _in_forks(tasks):
            faults += told or []
        left = [(text, file) for text, file in left if not _holds_sound(Path(file))]
        if faults or not left:
            break
    return faults


def _holds_sound(file: Path) -> bool:
    return file.exists() and file.stat().st_size > WAV_HEADER_BYTES


def _in_forks(tasks: Sequence[Callable[[], Any]]) -> Iterator[Any]:
    """Yield what each task returns in a fork of its own, in order; None where it broke off.

    Exits where the process that asked has ended.
    """
    running: deque[tuple[Connection, Any]] = deque()
    waiting = deque(tasks)
    context = multiprocessing.get_context("fork")
    while waiting or running:
        if os.getppid() != ASKED_BY:
            sys.exit("nobody waits for the answer any more")
        while waiting and len(running) < AT_ONCE:
            ours, theirs = context.Pipe(duplex=False)
            fork = context.Process(target=_answer, args=(waiting.popleft(), theirs))
            fork.start()
            theirs.close()
            running.append((ours, fork))
        answer, fork = running.popleft()
        try:
            yield answer.recv()
        except EOFError:
            yield None
        finally:
            answer.close()
            fork.join()


def _answer(task: Callable[[], Any], answer: Connection) -> None:
    signal.alarm(FORK_TIMEOUT_S)  # ends a fork that hangs, whoever still waits for it
    answer.send(task())


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
    engine.proxy.setBusy(False)  # until a first run it would hold back all commands
    if voice is not None:
        engine.setProperty("voice", voice)
    engine.setProperty("rate", words_a_minute)
    _wait_for_library(engine)
    engine.save_to_file(text, file)
    engine.runAndWait()
    finished.wait()
    return faults


def _wait_for_library(engine: Any) -> None:
    """Wait until all commands so far are carried out.

    They are carried out one after the other, and each run of the driver
    begins by cancelling what is under way, were it only to become the speech
    of that run. The last command is known by its effect: the volume goes
    down, which it never does otherwise, and up again.
    """
    library = importlib.import_module("pyttsx3.drivers._espeak")
    for volume in (0.5, 1.0):
        asked = 0.0
        while engine.getProperty("volume") != volume:
            if time.monotonic() > asked + ASK_AGAIN_S:
                engine.setProperty("volume", volume)
                asked = time.monotonic()
            time.sleep(0.001)
    while library.IsPlaying():
        time.sleep(0.001)
