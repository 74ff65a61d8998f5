"""`voicecoach export`, as it is typed, and what it wrote taken in again."""

from __future__ import annotations

import csv
import io
import json
from datetime import datetime, timedelta, timezone
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from voicecoach.cli.export_log import export_log
from voicecoach.cli.import_log import import_log
from voicecoach.errors import ExchangeError, LogError
from voicecoach.runtime.paths import Paths
from voicecoach.session.facts import SetLogged, SetResult, SetVoided
from voicecoach.store.log import TrainingLog
from voicecoach.training.prescription import SetKind, WorkoutPrescription
from voicecoach.units import Load, Unit

MONDAY = datetime(2026, 1, 5, 18, 0, tzinfo=timezone(timedelta(hours=1)))
RUN_BY_SPREADSHEETS = '=HYPERLINK("http://example.com")'


@pytest.fixture
def trained(paths: Paths) -> Paths:
    """A log of two evenings: a warm-up, a set and a hold each."""
    plan = WorkoutPrescription(
        routine="full-back", name="Full back", workout="A", unit=Unit.LB, blocks=()
    )
    sets = (
        ("deadlift", SetKind.WARMUP, SetResult(reps=5, load=Load.lb(135))),
        ("deadlift", SetKind.WORKING, SetResult(reps=5, load=Load.lb(225), note="-tight")),
        ("plank", SetKind.WORKING, SetResult(hold_s=60, load=Load(0), note=RUN_BY_SPREADSHEETS)),
    )
    with TrainingLog.open(paths.log) as log:
        for session, days in (("monday", 0), ("friday", 4)):
            log.begin_session(session, MONDAY + timedelta(days=days), plan)
            facts = [
                SetLogged(
                    at_ms=number * 60_000,
                    set_id=str(number),
                    block=0,
                    number=number,
                    exercise=exercise,
                    variation=None,
                    kind=kind,
                    low=5,
                    high=5,
                    result=result,
                    source="voice",
                )
                for number, (exercise, kind, result) in enumerate(sets, start=1)
            ]
            log.append(session, facts)
    return paths


def run(paths: Paths, *arguments: object) -> Result:
    return CliRunner().invoke(export_log, [str(one) for one in arguments], obj=paths)


def bring_in(paths: Paths, *arguments: object) -> Result:
    return CliRunner().invoke(import_log, [str(one) for one in arguments], obj=paths)


def rows_of(result: Result) -> list[dict[str, str]]:
    assert result.exit_code == 0, result.output
    return list(csv.DictReader(io.StringIO(result.stdout)))


def test_strongs_form_is_the_one_other_apps_read(trained: Paths) -> None:
    said = run(trained, "strong")
    rows = rows_of(said)
    assert [(row["Set Order"], row["Exercise Name"], row["Weight"]) for row in rows[:3]] == [
        ("W", "Deadlift (Barbell)", "135"),
        ("1", "Deadlift (Barbell)", "225"),
        ("1", "Plank", "0"),
    ]
    assert rows[0]["Date"] == "2026-01-05 18:00:00"
    assert rows[0]["Workout Name"] == "A"
    assert (rows[2]["Reps"], rows[2]["Seconds"]) == ("0", "60")
    assert "6 sets written, loads in lb." in said.stderr


def test_hevys_form_has_the_unit_that_is_asked_for(trained: Paths) -> None:
    rows = rows_of(run(trained, "hevy", "--unit", "kg"))
    assert [row["set_index"] for row in rows[:3]] == ["0", "1", "0"]
    assert [row["set_type"] for row in rows[:3]] == ["warmup", "normal", "normal"]
    assert float(rows[1]["weight_kg"]) == pytest.approx(102.058)
    assert rows[0]["start_time"] == "5 Jan 2026, 18:00"


@pytest.mark.parametrize("form", ["csv", "strong", "hevy"])
def test_no_spreadsheet_runs_a_note_as_a_formula(trained: Paths, form: str) -> None:
    for row in rows_of(run(trained, form)):
        assert not [cell for cell in row.values() if cell.startswith(("=", "+", "-", "@"))]


def test_a_note_comes_back_as_it_was_said(trained: Paths, paths: Paths, tmp_path: Path) -> None:
    for form in ("csv", "strong", "hevy"):
        file = tmp_path / f"log.{form}"
        run(trained, form, "--out", file)
        other = Paths.of(data=tmp_path / form, config=paths.config, cache=paths.cache)
        assert bring_in(other, file, "--unit", "lb").exit_code == 0
        with TrainingLog.open(other.log) as log:
            notes = {one.note for one in log.performed_sets()}
        assert notes == {"", "-tight", RUN_BY_SPREADSHEETS}


