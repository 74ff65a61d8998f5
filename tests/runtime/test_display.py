"""The display on a terminal: it takes a page of its own, follows the session, and gives it back."""

from __future__ import annotations

import io
import threading
from dataclasses import replace
from datetime import UTC, datetime

from rich.console import Console

from voicecoach.audio.ears import Ears
from voicecoach.language.intents import Intent, IntentName
from voicecoach.runtime.display import Display
from voicecoach.runtime.hearing import Hearing
from voicecoach.session.events import IntentHeard
from voicecoach.session.phases import AwaitingReady, CountingDown
from voicecoach.session.resume import begin
from voicecoach.training.exercise import Exercise
from voicecoach.training.prescription import (
    BlockPrescription,
    RepTarget,
    SetPrescription,
    WorkoutPrescription,
)

SQUAT = BlockPrescription(
    exercise=Exercise(id="squat", name="squat"), sets=(SetPrescription(target=RepTarget(5, 5)),)
)
PLAN = WorkoutPrescription(routine="test", name="Test", workout="A", blocks=(SQUAT,))
OPENED = replace(
    begin("one", datetime(2026, 1, 5, tzinfo=UTC), PLAN, ask_injury=False), phase=AwaitingReady()
)
READY = IntentHeard(1000, Intent(name=IntentName.READY))


class Paper(io.StringIO):
    """What is written to a terminal, to be waited for."""

    def __init__(self) -> None:
        super().__init__()
        self._written = threading.Condition()

    def write(self, text: str) -> int:
        with self._written:
            count = super().write(text)
            self._written.notify_all()
            return count

    def shows(self, text: str) -> bool:
        """Return whether `text` is written before long."""
        with self._written:
            return self._written.wait_for(lambda: text in self.getvalue(), timeout=30)


class Deaf:
    """Ears for a display: of a hearing it looks only at what was heard."""

    quiet = True


def display(paper: Paper, now_ms: list[int]) -> Display:
    console = Console(file=paper, force_terminal=True, width=80, height=40, color_system=None)
    ears: Ears = Deaf()  # type: ignore[assignment]
    return Display(console, OPENED, Hearing(ears), lambda: now_ms[0])


def test_it_follows_the_session_and_gives_the_terminal_back() -> None:
    paper, now_ms = Paper(), [0]
    with display(paper, now_ms) as shown:
        assert paper.shows("say ready")
        assert "\x1b[?1049h" in paper.getvalue()
        shown.moved(OPENED, READY, replace(OPENED, phase=CountingDown(start_ms=4000)))
        assert paper.shows("get ready")
        shown.notice("earbuds has gone silent.")
        assert paper.shows("earbuds has gone silent.")
        shown.line(0, "  0:01  You:     ready  [97%]")
        assert paper.shows("You:     ready")
        now_ms[0] = 62_000
        assert paper.shows("1:02")
    assert shown.notices == ["earbuds has gone silent."]
    assert paper.getvalue().endswith("\x1b[?25h\x1b[?1049l")  # the cursor, and the page before


def test_while_nothing_changes_nothing_is_drawn() -> None:
    paper = Paper()
    now_ms = [0]
    with display(paper, now_ms):
        assert paper.shows("say ready")
        now_ms[0] = 900  # of the same second
        assert not threading.Event().wait(0.5)
        drawn = paper.getvalue().count("say ready")
    assert drawn == 1
