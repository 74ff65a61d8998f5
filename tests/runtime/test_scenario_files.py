"""A scenario with a mistake is refused in one line that says where and what to do."""

from __future__ import annotations

from pathlib import Path

import pytest

from voicecoach.errors import ScenarioError
from voicecoach.runtime.scenario import read_scenario
from voicecoach.units import Load

GOOD = """
routine = "full-back"
workout = "A"
start = 2026-01-05T18:00:00
data = "fresh"
athlete_voice = "en-us"
echo_db = -30

[loads]
deadlift = "100kg"

[[says]]
when = "rep:3"
set = 1
exercise = "deadlift"
after_ms = 250
text = "done"
"""


def write(folder: Path, text: str) -> Path:
    file = folder / "scenario.toml"
    file.write_text(text, encoding="utf-8")
    return file


def test_a_scenario_is_read_whole(tmp_path: Path) -> None:
    scenario = read_scenario(write(tmp_path, GOOD))
    assert (scenario.routine, scenario.workout, scenario.echo_db) == ("full-back", "A", -30.0)
    assert scenario.start.isoformat() == "2026-01-05T18:00:00+00:00"
    assert scenario.loads == (("deadlift", Load.kg(100)),)
    (line,) = scenario.says
    assert (line.when, line.number, line.after_ms, line.text) == ("rep:3", 1, 250, "done")


@pytest.mark.parametrize(
    ("change", "line", "said"),
    [
        (('routine = "full-back"', ""), None, "routine is missing"),
        (('workout = "A"', "workout = 3"), 3, "3 is not a text"),
        (("start = 2026-01-05T18:00:00", 'start = "soon"'), 4, "'soon' is not a time"),
        (('"fresh"', '"nowhere.sqlite3"'), 5, "there is no log 'nowhere.sqlite3'"),
        (("echo_db = -30", "echo_db = 30"), 7, "echo_db = 30 is no level"),
        (('"100kg"', '"heavy"'), 10, "'heavy'"),
        (('"rep:3"', '"reps"'), 13, "'reps' is no moment"),
        (('"rep:3"', '"rep:0"'), 13, "'rep:0' is no moment"),
        (("set = 1", "set = -1"), 14, "set = -1"),
        (('text = "done"', ""), 12, "either a text or a recording"),
        (('text = "done"', 'audio = "gone.wav"'), 17, "there is no recording 'gone.wav'"),
        (('text = "done"', 'tekst = "done"'), 12, "either a text or a recording"),
        (("[[says]]", "[says]"), None, "says is not a list of tables"),
        (("[[says]]", "[[says"), 12, "not TOML"),
    ],
)
def test_each_mistake_has_its_line(tmp_path: Path, change, line: int | None, said: str) -> None:
    file = write(tmp_path, GOOD.replace(*change))
    with pytest.raises(ScenarioError) as caught:
        read_scenario(file)
    message = str(caught.value)
    assert said in message
    assert "\n" not in message
    assert "; " in message
    if line is not None:
        assert f"{file}:{line}: " in message


@pytest.mark.parametrize("what", ["missing", "directory", "zeros", "binary"])
def test_what_is_no_scenario_is_refused(tmp_path: Path, what: str) -> None:
    file = tmp_path / "scenario.toml"
    match what:
        case "directory":
            file.mkdir()
        case "zeros":
            with file.open("wb") as stream:
                stream.truncate(50_000_000)
        case "binary":
            file.write_bytes(bytes(range(256)))
    with pytest.raises(ScenarioError, match=str(file)):
        read_scenario(file)
