"""`voicecoach history`, as it is typed."""

from __future__ import annotations

import json
from datetime import datetime, timedelta, timezone
from decimal import Decimal

import pytest
from click.testing import CliRunner, Result

from voicecoach.cli.history import history
from voicecoach.errors import LibraryError, LogError
from voicecoach.runtime.paths import Paths
from voicecoach.session.facts import (
    BodyweightLogged,
    EntryVoided,
    NoteTaken,
    SetAmended,
    SetLogged,
    SetResult,
    SetVoided,
)
from voicecoach.store.log import TrainingLog
from voicecoach.training.prescription import SetKind, WorkoutPrescription
from voicecoach.units import Load, Rpe, Unit

MONDAY = datetime(2026, 1, 5, 18, 0, tzinfo=timezone(timedelta(hours=1)))


def logged(set_id: str, at_min: int, exercise: str, number: int, result: SetResult) -> SetLogged:
    return SetLogged(
        at_ms=at_min * 60_000,
        set_id=set_id,
        block=0,
        number=number,
        exercise=exercise,
        variation="sumo" if exercise == "deadlift" else None,
        kind=SetKind.WARMUP if set_id == "1" else SetKind.WORKING,
        low=4,
        high=6,
        result=result,
        source="voice",
    )


@pytest.fixture
def trained(paths: Paths) -> Paths:
    """A log of two evenings: one in kilograms, one in pounds."""
    with TrainingLog.open(paths.log) as log:
        for session, days, unit in (("monday", 0, Unit.KG), ("friday", 4, Unit.LB)):
            plan = WorkoutPrescription(
                routine="full-back", name="Full back", workout="A", unit=unit, blocks=()
            )
            log.begin_session(session, MONDAY + timedelta(days=days), plan)
            light = SetResult(reps=5, load=Load.kg(60))
            heavy = SetResult(
                reps=6, load=Load.of(225, unit), rpe=Rpe(Decimal("8.5")), effort="hard"
            )
            hold = SetResult(hold_s=20, load=Load(0), pain=True, note="left side\x1b[2J tight")
            log.append(session, [logged("1", 5, "deadlift", 1, light)])
            log.append(session, [logged("2", 8, "deadlift", 2, light)])
            log.append(session, [SetAmended(at_ms=481_000, set_id="2", result=heavy)])
            log.append(session, [logged("3", 11, "deadlift", 3, light)])
            log.append(session, [SetVoided(at_ms=661_000, set_id="3")])
            log.append(session, [logged("4", 15, "back-extension-hold", 1, hold)])
    return paths


def run(paths: Paths, *arguments: str) -> Result:
    return CliRunner().invoke(history, arguments, obj=paths)


def sets_in(result: Result) -> list[dict[str, object]]:
    given = json.loads(result.stdout)
    assert given["schema"] == "voicecoach.history/1"
    assert list(given) == ["schema", "sets", "bodyweights", "notes"]
    sets: list[dict[str, object]] = given["sets"]
    return sets


def test_history_is_read_day_by_day(trained: Paths) -> None:
    assert (
        run(trained).stdout
        == """\
Monday 5 January 2026
time   workout      exercise             set  done        load  remarks
18:05  full-back A  deadlift (sumo)        1     5        60kg  warmup
18:08  full-back A  deadlift (sumo)        2     6       225kg  RPE 8.5, hard
18:15  full-back A  back-extension-hold    1  20 s  bodyweight  it hurt, left side [2J tight

Friday 9 January 2026
time   workout      exercise             set  done        load  remarks
18:05  full-back A  deadlift (sumo)        1     5        60kg  warmup
18:08  full-back A  deadlift (sumo)        2     6       225lb  RPE 8.5, hard
18:15  full-back A  back-extension-hold    1  20 s  bodyweight  it hurt, left side [2J tight

"""
    )


def test_loads_are_shown_in_the_unit_asked_for(trained: Paths) -> None:
    shown = run(trained, "--unit", "kg", "--exercise", "deadlift", "--since", "2026-01-09").stdout
    assert " 102.1kg" in shown
    assert "lb" not in shown


def test_history_is_given_to_programs_as_json(trained: Paths) -> None:
    first, second, third = sets_in(run(trained, "--json", "--until", "2026-01-05"))
    assert second == {
        "at": "2026-01-05T18:08:00+01:00",
        "workout": "A",
        "exercise": "deadlift",
        "set": 2,
        "reps": 6,
        "hold_seconds": None,
        "load_kg": 225.0,
        "rpe": 8.5,
        "kind": "working",
        "note": "",
        "source": "voice",
    }
    assert first["kind"] == "warmup"
    assert (third["reps"], third["hold_seconds"], third["load_kg"]) == (None, 20, 0.0)
    assert third["note"] == "left side\x1b[2J tight"


