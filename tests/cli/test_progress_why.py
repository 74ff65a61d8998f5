"""`voicecoach progress --why`: the chain of reasoning, as it is printed."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from voicecoach.cli.progress import progress
from voicecoach.errors import LibraryError, PlanError
from voicecoach.runtime.paths import Paths
from voicecoach.session.facts import SessionFinished, SetLogged, SetResult, SetVoided
from voicecoach.store.log import TrainingLog
from voicecoach.training.prescription import SetKind, WorkoutPrescription
from voicecoach.units import Load

GOLDEN = Path(__file__).with_name("golden")

ROUTINE = """\
name = "Mine"
unit = "kg"

[[workout]]
name = "A"

[[workout.block]]
exercise = "bench-press"
sets = 3
reps = "4-6"
progress = { rule = "double", step = "2.5kg" }

[[workout.block]]
exercise = "squat"
sets = 2
reps = 5
load = "85%"
progress = { rule = "percent" }

[[workout.block]]
exercise = "plank"
sets = 2
hold = "20-60s"
"""

Done = tuple[int, str, dict[str, object]]  # reps, load, whatever else


@pytest.fixture
def paths(paths: Paths) -> Paths:
    """Directories with a routine that is in use."""
    (paths.config / "routines").mkdir(parents=True)
    (paths.config / "routines" / "mine.toml").write_text(ROUTINE, encoding="utf-8")
    (paths.config / "routines" / "in-use").write_text("mine\n", encoding="utf-8")
    return paths


def train(
    paths: Paths,
    day: datetime,
    exercise: str,
    done: Sequence[Done],
    *,
    routine: str = "mine",
    aim: tuple[int, int] = (4, 6),
) -> None:
    """Write a session of one exercise into the log; `undone` sets are voided."""
    with TrainingLog.open(paths.log) as log:
        session = f"{day:%Y-%m-%d}-{exercise}"
        plan = WorkoutPrescription(routine=routine, name=routine, workout="A", blocks=())
        log.begin_session(session, day, plan)
        for number, (reps, kg, fields) in enumerate(done, 1):
            extra = dict(fields)
            undone = extra.pop("undone", False)
            kind = extra.pop("kind", SetKind.WORKING)
            set_id = f"{session}-{number}"
            log.append(
                session,
                [
                    SetLogged(
                        at_ms=number * 180_000,
                        set_id=set_id,
                        block=0,
                        number=number,
                        exercise=exercise,
                        variation=None,
                        kind=kind,  # type: ignore[arg-type]
                        low=aim[0],
                        high=aim[1],
                        result=SetResult(reps=reps, load=Load.kg(kg), **extra),  # type: ignore[arg-type]
                        source="voice",
                    )
                ],
            )
            if undone:
                log.append(session, [SetVoided(at_ms=number * 180_000 + 5_000, set_id=set_id)])
        log.append(session, [SessionFinished(at_ms=3_600_000, completed=True)])


def why(paths: Paths, *words: str) -> Result:
    return CliRunner().invoke(progress, ["--why", *words], obj=paths)


@pytest.fixture
def trained(paths: Paths) -> Paths:
    """Two evenings of bench press this week, and squats with a strong day long ago."""
    monday = datetime.now(UTC).replace(hour=18, minute=0, second=0, microsecond=0)
    monday -= timedelta(days=5)
    train(paths, monday, "bench-press", [(6, "80", {}), (5, "80", {}), (5, "80", {})])
    train(
        paths,
        monday + timedelta(days=2),
        "bench-press",
        [
            (10, "20", {"kind": SetKind.WARMUP}),
            (6, "80", {}),
            (3, "80", {"undone": True}),
            (6, "80", {}),
            (6, "80", {"effort": "easy"}),
            (6, "60", {}),
            (2, "80", {"pain": True}),
        ],
    )
    train(paths, monday + timedelta(days=3), "bench-press", [(10, "60", {})], routine="other")
    for days, reps in ((0, 5), (2, 5)):
        train(paths, monday + timedelta(days=days), "squat", [(reps, "100", {})] * 2, aim=(5, 5))
    return paths


def undated(text: str) -> str:
    """Return what was printed with the days that depend on today replaced."""
    today = datetime.now(UTC)
    for ago in range(8):
        day = today - timedelta(days=ago)
        text = text.replace(f"{day:%A} {day.day} {day:%B %Y}", f"DAY-{ago}")
        text = text.replace(f"{day:%Y-%m-%d}", f"DAY-{ago}")
    return text


def test_the_chain_leads_from_the_load_back_to_the_sets(trained: Paths) -> None:
    shown = why(trained, "bench-press")
    assert shown.exit_code == 0, shown.output
    assert undated(shown.stdout) == (GOLDEN / "why-double.txt").read_text(encoding="utf-8")


def test_a_first_load_taken_at_its_word_is_told_for_what_it_is(paths: Paths) -> None:
    day = datetime.now(UTC) - timedelta(days=3)
    train(paths, day, "squat", [(5, "200", {}), (5, "200", {})], aim=(5, 5))
    shown = undated(why(paths, "squat").stdout)
    assert "maximum         about 235.3kg, from 5 x 200kg on DAY-3, of which it is 85 %\n" in shown
    (one,) = json.loads(why(paths, "squat", "--json").stdout)["reasonings"]
    assert (one["maximum"]["formula"], one["maximum"]["percent"]) == (None, 85.0)


def test_a_share_of_the_maximum_names_the_set_it_came_from(trained: Paths) -> None:
    shown = why(trained, "squat")
    assert shown.exit_code == 0, shown.output
    assert undated(shown.stdout) == (GOLDEN / "why-percent.txt").read_text(encoding="utf-8")


def test_the_same_is_there_as_json(trained: Paths) -> None:
    answer = json.loads(why(trained, "bench-press", "--json").stdout)
    assert (answer["schema"], answer["routine"]) == ("voicecoach.why/1", "mine")
    (one,) = answer["reasonings"]
    assert one["advice"]["reason"] == "top-reached-easily"
    assert one["advice"]["figures"] == {"sets": 3, "aim": 6, "before": 80.0}
    assert one["sets"] == [{"reps": "4-6", "hold_seconds": None, "load_kg": 85.0}] * 3
    verdicts = [each["verdict"] for each in one["judged"]]
    assert verdicts == [
        "warmup", "counted", "voided", "counted", "counted", "other-load", "pain",
    ]  # fmt: skip
    assert [each["verdict"] for each in one["not_looked_at"]] == ["other-routine"]
    assert one["earlier"][0]["amounts"] == [6, 5, 5]
    squat = json.loads(why(trained, "squat", "--json").stdout)["reasonings"][0]
    assert squat["maximum"]["load_kg"] == 116.667
    assert squat["maximum"]["set"]["shows_kg"] == 116.667


def test_before_the_first_session_there_is_nothing_to_go_by(paths: Paths) -> None:
    shown = why(paths, "bench-press")
    assert "no session of this routine tells of it yet" in shown.stdout
    assert "the coach will ask for the load" in shown.stdout
    assert "plank" in why(paths, "plank").stdout.lower()


def test_time_away_is_told(paths: Paths) -> None:
    long_ago = datetime.now(UTC) - timedelta(days=22)
    train(paths, long_ago, "bench-press", [(6, "80", {})] * 3)
    shown = why(paths, "bench-press").stdout
    assert re.search("2[123] days without this exercise take 15 % off", shown)  # by any clock
    assert "3 x 4-6 at 70kg" in shown  # of the 82.5 that the rule gives


def test_an_exercise_that_is_not_trained_is_told_apart_from_one_there_is_not(paths: Paths) -> None:
    assert isinstance(why(paths, "deadlift").exception, PlanError)
    assert isinstance(why(paths, "deadlifft").exception, LibraryError)
    assert "name another with --routine" in str(why(paths, "deadlift").exception)
    assert why(paths, "Bench presses").stdout == why(paths, "bench-press").stdout != ""


def test_what_the_routine_in_use_does_not_train_is_told_of_the_one_that_did(paths: Paths) -> None:
    train(paths, datetime.now(UTC) - timedelta(days=3), "dip", [(12, "0", {})], routine="gone")
    assert isinstance(why(paths, "dip").exception, PlanError)
    train(
        paths, datetime.now(UTC) - timedelta(days=2), "deadlift", [(5, "100", {})] * 3,
        routine="full-back",
    )  # fmt: skip
    told = why(paths, "deadlift")
    assert told.stdout == why(paths, "deadlift", "--routine", "full-back").stdout != ""
    assert isinstance(why(paths, "deadlift", "--routine", "mine").exception, PlanError)


def test_where_no_routine_is_in_use_none_that_nobody_chose_is_named(paths: Paths) -> None:
    (paths.config / "routines" / "in-use").unlink()
    told = str(why(paths, "bench-press").exception)
    assert "no routine is in use" in told
    assert "full-back" not in told