def test_a_document_holds_the_workouts(trained: Paths) -> None:
    given = json.loads(run(trained, "json").stdout)
    assert given["schema"] == "voicecoach.log/1"
    first, _ = given["workouts"]
    assert (first["routine"], first["workout"], first["unit"]) == ("full-back", "A", "lb")
    assert first["started"] == "2026-01-05T18:00:00+01:00"
    assert [one["load_g"] for one in first["sets"]] == [61235, 102058, 0]


def test_only_some_days_are_written_where_that_is_asked_for(trained: Paths) -> None:
    assert len(rows_of(run(trained, "csv", "--since", "2026-01-06"))) == 3
    assert len(rows_of(run(trained, "csv", "--until", "2026-01-04"))) == 0


def test_the_log_itself_is_copied_and_merged_fact_by_fact(
    trained: Paths, tmp_path: Path, paths: Paths
) -> None:
    with TrainingLog.open(trained.log) as log:
        log.append("monday", [SetVoided(at_ms=10**6, set_id="1")])
        facts = log.facts("monday")
    file = tmp_path / "copy.sqlite3"
    assert run(trained, "sqlite", "--out", file).exit_code == 0
    other = Paths.of(data=tmp_path / "other", config=paths.config, cache=paths.cache)
    dry = bring_in(other, file, "--dry-run")
    assert "Would be taken in: 6 sets in 2 sessions." in dry.stdout
    assert not other.data.exists()
    assert "Taken in: 6 sets in 2 sessions." in bring_in(other, "sqlite", file).stdout
    assert "Taken in: 0 sets" in bring_in(other, file).stdout
    with TrainingLog.open(other.log) as log:
        assert log.facts("monday") == facts
        assert len(log.performed_sets()) == 5


def test_a_session_that_went_on_is_taken_further_and_one_that_differs_is_left(
    trained: Paths, tmp_path: Path, paths: Paths
) -> None:
    file = tmp_path / "copy.sqlite3"
    run(trained, "sqlite", "--out", file)
    other = Paths.of(data=tmp_path / "other", config=paths.config, cache=paths.cache)
    bring_in(other, file)
    with TrainingLog.open(trained.log) as log:
        log.append("monday", [SetVoided(at_ms=10**6, set_id="1")])
        log.append("friday", [SetVoided(at_ms=10**6, set_id="1")])
    with TrainingLog.open(other.log) as log:
        log.append("friday", [SetVoided(at_ms=10**6, set_id="2")])
    run(trained, "sqlite", "--out", file, "--force")
    said = bring_in(other, file)
    assert "left out: session friday went on otherwise here" in said.stderr
    with TrainingLog.open(other.log) as log:
        assert [one.id for one in log.performed_sets()] == ["2", "3", "1", "3"]


def test_a_database_of_another_program_is_refused(paths: Paths, tmp_path: Path) -> None:
    file = tmp_path / "strange.sqlite3"
    file.write_bytes(b"SQLite format 3\0" + b"\0" * 4000)
    refused = bring_in(paths, file)
    assert isinstance(refused.exception, ExchangeError | LogError)
    assert str(file) in refused.exception.place
    missing = bring_in(paths, "sqlite", tmp_path / "none.sqlite3")
    assert isinstance(missing.exception, ExchangeError)


def test_a_file_that_is_there_is_not_written_over_unasked(trained: Paths, tmp_path: Path) -> None:
    file = tmp_path / "log.csv"
    file.write_text("mine")
    refused = run(trained, "csv", "--out", file)
    assert isinstance(refused.exception, ExchangeError)
    assert file.read_text() == "mine"
    assert run(trained, "csv", "--out", file, "--force").exit_code == 0
    assert file.read_text(encoding="utf-8").startswith("session,")
    assert [one.name for one in tmp_path.iterdir() if one.name.startswith(".voicecoach")] == []


def test_a_folder_that_is_not_there_is_told(trained: Paths, tmp_path: Path) -> None:
    refused = run(trained, "csv", "--out", tmp_path / "none" / "log.csv")
    assert isinstance(refused.exception, ExchangeError)
    assert "No such file" in refused.exception.problem


def test_an_empty_log_is_told_and_none_is_made(paths: Paths) -> None:
    assert isinstance(run(paths, "csv").exception, ExchangeError)
    assert not paths.data.exists()


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["gym"], "gym"),
        (["sqlite"], "--out FILE"),
        (["sqlite", "--out", "x", "--since", "2026-01-01"], "whole log"),
        (["csv", "--unit", "lb"], "unit of its own"),
        (["csv", "--since", "2026-02-01", "--until", "2026-01-01"], "is after the last"),
    ],
)
def test_a_slip_is_a_usage_error(trained: Paths, arguments: list[str], told: str) -> None:
    slip = run(trained, *arguments)
    assert slip.exit_code == 2
    assert told in slip.stderr
