"""A journal repeats a session exactly, and a session that fails leaves one."""

from __future__ import annotations

import json
import stat
from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from voicecoach.errors import LogError, ScenarioError
from voicecoach.runtime.interrupts import Interrupts
from voicecoach.runtime.journal import Journal, replay
from voicecoach.runtime.talking import TypedTalk
from voicecoach.runtime.text_stage import PipedLines
from voicecoach.session.coaching import COACHING
from voicecoach.session.conversation import Conversation
from voicecoach.session.effects import Effect
from voicecoach.session.events import DeadlineReached, Event, RecordFailed
from voicecoach.session.resume import begin
from voicecoach.session.state import State
from voicecoach.training.exercise import Exercise
from voicecoach.training.hard_sets import HardSet
from voicecoach.training.prescription import (
    BlockPrescription,
    CountMode,
    HoldTarget,
    RepTarget,
    SetPrescription,
    Tempo,
    WorkoutPrescription,
)
from voicecoach.training.records import FormBests, bests_of
from voicecoach.units import Load

SQUAT = BlockPrescription(
    exercise=Exercise(id="squat", name="squat"),
    sets=(SetPrescription(target=RepTarget(3, 3), load=Load.kg("62.5")),) * 2,
    count=CountMode.PACED,
    tempo=Tempo.parse("2-0-1-0"),
)
PLANK = BlockPrescription(
    exercise=Exercise(id="plank", name="plank"), sets=(SetPrescription(target=HoldTarget(20)),)
)
BEFORE = (
    HardSet(date(2026, 1, day), f"{day}", "squat", None, 1, None, Load.kg(60)) for day in (1, 2, 3)
)
OPENED: State = replace(
    begin(
        "session",
        datetime(2026, 1, 5, 18, tzinfo=UTC),
        WorkoutPrescription(routine="t", name="Test", workout="A", blocks=(SQUAT, PLANK)),
        ask_injury=True,
    ),
    bests=(FormBests("squat", None, bests_of(BEFORE)),),  # so that it has records to tell of
)
TYPED = "no\nready\nno, two\nskip rest\nready\ndone\nit hurts\nno\nskip rest\nready\n"


class Commits:
    """A log that takes what it is given, but for the commit numbered `fails`."""

    def __init__(self, fails: int = 0) -> None:
        self.fails = fails
        self.asked = 0

    def append(self, session_id: str, facts: Iterable[object]) -> None:
        self.asked += 1
        if self.asked == self.fails:
            msg = "the disk is full"
            raise LogError(msg)


def lead(journal: Journal, conversation: Conversation[State] = COACHING, fails: int = 0) -> State:
    talk = TypedTalk(PipedLines(iter(TYPED.splitlines(keepends=True))), lambda _: None)
    with Interrupts() as interrupts, journal:
        return talk.lead(journal.watching(conversation, OPENED), OPENED, Commits(fails), interrupts)


def test_a_session_is_repeated_to_the_same_end(tmp_path: Path) -> None:
    file = tmp_path / "debug" / "journal.jsonl"
    ended = lead(Journal(tmp_path, file=file))
    steps = list(replay(file))
    assert len(ended.sets) > 1
    assert steps[-1].after == ended
    assert all(step.same and step.noted is not None for step in steps)
    assert any(isinstance(step.event, DeadlineReached) for step in steps)
    assert stat.S_IMODE(file.stat().st_mode) == 0o600


def test_a_step_whose_facts_were_refused_did_not_happen_in_the_replay_either(
    tmp_path: Path,
) -> None:
    file = tmp_path / "journal.jsonl"
    ended = lead(Journal(tmp_path, file=file), fails=2)
    steps = list(replay(file))
    assert any(isinstance(step.event, RecordFailed) for step in steps)
    assert steps[-1].after == ended
    assert all(step.same for step in steps)


def test_a_coach_that_now_does_otherwise_is_told_apart(tmp_path: Path) -> None:
    file = tmp_path / "journal.jsonl"
    lead(Journal(tmp_path, file=file))
    file.write_text(file.read_text(encoding="utf-8").replace("SetLogged", "SetSung"), "utf-8")
    differing = [step for step in replay(file) if not step.same]
    assert len(differing) > 1


def test_a_session_that_fails_leaves_its_journal_and_says_where(tmp_path: Path) -> None:
    def stumbles(state: State, event: Event) -> tuple[State, tuple[Effect, ...]]:
        if len(state.sets) == 1:
            _ = 1 / 0
        return COACHING.step(state, event)

    with pytest.raises(ZeroDivisionError) as failed:
        lead(Journal(tmp_path / "crashes"), replace(COACHING, step=stumbles))
    (file,) = (tmp_path / "crashes").iterdir()
    assert str(file) in failed.value.__notes__[0]
    last = json.loads(file.read_text(encoding="utf-8").splitlines()[-1])
    assert "ZeroDivisionError" in last["crash"]


def test_a_session_that_ends_well_leaves_nothing(tmp_path: Path) -> None:
    lead(Journal(tmp_path / "crashes"))
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("nonsense", "no journal"),
        ("[1]", "no object"),
        ('{"event": {"is": "SessionOpened", "at_ms": 0}}', "before the journal's first line"),
        ('{"schema": "voicecoach.journal/9"}', "voicecoach.journal/9"),
        ('{"schema": "voicecoach.journal/1", "conversation": "singing"}', "singing"),
        ('{"schema": "voicecoach.journal/1", "conversation": "coaching"}', "state"),
    ],
)
def test_what_is_no_journal_is_refused_with_its_line(
    tmp_path: Path, text: str, problem: str
) -> None:
    file = tmp_path / "journal.jsonl"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(ScenarioError, match=problem) as refused:
        list(replay(file))
    assert refused.value.place == f"{file}:1"
