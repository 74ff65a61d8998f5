"""`voicecoach history --by …`: hard sets summed up by day, week and exercise."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from voicecoach.cli.history import SHOWN
from voicecoach.cli.main import main
from voicecoach.session.facts import SetLogged, SetResult
from voicecoach.store.log import TrainingLog
from voicecoach.training.prescription import SetKind, WorkoutPrescription
from voicecoach.units import Load, Unit

MONDAY = date(2026, 1, 5)


def logged(number: int, exercise: str, kind: SetKind = SetKind.WORKING) -> SetLogged:
    return SetLogged(
        at_ms=number,
        set_id=str(number),
        block=0,
        number=1,
        exercise=exercise,
        variation=None,
        kind=kind,
        low=None,
        high=None,
        result=SetResult(reps=10, load=Load.lb(100)),
        source="typed",
    )


@pytest.fixture
def directory(tmp_path: Path) -> Path:
    return tmp_path / "data"


@pytest.fixture
def run(tmp_path: Path, directory: Path):
    def command(*arguments: str) -> Result:
        config = ["--data-dir", str(directory), "--config-dir", str(tmp_path / "config")]
        return CliRunner().invoke(main, [*config, "history", *arguments])

    return command


@pytest.fixture
def trained(directory: Path) -> None:
    """Monday and Friday of one week and Monday of the next, in pounds."""
    plan = WorkoutPrescription(routine="r", name="R", workout="A", unit=Unit.LB, blocks=())
    with TrainingLog.open(directory / "training.sqlite3") as log:
        for days in (0, 4, 7):
            session = f"s{days}"
            at = datetime(2026, 1, 5, 18, tzinfo=UTC) + timedelta(days=days)
            log.begin_session(session, at, plan)
            log.append(session, [logged(1, "squat", SetKind.WARMUP), logged(2, "squat")])
            if days != 4:
                log.append(session, [logged(3, "squat"), logged(4, "bench-press")])


SINCE = ("--since", "2026-01-01")


@pytest.mark.usefixtures("trained")
@pytest.mark.parametrize(
    ("by", "table"),
    [
        (
            "day",
            """\
day              sets    volume  exercises
Mon 5 Jan 2026      3  3,000 lb  bench-press, squat
Fri 9 Jan 2026      1  1,000 lb  squat
Mon 12 Jan 2026     3  3,000 lb  bench-press, squat
""",
        ),
        (
            "week",
            """\
week of      days  sets    volume  of exercises
5 Jan 2026      2     4  4,000 lb             2
12 Jan 2026     1     3  3,000 lb             2
""",
        ),
        (
            "exercise",
            """\
exercise     days  sets    volume  first       last
bench-press     2     2  2,000 lb  5 Jan 2026  12 Jan 2026
squat           3     5  5,000 lb  5 Jan 2026  12 Jan 2026
""",
        ),
    ],
)
def test_hard_sets_are_summed_up(run, by: str, table: str) -> None:
    assert run("--by", by, *SINCE).stdout == table


@pytest.mark.usefixtures("trained")
@pytest.mark.parametrize(
    ("arguments", "firsts"),
    [
        (("--by", "day", "--limit", "2"), ["2026-01-09", "2026-01-12"]),
        (("--by", "day", "--exercise", "bench-press", *SINCE), ["2026-01-05", "2026-01-12"]),
        (("--by", "week", *SINCE, "--until", "2026-01-11"), ["2026-01-05"]),
        (("--by", "exercise", "--limit", "1"), ["bench-press"]),
        (("--by", "exercise", "--until", "2026-01-04"), []),
    ],
)
def test_sums_are_narrowed_down_and_given_to_programs(run, arguments, firsts: list[str]) -> None:
    given = json.loads(run(*arguments, "--json").stdout)
    assert given["schema"] == "voicecoach.history-sums/1"
    assert [next(iter(row.values())) for row in given["rows"]] == firsts


@pytest.mark.usefixtures("trained")
def test_a_week_is_given_with_all_it_held(run) -> None:
    first, _ = json.loads(run("--by", "week", *SINCE, "--json", "--unit", "kg").stdout)["rows"]
    assert first == {
        "week": "2026-01-05",
        "days": 2,
        "sets": 4,
        "volume_kg": 1814.36,
        "exercises": ["bench-press", "squat"],
    }


def test_sums_of_nothing_are_no_error(run, directory: Path) -> None:
    assert run("--by", "week").stdout == "No such set in the log.\n"
    assert not directory.exists()
    assert run("--by", "week", "--exercise", "sqat").exit_code == 22


def test_a_long_log_is_shown_by_its_end_and_given_whole(run, directory: Path) -> None:
    plan = WorkoutPrescription(routine="r", name="R", workout="A", blocks=())
    with TrainingLog.open(directory / "training.sqlite3") as log:
        log.begin_session("s", datetime(2026, 1, 5, 18, tzinfo=UTC), plan)
        log.append("s", [logged(number, "squat") for number in range(SHOWN + 5)])
    shown = run().stdout
    assert shown.count("squat") == SHOWN
    assert shown.endswith(f"These are the latest {SHOWN}; --limit or --since shows earlier ones.\n")
    assert run("--limit", "204").stdout.count("squat") == 204
    assert len(json.loads(run("--json").stdout)["sets"]) == SHOWN + 5
