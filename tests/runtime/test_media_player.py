"""The buttons: what each means, and that a desktop's presses arrive over a real bus."""

from __future__ import annotations

import importlib.util
import pickle
import shutil
import subprocess
import sys
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from voicecoach.language.intents import IntentName as I
from voicecoach.runtime.buttons import Button, meaning
from voicecoach.session.events import SessionOpened
from voicecoach.session.phases import (
    AskingReps,
    AwaitingReady,
    Ended,
    Grid,
    Paused,
    Phase,
    Resting,
    Working,
)
from voicecoach.session.resume import begin
from voicecoach.session.vocabulary import legal_intents
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
OPENED = begin("one", datetime(2026, 1, 5, tzinfo=UTC), PLAN, ask_injury=False)
RESTING = Resting(until_ms=60_000)


@pytest.mark.parametrize(
    ("phase", "button", "meant"),
    [
        (RESTING, Button.PLAY_PAUSE, I.PAUSE),
        (Paused(since_ms=0, within=RESTING), Button.PLAY_PAUSE, I.RESUME),
        (Paused(since_ms=0, within=RESTING), Button.PAUSE, None),
        (RESTING, Button.PLAY, None),
        (RESTING, Button.NEXT, I.SKIP_REST),
        (AwaitingReady(), Button.NEXT, I.READY),
        (Working(started_ms=0), Button.NEXT, I.DONE),
        (Working(started_ms=0, grid=Grid(0, 3000, 5)), Button.NEXT, I.DONE),
        (AskingReps(), Button.PREVIOUS, I.UNDO),
        (Ended(), Button.NEXT, None),
    ],
)
def test_a_button_means_what_the_moment_makes_of_it(
    phase: Phase, button: Button, meant: I | None
) -> None:
    intent = meaning(button, legal_intents(replace(OPENED, phase=phase)))
    assert (intent.name if intent else None) is meant


COACH = """
import pickle, queue, subprocess, sys
from voicecoach.runtime.media_player import MediaPlayer

def desktop(*words):
    done = subprocess.run(["playerctl", "--player=voicecoach", *words],
                          capture_output=True, text=True, timeout=30)
    return done.stdout.strip() or done.stderr.strip()

pressed = queue.SimpleQueue()
player = MediaPlayer(pressed.put)
assert player.connect()
print(desktop("status"))
for button in ("play-pause", "next", "previous", "pause", "stop"):
    desktop(button)
    print(pressed.get(timeout=10).value)
player.moved(*pickle.load(sys.stdin.buffer))
print(desktop("status"))
print(desktop("metadata", "title"))
player.close()
print(desktop("status"))
"""

needs_bus = pytest.mark.skipif(
    importlib.util.find_spec("dbus_fast") is None
    or any(shutil.which(name) is None for name in ("dbus-run-session", "playerctl")),
    reason="needs: pip install voicecoach[earbuds]; apt-get install dbus playerctl",
)


@needs_bus
def test_the_desktop_finds_the_coach_and_its_presses_arrive() -> None:
    paused = replace(OPENED, phase=Paused(since_ms=0, within=RESTING))
    done = subprocess.run(
        ["dbus-run-session", "--", sys.executable, "-c", COACH],
        input=pickle.dumps((OPENED, SessionOpened(0), paused)),
        capture_output=True,
        check=False,
        timeout=120,
    )
    assert done.returncode == 0, done.stderr
    assert done.stdout.decode().splitlines() == [
        "Playing",
        "play/pause",
        "next",
        "previous",
        "pause",
        "pause",
        "Paused",
        "Squat, 5 reps",
        "No players found",
    ]


@pytest.mark.skipif(
    importlib.util.find_spec("dbus_fast") is None, reason="needs: pip install voicecoach[earbuds]"
)
def test_without_a_bus_there_are_no_buttons_and_no_error(monkeypatch: pytest.MonkeyPatch) -> None:
    from voicecoach.runtime.media_player import MediaPlayer  # noqa: PLC0415  # see above

    monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", "unix:path=/nowhere/at/all")
    assert not MediaPlayer(lambda _: None).connect()
