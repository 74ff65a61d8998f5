"""`voicecoach progress`: charts in the terminal and in files, and all of it as JSON."""

from __future__ import annotations

import json
import os
import struct
import subprocess
import sys
import xml.etree.ElementTree as ET
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from voicecoach.cli.main import main
from voicecoach.session.facts import SetLogged, SetResult
from voicecoach.store.log import TrainingLog
from voicecoach.training.prescription import SetKind, WorkoutPrescription
from voicecoach.units import Load

MONDAY = datetime(2026, 1, 5, 18, tzinfo=UTC)


@pytest.fixture
def run(tmp_path: Path):
    """Run `progress` on a log of six deadlift sessions, each 2.5 kg heavier."""
    plan = WorkoutPrescription(routine="r", name="R", workout="A", blocks=())
    with TrainingLog.open(tmp_path / "data" / "training.sqlite3") as log:
        for week in range(6):
            log.begin_session(f"w{week}", MONDAY + timedelta(weeks=week), plan)
            log.append(
                f"w{week}",
                [
                    SetLogged(
                        at_ms=1,
                        set_id="1",
                        block=0,
                        number=1,
                        exercise="deadlift",
                        variation=None,
                        kind=SetKind.WORKING,
                        low=5,
                        high=5,
                        result=SetResult(reps=6, load=Load(100_000 + 2500 * week)),
                        source="typed",
                    )
                ],
            )

    def command(*arguments: str, **environment: str) -> Result:
        directories = [
            part
            for kind in ("data", "config", "cache")
            for part in (f"--{kind}-dir", str(tmp_path / kind))
        ]
        return CliRunner(env=environment).invoke(
            main, [*directories, "progress", *arguments], color=not environment.get("NO_COLOR")
        )

    return command


def test_an_exercise_is_drawn(run) -> None:
    shown = run("deadlift", NO_COLOR="1").stdout
    assert shown.startswith("Deadlift: estimated 1RM in kg, volume beneath\n")
    assert "6 sessions. Best: 135 kg on 9 Feb 2026. Last: 135 kg on 9 Feb 2026." in shown
    assert "for 6 reps" in shown
    assert "●" in shown


def test_a_chart_may_begin_later_and_be_in_pounds(run) -> None:
    shown = run("deadlift", "--since", "2026-01-26", "--unit", "lb").stdout
    assert "estimated 1RM in lb" in shown
    assert "3 sessions. Best: 297.6 lb" in shown
    assert run("deadlift", "--since", "2027-01-26").stdout == "No hard set of it in the log.\n"


def test_without_colour_there_is_none(run) -> None:
    assert "\x1b[1m" in run("deadlift").stdout
    assert "\x1b" not in run("deadlift", NO_COLOR="1").stdout
    assert "\x1b" not in run(NO_COLOR="1").stdout


def test_a_terminal_that_knows_ascii_alone_gets_it(run, tmp_path: Path) -> None:
    run()  # makes the log
    program = [sys.executable, "-c", "from voicecoach.cli.main import run; run()"]
    directories = ["--data-dir", str(tmp_path / "data"), "--config-dir", str(tmp_path / "config")]
    for arguments in ((), ("deadlift",)):
        shown = subprocess.run(
            [*program, *directories, "progress", *arguments],
            env=os.environ | {"PYTHONIOENCODING": "ascii"},
            capture_output=True,
            check=True,
        )
        assert shown.stdout.isascii()
        assert b"?" not in shown.stdout
    assert b"6 x 112.5 kg" in shown.stdout


def test_all_of_training_is_given_to_programs(run) -> None:
    given = json.loads(run("--json").stdout)
    assert given["schema"] == "voicecoach.progress/1"
    (deadlift,) = given["exercises"]
    assert (deadlift["sessions"], deadlift["measure"]) == (6, "e1rm")
    assert deadlift["best"]["value"] == 135.0
    assert "points" not in deadlift
    assert given["streaks"]["longest_weeks"] == 6
    assert [one["kind"] for one in given["records"]] == ["reps"] * 3  # not in the first sessions
    assert given["records"][0]["before"]["set"]["load_kg"] == 105.0
    assert {one["muscle"] for one in given["muscles"]} >= {"latissimus-dorsi", "hamstrings"}
    assert given["bodyweights"] == []


def test_an_exercise_is_given_session_by_session(run) -> None:
    (deadlift,) = json.loads(run("deadlift", "--json").stdout)["exercises"]
    assert len(deadlift["points"]) == 6
    assert deadlift["points"][0] == {
        "day": "2026-01-05",
        "value": 120.0,
        "sets": 1,
        "volume_kg": 600.0,
        "best": {"reps": 6, "hold_seconds": None, "load_kg": 100.0, "e1rm_kg": 120.0},
    }


def test_a_chart_is_written_as_svg(run, tmp_path: Path) -> None:
    file = tmp_path / "deadlift.svg"
    assert run("deadlift", "--plot", str(file)).stdout == f"{file}\n"
    picture = ET.fromstring(file.read_text(encoding="utf-8"))  # noqa: S314  # our own
    assert picture.tag == "{http://www.w3.org/2000/svg}svg"
    assert picture[0].text == "Deadlift: estimated 1RM in kg"


def test_a_chart_is_written_as_png(run, tmp_path: Path) -> None:
    pytest.importorskip("resvg_py", reason="needs the extra plots")
    file = tmp_path / "deadlift.PNG"
    assert run("deadlift", "--plot", str(file)).exit_code == 0
    content = file.read_bytes()
    assert content.startswith(b"\x89PNG\r\n\x1a\n")
    assert struct.unpack(">II", content[16:24]) == (1600, 944)


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (("deadlit",), 22, "did you mean deadlift?"),
        (("deadlift", "--plot", "chart.jpg"), 2, "chart.jpg ends neither in .png nor in .svg"),
        (("--plot", "chart.svg"), 2, "name the exercise"),
        (("--since", "2026-01-05"), 2, "name the exercise"),
        (("deadlift", "--since", "yesterday"), 2, "yesterday"),
        (("deadlift", "--why", "deadlift"), 2, "--why goes with"),
        (("deadlift", "--plot", "/dev/null/chart.svg"), 29, "/dev/null/chart.svg"),
    ],
)
def test_bad_input_is_told(run, arguments: tuple[str, ...], code: int, said: str) -> None:
    refused = run(*arguments)
    assert (refused.exit_code, refused.stdout) == (code, "")
    assert said in refused.stderr


def test_an_exercise_not_trained_yet_is_no_slip(run) -> None:
    assert run("pull-up").stdout == "No hard set of it in the log.\n"
