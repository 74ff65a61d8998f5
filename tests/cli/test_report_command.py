"""`voicecoach report`: a page from the log, or one clear line."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from voicecoach.cli.main import main
from voicecoach.session.facts import SetLogged, SetResult
from voicecoach.store.log import TrainingLog
from voicecoach.training.prescription import SetKind, WorkoutPrescription
from voicecoach.units import Load, Unit


@pytest.fixture
def run(tmp_path: Path):
    def command(*arguments: str) -> Result:
        directories = [
            part
            for kind in ("data", "config", "cache")
            for part in (f"--{kind}-dir", str(tmp_path / kind))
        ]
        return CliRunner().invoke(main, [*directories, "report", *arguments])

    return command


@pytest.fixture
def trained(tmp_path: Path) -> None:
    """A single set of a deadlift in pounds, and one of an exercise that no library knows."""
    plan = WorkoutPrescription(routine="r", name="R", workout="A", unit=Unit.LB, blocks=())
    with TrainingLog.open(tmp_path / "data" / "training.sqlite3") as log:
        log.begin_session("s", datetime(2026, 1, 5, 18, tzinfo=UTC), plan)
        for number, exercise in enumerate(("deadlift", "Zercher <carry>")):
            log.append(
                "s",
                [
                    SetLogged(
                        at_ms=number,
                        set_id=str(number),
                        block=0,
                        number=1,
                        exercise=exercise,
                        variation=None,
                        kind=SetKind.WORKING,
                        low=None,
                        high=None,
                        result=SetResult(reps=5, load=Load.lb(225)),
                        source="typed",
                    )
                ],
            )


@pytest.mark.usefixtures("trained")
def test_a_page_is_written(run, tmp_path: Path) -> None:
    file = tmp_path / "report.html"
    file.write_text("an older one")
    made = run("--html", str(file))
    assert made.exit_code == 0, made.output
    assert made.stdout.startswith(f"{file}: ")
    text = file.read_text(encoding="utf-8")
    assert text.startswith("<!DOCTYPE html>")
    assert "5 × 225 lb" in text
    assert "Zercher &lt;carry&gt;" in text
    assert {one.name for one in tmp_path.iterdir()} == {"data", "report.html"}


@pytest.mark.usefixtures("trained")
def test_a_page_goes_to_a_pipe_in_the_unit_asked_for(run) -> None:
    piped = run("--html", "-", "--unit", "kg")
    assert piped.stdout.endswith("</html>\n")
    assert "102.1 kg" in piped.stdout


def test_without_a_log_nothing_is_written(run, tmp_path: Path) -> None:
    refused = run("--html", str(tmp_path / "report.html"))
    assert refused.exit_code == 24
    assert "voicecoach start" in refused.stderr
    assert refused.stderr.count("\n") == 1
    assert list(tmp_path.iterdir()) == []


@pytest.mark.usefixtures("trained")
def test_a_place_that_cannot_be_written_is_named(run, tmp_path: Path) -> None:
    (tmp_path / "taken").write_text("")
    refused = run("--html", str(tmp_path / "taken" / "report.html"))
    assert refused.exit_code == 29
    assert str(tmp_path / "taken") in refused.stderr


def test_a_report_must_be_told_where_to_go(run) -> None:
    assert run().exit_code == 2
