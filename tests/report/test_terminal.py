"""Charts in a terminal: right in 80 columns, and readable where there is no Braille."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import click
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from voicecoach.report.chart import Drawn
from voicecoach.report.progress import exercise_text, overview_text
from voicecoach.report.terminal import (
    ASCII,
    UNICODE,
    Canvas,
    glyphs_for,
    line_chart,
    meter,
    sparkline,
)

FIRST = date(2026, 1, 5)


def points(*values: float, volume: float = 0) -> list[Drawn]:
    return [
        Drawn(day=FIRST + timedelta(weeks=4 * n), value=value, volume=volume * n, record=False)
        for n, value in enumerate(values)
    ]


def test_a_line_is_drawn_in_dots() -> None:
    assert line_chart(points(100, 110, 105, 120), 34, 8, UNICODE) == [
        "120 │                          ⡠●",
        "    │                        ⡠⠊",
        "    │                     ⢀⠔⠉",
        "110 │      ⢀⠤⠒⠉⠒⠒⠤⠤⣀⣀   ⢀⠔⠁",
        "    │   ⣀⠤⠊⠁         ⠉⠉⠒⠁",
        "100 │⡠⠔⠊",
        "    └────────────────────────────",
        "             Feb      Mar",
    ]


def test_volume_stands_beneath_the_line() -> None:
    lines = line_chart(points(100, 110, 120, volume=10), 34, 8, UNICODE)
    assert lines[-3] == "    │              ▄            █"


def test_a_terminal_without_braille_gets_ascii() -> None:
    assert glyphs_for("utf-8") is UNICODE
    assert glyphs_for("ascii") is glyphs_for("cp1252") is glyphs_for(None) is ASCII
    lines = line_chart(points(100, 110, volume=10), 34, 8, ASCII)
    assert "".join(lines).isascii()
    assert "O" in lines[0]


def test_one_session_alone_stands_in_the_middle() -> None:
    lines = line_chart(points(100), 34, 8, UNICODE)
    assert sum(line.count("●") for line in lines) == 1
    assert "5 Jan" in lines[-1]


many = st.lists(
    st.builds(
        Drawn,
        day=st.dates(date(2000, 1, 1), date(2026, 1, 1)),
        value=st.floats(0, 500),
        volume=st.floats(0, 9000),
        record=st.booleans(),
    ),
    min_size=1,
    max_size=30,
)


@settings(max_examples=40)
@given(many, st.integers(40, 120), st.integers(8, 30), st.sampled_from([UNICODE, ASCII]))
def test_a_chart_keeps_to_its_columns_and_lines(made, width: int, height: int, glyphs) -> None:
    made.sort(key=lambda point: point.day)
    lines = line_chart(made, width, height, glyphs)
    assert len(lines) == height
    assert max(map(len, lines)) <= width
    assert sum(line.count(glyphs.best) for line in lines) >= 1


def test_dots_outside_the_canvas_are_left_out() -> None:
    canvas = Canvas(2, 1, UNICODE)
    canvas.line((-5, 0), (9, 0))
    assert canvas.lines() == ["⠉⠉"]


@pytest.mark.parametrize(
    ("values", "bars"),
    [([], ""), ([5, 5], "▄▄"), ([0, 7], "▁█"), ([1, 2, 3, 4, 5, 6, 7, 8], "▁▂▃▄▅▆▇█")],
)
def test_the_latest_sessions_are_bars_in_a_line(values: list[float], bars: str) -> None:
    assert sparkline(values, UNICODE) == bars


def test_a_meter_ends_where_its_track_does() -> None:
    assert meter(15, 30, 10, UNICODE) == "█████·····"
    assert meter(90, 30, 10, UNICODE) == "██████████"


@pytest.mark.parametrize("exercise", ["deadlift", "pull-up", "plank"])
def test_an_exercise_fits_on_a_screen_of_80_by_24(overview, exercise: str) -> None:
    made = overview()
    (course,) = (one for one in made.courses if one.exercise == exercise)
    bests = {form: found for form, found in made.bests.items() if form[0] == exercise}
    alone = replace(made, bests=bests)
    shown = exercise_text(course, alone, course.points, 80, UNICODE)
    lines = click.unstyle(shown).splitlines()
    assert len(lines) <= 23  # and the prompt
    assert max(map(len, lines)) <= 80


def test_all_of_training_is_told_in_short(overview) -> None:
    shown = click.unstyle(overview_text(overview(), 80, UNICODE))
    assert "52 weeks in a row" in shown
    assert "8 weeks, 28 September to 22 November 2026" in shown
    assert "Deadlift  " in shown
    assert "Latissimus dorsi" in shown
    assert "Latest records" in shown
    assert "\x1b" not in shown


def test_weeks_without_training_have_no_table_and_fit_into_forty_columns(overview) -> None:
    idle = overview(today=date(2027, 6, 10))
    shown = click.unstyle(overview_text(idle, 40, UNICODE)).partition("\n\nLatest")[0]
    assert shown.endswith("Nothing was trained in these weeks.")
    assert max(map(len, shown.splitlines())) <= 40


def test_a_name_brought_along_cannot_steer_the_terminal(overview, one_set, another) -> None:
    wicked = another(one_set, exercise="row\x1b[2J\nfake", load=one_set.load)
    shown = overview_text(overview([wicked]), 80, UNICODE)
    assert "Row [2J fake" in click.unstyle(shown)
    assert "\x1b[2J" not in shown