@pytest.mark.parametrize(
    ("arguments", "count"),
    [
        ((), 6),
        (("--exercise", "deadlift"), 4),
        (("--exercise", "Dead lifts"), 4),
        (("--since", "2026-01-06"), 3),
        (("--until", "2026-01-04"), 0),
        (("--since", "2026-01-05", "--until", "2026-01-05", "--exercise", "deadlift"), 2),
        (("--limit", "4"), 4),
        (("--limit", "99", "--exercise", "back-extension-hold"), 2),
    ],
)
def test_history_is_narrowed_down(trained: Paths, arguments: tuple[str, ...], count: int) -> None:
    assert len(sets_in(run(trained, "--json", *arguments))) == count


def test_to_look_at_history_makes_no_log(paths: Paths) -> None:
    looked = run(paths)
    assert (looked.exit_code, looked.stderr) == (0, "")
    assert "voicecoach start" in looked.stdout
    assert sets_in(run(paths, "--json")) == []
    assert not paths.data.exists()


def test_to_look_at_history_changes_nothing(trained: Paths) -> None:
    before = trained.log.read_bytes()
    assert run(trained).exit_code == 0
    assert trained.log.read_bytes() == before


def test_a_day_without_a_set_is_no_error(trained: Paths) -> None:
    looked = run(trained, "--since", "2027-01-01")
    assert looked.exit_code == 0
    assert looked.stdout == "No such set in the log.\n"


def test_an_exercise_not_yet_trained_is_told_from_a_slip(trained: Paths) -> None:
    assert run(trained, "--exercise", "pull-up").stdout == "No such set in the log.\n"
    slip = run(trained, "--exercise", "deadlit")
    assert isinstance(slip.exception, LibraryError)
    assert "'deadlit'" in slip.exception.problem


@pytest.mark.parametrize(
    "arguments",
    [
        ("--since", "yesterday"),
        ("--until", "2026-02-30"),
        ("--limit", "0"),
        ("--limit", "few"),
        ("--unit", "stone"),
        ("--since", "2026-02-01", "--until", "2026-01-01"),
    ],
)
def test_a_slip_in_an_option_is_a_usage_error(trained: Paths, arguments: tuple[str, ...]) -> None:
    slip = run(trained, *arguments)
    assert slip.exit_code == 2
    assert slip.stdout == ""
    assert arguments[-1] in slip.stderr


def test_a_file_that_is_no_log_is_named(paths: Paths) -> None:
    paths.data.mkdir()
    paths.log.write_text("deadlift,5,100\n" * 100)
    looked = run(paths)
    assert isinstance(looked.exception, LogError)
    assert looked.exception.place == str(paths.log)


@pytest.fixture
def told(trained: Paths) -> Paths:
    """The same log, with a body weighed, a note of a set, one of a day, and one taken back."""
    with TrainingLog.open(trained.log) as log:
        weighed = BodyweightLogged(at_ms=60_000, entry_id="w", weight=Load.kg("82.5"))
        of_set = NoteTaken(at_ms=490_000, entry_id="n", text="belt on", set_id="2")
        gone = NoteTaken(at_ms=500_000, entry_id="gone", text="never mind")
        undone = EntryVoided(at_ms=510_000, entry_id="gone")
        log.append("monday", [weighed, of_set, gone, undone])
        slept = NoteTaken(at_ms=0, entry_id="slept", text="slept\x1b[2J badly")
        log.begin_logbook("sunday", MONDAY + timedelta(days=6), Unit.KG, [slept])
    return trained


def test_notes_and_bodyweights_stand_on_their_day(told: Paths) -> None:
    shown = run(told, "--unit", "kg").stdout
    monday, friday, sunday = shown.strip().split("\n\n")
    assert "RPE 8.5, hard, belt on\n" in monday
    assert monday.endswith("left side [2J tight\n18:01  bodyweight 82.5kg")
    assert "belt" not in friday
    assert sunday == "Sunday 11 January 2026\n18:00  note: slept [2J badly"
    assert "never mind" not in shown


def test_notes_and_bodyweights_are_given_to_programs(told: Paths) -> None:
    given = json.loads(run(told, "--json").stdout)
    assert given["bodyweights"] == [{"at": "2026-01-05T18:01:00+01:00", "weight_kg": 82.5}]
    assert given["notes"] == [
        {"at": "2026-01-05T18:08:10+01:00", "text": "belt on", "exercise": "deadlift", "set": 2},
        {
            "at": "2026-01-11T18:00:00+01:00",
            "text": "slept\x1b[2J badly",
            "exercise": None,
            "set": None,
        },
    ]


def test_of_one_exercise_only_its_own_notes_are_shown(told: Paths) -> None:
    shown = run(told, "--exercise", "deadlift").stdout
    assert "belt on" in shown
    assert "slept" not in shown
    assert "bodyweight" not in shown


def test_what_was_said_before_the_sets_shown_is_left_out(told: Paths) -> None:
    shown = run(told, "--limit", "2").stdout
    assert "slept" in shown
    assert "82.5" not in shown
