"""`voicecoach import`, as it is typed."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from voicecoach.cli.backup import restore
from voicecoach.cli.import_log import import_log
from voicecoach.errors import ExchangeError, LogError
from voicecoach.library.exercises import Library
from voicecoach.runtime.paths import Paths
from voicecoach.store.holding import held
from voicecoach.store.log import TrainingLog
from voicecoach.training.performance import PerformedSet
from voicecoach.units import Load

STRONG = "Date,Workout Name,Duration,Exercise Name,Set Order,Weight,Reps,Distance,Seconds,RPE\n"
BENCH = "2026-07-06 17:59:12,Push,45m,Bench Press (Barbell),1,100,5,0,0,8\n"


@pytest.fixture
def export(tmp_path: Path) -> Path:
    file = tmp_path / "strong.csv"
    file.write_text(
        STRONG + BENCH + BENCH.replace(",1,", ",2,") + BENCH.replace("Bench", "Smith"),
        encoding="utf-8",
    )
    return file


def run(paths: Paths, *arguments: object) -> Result:
    return CliRunner().invoke(import_log, [str(one) for one in arguments], obj=paths)


def log_of(paths: Paths) -> tuple[PerformedSet, ...]:
    with TrainingLog.open(paths.log) as log:
        return log.performed_sets()


def account_of(result: Result) -> dict[str, Any]:
    assert result.exit_code == 0, result.output
    account: dict[str, Any] = json.loads(result.stdout)
    assert account["schema"] == "voicecoach.import/1"
    return account


def test_a_file_is_taken_in_and_its_form_found(paths: Paths, export: Path) -> None:
    said = run(paths, export, "--unit", "kg")
    assert said.exit_code == 0, said.output
    assert "Strong: 3 sets." in said.stdout
    assert "Taken in: 3 sets in 1 workout, 2026-07-06 to 2026-07-06." in said.stdout
    assert [one.exercise for one in log_of(paths)] == ["bench-press"] * 2 + ["smith-press-barbell"]


def test_a_second_time_adds_nothing(paths: Paths, export: Path) -> None:
    run(paths, export, "--unit", "kg")
    again = run(paths, "strong", export, "--unit", "kg")
    assert "Taken in: 0 sets" in again.stdout
    assert "In the log already: 3 sets." in again.stdout
    assert len(log_of(paths)) == 3


def test_an_import_that_was_a_mistake_is_taken_back(paths: Paths, export: Path) -> None:
    first = run(paths, export, "--unit", "lb")
    assert "restore" not in first.stderr  # there was no log to go back to
    run(paths, export, "--unit", "lb")
    assert list(paths.backups.glob("*")) == []  # nothing was added, nothing to take back
    said = run(paths, export, "--unit", "kg")
    assert len(log_of(paths)) == 6
    *_, copy = said.stderr.split()
    restored = CliRunner().invoke(restore, [copy, "--yes"], obj=paths)
    assert restored.exit_code == 0, restored.output
    assert [one.load for one in log_of(paths)] == [Load.lb(100)] * 3


def test_a_dry_run_shows_every_name_and_makes_no_log(paths: Paths, export: Path) -> None:
    said = run(paths, export, "--unit", "kg", "--dry-run")
    assert "Bench Press (Barbell)" in said.stdout
    assert "own name" in said.stdout
    assert "Would be taken in: 3 sets" in said.stdout
    assert not paths.data.exists()
    assert not paths.config.exists()


def test_the_account_for_programs(paths: Paths, export: Path) -> None:
    export.write_text(export.read_text() + BENCH.replace(",5,", ",x,"), encoding="utf-8")
    account = account_of(run(paths, export, "--unit", "kg", "--json"))
    assert (account["format"], account["sets"], account["added"]) == ("strong", 3, 3)
    assert account["left_out"] == 1
    assert account["findings"] == [{"line": 5, "left_out": True, "reason": "'x' is no number"}]
    names = {one["name"]: (one["exercise"], one["sureness"]) for one in account["names"]}
    assert names["Bench Press (Barbell)"] == ("bench-press", "sure")
    assert names["Smith Press (Barbell)"] == ("smith-press-barbell", "none")


def test_where_nobody_can_be_asked_an_option_must_tell_the_unit(paths: Paths, export: Path) -> None:
    said = run(paths, export)
    assert said.exit_code == 2
    assert "--unit kg or --unit lb" in said.stderr
    assert not paths.data.exists()


def test_an_open_date_must_be_told_and_one_that_shows_it_settles_all(
    paths: Paths, export: Path
) -> None:
    text = export.read_text().replace("2026-07-06", "05/06/2026")
    export.write_text(text, encoding="utf-8")
    said = run(paths, export, "--unit", "kg")
    assert said.exit_code == 2
    assert "--dates dmy or --dates mdy" in said.stderr
    export.write_text(text + BENCH.replace("2026-07-06", "31/05/2026"), encoding="utf-8")
    assert run(paths, export, "--unit", "kg").exit_code == 0
    assert {(one.at.day, one.at.month) for one in log_of(paths)} == {(5, 6), (31, 5)}


def test_dates_that_contradict_each_other_are_asked_about(paths: Paths, export: Path) -> None:
    text = STRONG + "".join(
        BENCH.replace("2026-07-06", day) for day in ("31/05/2026", "05/31/2026")
    )
    export.write_text(text, encoding="utf-8")
    said = run(paths, export, "--unit", "kg")
    assert isinstance(said.exception, ExchangeError)
    assert "--dates" in said.exception.remedy
    settled = run(paths, export, "--unit", "kg", "--dates", "mdy")
    assert "left out: line 2: '31/05/2026 17:59:12' is no date" in settled.stderr
    assert len(log_of(paths)) == 1


def test_what_is_hard_to_believe_goes_in_only_after_a_yes(paths: Paths, export: Path) -> None:
    absurd = [
        BENCH.replace(",100,", ",3000,"),
        BENCH.replace(",5,", ",1000,"),
        BENCH.replace("2026", "2099"),
        BENCH.replace(",100,5,0,0,", ",0,0,0,86400,"),
    ]
    export.write_text(STRONG + BENCH + "".join(absurd), encoding="utf-8")
    unasked = run(paths, export, "--unit", "kg")
    assert "line 3: Bench Press (Barbell): 3000kg" in unasked.stderr
    assert "1000 reps" in unasked.stderr
    assert "still to come" in unasked.stderr
    assert "86400 seconds" in unasked.stderr
    assert "Left out: 4 rows." in unasked.stdout
    assert [one.load for one in log_of(paths)] == [Load.kg(100)]
    assert "Taken in: 4 sets" in run(paths, export, "--unit", "kg", "--yes").stdout


def test_a_review_is_written_mended_given_back_and_remembered(
    paths: Paths, export: Path, tmp_path: Path
) -> None:
    review = tmp_path / "review.toml"
    looked = run(paths, export, "--unit", "kg", "--review", review)
    assert f"--match {review}" in looked.stdout
    assert not paths.data.exists()
    text = review.read_text(encoding="utf-8")
    review.write_text(text.replace('= "smith-press-barbell"', '= "bench-press"'), encoding="utf-8")
    assert run(paths, export, "--unit", "kg", "--match", review).exit_code == 0
    assert {one.exercise for one in log_of(paths)} == {"bench-press"}
    export.write_text(export.read_text().replace("2026-07", "2026-08"), encoding="utf-8")
    account = account_of(run(paths, export, "--unit", "kg", "--json"))
    assert {one["exercise"] for one in account["names"]} == {"bench-press"}


def test_unknown_names_become_exercises_where_that_is_asked_for(paths: Paths, export: Path) -> None:
    said = run(paths, export, "--unit", "kg", "--add-exercises")
    assert said.exit_code == 0, said.output
    assert "smith-press-barbell" in Library(paths.config / "exercises")


def test_every_line_that_is_left_out_is_kept_where_that_is_asked_for(
    paths: Paths, export: Path, tmp_path: Path
) -> None:
    export.write_text(STRONG + BENCH + "x,y\n" * 30, encoding="utf-8")
    shown = run(paths, export, "--unit", "kg", "--dry-run")
    assert "and 10 lines more" in shown.stderr
    refused = tmp_path / "refused.csv"
    run(paths, export, "--unit", "kg", "--refused", refused)
    lines = refused.read_text(encoding="utf-8").splitlines()
    assert len(lines) == 31
    assert lines[1].startswith("3,yes,has 2 of 10 cells")


def test_a_file_without_a_set_is_an_error(paths: Paths, export: Path) -> None:
    export.write_text(STRONG + "x,y\n", encoding="utf-8")
    said = run(paths, export, "--unit", "kg")
    assert isinstance(said.exception, ExchangeError)
    assert said.exception.exit_code == 33
    assert not paths.data.exists()


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["gym", "{file}"], "'gym' is no format"),
        (["strong"], "name the file as well"),
        (["strong", "{file}", "more.csv"], "one file at a time"),
        (["{file}", "--encoding", "klingon"], "no encoding 'klingon'"),
        (["{file}", "--unit", "stone"], "stone"),
        ([], "FILE"),
    ],
)
def test_a_slip_is_a_usage_error(
    paths: Paths, export: Path, arguments: list[str], told: str
) -> None:
    said = run(paths, *(one.format(file=export) for one in arguments))
    assert said.exit_code == 2
    assert told in said.stderr


def test_nothing_is_taken_in_while_somebody_trains(paths: Paths, export: Path) -> None:
    run(paths, export, "--unit", "kg")
    with held(paths.log, "voicecoach start", datetime(2026, 1, 5, 18, tzinfo=UTC)):
        refused = run(paths, export, "--unit", "kg")
    assert isinstance(refused.exception, LogError)
    assert "the log is held by voicecoach start" in str(refused.exception)
