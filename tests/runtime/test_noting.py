"""The logbook by voice: real voice and ears in virtual time, and what it leaves in the log."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from voicecoach.runtime import engines
from voicecoach.runtime.athlete import Athlete
from voicecoach.runtime.noting import LogbookLog, open_logbook
from voicecoach.runtime.paths import Paths
from voicecoach.runtime.rehearsal import Played, play_through
from voicecoach.runtime.scenario import Line
from voicecoach.session.listening import LOGGING
from voicecoach.session.logbook import Logbook
from voicecoach.store.log import TrainingLog
from voicecoach.units import Load, Unit

NOW = datetime(2026, 1, 5, 18, 0, tzinfo=UTC)

TOLD = (
    Line(when="set?", number=1, text="bench press eight reps at eighty kilos"),
    Line(when="set?", number=2, text="no, seven"),
    Line(when="set?", number=3, text="note left shoulder tight"),
    Line(when="set?", number=4, text="note"),
    Line(when="note?", text="left knee is sore"),
    Line(when="set?", number=6, text="done"),
)


@pytest.fixture
def played(paths: Paths, moonshine) -> tuple[Played[Logbook], TrainingLog]:
    paths.data.mkdir(parents=True)
    with TrainingLog.open(paths.log) as log:
        state = open_logbook(paths, log, NOW, Unit.KG)
        athlete = Athlete(TOLD, engines.athlete_voice(paths, "en-us"), LOGGING.moments)
        played = play_through(
            LOGGING,
            state,
            LogbookLog(log, NOW, Unit.KG),
            athlete=athlete,
            recogniser=moonshine,
            coach_voice=engines.coach_voice(paths),
        )
        yield played, log


def test_what_is_told_is_kept_and_said_back(played) -> None:
    conversation, log = played
    said = [one.text for one in conversation.mouth.said.values()]
    assert said[1:3] == ["Bench press. Eight at eighty.", "Seven at eighty."]
    assert said[-1] == "Logged: one set."
    (one,) = log.performed_sets()
    assert (one.exercise, one.reps, one.load) == ("bench-press", 7, Load.kg(80))
    in_one_breath, asked_for = log.notes()
    assert in_one_breath.text == "left shoulder tight"
    assert asked_for.text.startswith("Left")
    assert asked_for.set_id == one.id
