"""The test of a maximum by voice, and what planning makes of its result."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from voicecoach.errors import LibraryError, PlanError
from voicecoach.runtime import engines
from voicecoach.runtime.athlete import Athlete
from voicecoach.runtime.max_testing import open_test
from voicecoach.runtime.noting import LogbookLog
from voicecoach.runtime.opening import Request, open_session
from voicecoach.runtime.paths import Paths
from voicecoach.runtime.rehearsal import play_through
from voicecoach.runtime.scenario import Line
from voicecoach.session.facts import MaxTested
from voicecoach.session.max_test import TESTING
from voicecoach.store.log import TrainingLog
from voicecoach.units import Load, Unit

NOW = datetime(2026, 1, 5, 18, 0, tzinfo=UTC)

ROUTINE = """
name = "Heavy"

[[workout]]
name = "A"

[[workout.block]]
exercise = "squat"
sets = 3
reps = "5"
load = "80%"
"""


@pytest.fixture
def log(paths: Paths):
    paths.data.mkdir(parents=True)
    with TrainingLog.open(paths.log) as opened:
        yield opened


def test_it_is_led_by_voice_to_its_result(paths: Paths, log: TrainingLog, moonshine) -> None:
    script = (
        Line(when="injury?", text="no"),
        Line(when="trained?", text="yes"),
        Line(when="ready?", text="ready"),
        Line(when="working", text="made it"),
        Line(when="resting", number=6, text="skip rest"),
        Line(when="resting", number=9, text="it hurts"),
    )
    state = open_test("dumbbell-bench-press", Load.kg(6), paths, log, Unit.KG)
    played = play_through(
        TESTING,
        state,
        LogbookLog(log, NOW, Unit.KG),
        athlete=Athlete(script, engines.athlete_voice(paths, "en-us"), TESTING.moments),
        recogniser=moonshine,
        coach_voice=engines.coach_voice(paths),
    )
    assert played.state.ended
    assert played.state.best is not None
    (tested,) = log.tested_maxes()
    assert (tested.exercise, tested.load) == ("dumbbell-bench-press", played.state.best)


def test_a_tested_maximum_is_what_the_next_workout_is_planned_from(
    paths: Paths, log: TrainingLog, tmp_path: Path
) -> None:
    (tmp_path / "heavy.toml").write_text(ROUTINE, encoding="utf-8")
    request = Request(routine="heavy.toml", base=tmp_path)
    assert open_session(request, paths, log, NOW).prescription.load is None
    log.begin_logbook(
        "test",
        NOW + timedelta(hours=1),
        Unit.KG,
        [MaxTested(at_ms=0, exercise="squat", variation=None, load=Load.kg(125))],
    )
    planned = open_session(request, paths, log, NOW + timedelta(days=2))
    assert planned.prescription.load == Load.kg(100)


def test_what_to_expect_is_estimated_from_the_log(paths: Paths, log: TrainingLog, a_squat) -> None:
    log.begin_logbook("before", NOW, Unit.KG, [a_squat(5, 100)])
    expected = open_test("squat", None, paths, log, Unit.KG).expected
    assert expected is not None
    assert Load.kg(110) < expected < Load.kg(120)
    assert open_test("back squats", Load.kg(130), paths, log, Unit.KG).expected == Load.kg(130)


def test_only_what_is_lifted_once_with_a_load_is_tested(paths: Paths, log: TrainingLog) -> None:
    for name in ("plank", "push-up", "bulgarian-split-squat"):
        with pytest.raises(PlanError, match="not lifted once"):
            open_test(name, None, paths, log, Unit.KG)
    with pytest.raises(LibraryError, match="there is no exercise"):
        open_test("sqat", None, paths, log, Unit.KG)


@pytest.fixture
def a_squat():
    from voicecoach.session.facts import SetLogged, SetResult  # noqa: PLC0415
    from voicecoach.training.prescription import SetKind  # noqa: PLC0415

    def make(reps: int, kg: int) -> SetLogged:
        return SetLogged(
            at_ms=0,
            set_id="before/1",
            block=0,
            number=1,
            exercise="squat",
            variation=None,
            kind=SetKind.WORKING,
            low=None,
            high=None,
            result=SetResult(reps=reps, load=Load.kg(kg)),
            source="typed",
        )

    return make
