"""Charts: scales, ticks and the lines drawn on them."""

from __future__ import annotations

import xml.etree.ElementTree as ET
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from voicecoach.report.body import BACK, FRONT, figure
from voicecoach.report.chart import MOST_POINTS, Drawn, Size, chart, drawn
from voicecoach.report.scales import Scale, day_ticks, tick_text, value_ticks
from voicecoach.training.course import course_of
from voicecoach.units import Unit

FIRST = date(2026, 1, 5)
SVG = "{http://www.w3.org/2000/svg}"


def read(drawing: str) -> ET.Element:
    return ET.fromstring(drawing)  # noqa: S314  # our own


numbers = st.floats(0, 1e6, allow_nan=False)
days = st.dates(date(1990, 1, 1), date(2090, 1, 1))


@given(numbers, numbers)
def test_ticks_span_what_is_drawn_and_are_few(one: float, other: float) -> None:
    low, high = sorted((one, other))
    ticks = value_ticks(low, high)
    assert ticks[0] <= low + 1e-6 * high
    assert ticks[-1] >= high - 1e-6 * high
    assert 2 <= len(ticks) <= 8
    assert ticks == sorted(set(ticks))


@pytest.mark.parametrize(
    ("low", "high", "ticks"),
    [
        (0, 100, [0, 25, 50, 75, 100]),
        (82, 138, [80, 100, 120, 140]),
        (60, 60, [60, 62, 64, 66]),
        (0, 0, [0, 0.25, 0.5, 0.75, 1]),
    ],
)
def test_ticks_are_round(low: float, high: float, ticks: list[float]) -> None:
    assert value_ticks(low, high) == ticks


@given(days, days)
def test_days_named_lie_in_the_period(one: date, other: date) -> None:
    first, last = sorted((one, other))
    ticks = day_ticks(first, last)
    assert 1 <= len(ticks) <= 5
    assert all(first <= day <= last for day, _ in ticks)


@pytest.mark.parametrize(
    ("first", "last", "labels"),
    [
        (date(2016, 11, 1), date(2026, 11, 1), ["2018", "2020", "2022", "2024", "2026"]),
        (date(2026, 1, 5), date(2026, 4, 20), ["Feb", "Mar", "Apr"]),
        (date(2025, 10, 5), date(2026, 2, 20), ["Nov", "Dec", "2026", "Feb"]),
        (date(2026, 1, 5), date(2026, 1, 5), ["5 Jan"]),
        (date(2026, 1, 5), date(2026, 1, 7), ["5 Jan", "6 Jan", "7 Jan"]),
    ],
)
def test_days_are_named_by_what_is_seldom_enough(first: date, last: date, labels) -> None:
    assert [label for _, label in day_ticks(first, last)] == labels


@pytest.mark.parametrize(
    ("value", "text"), [(2500, "2,500"), (2.5, "2.5"), (0, "0"), (0.25, "0.25")]
)
def test_a_tick_has_no_needless_decimals(value: float, text: str) -> None:
    assert tick_text(value) == text


def test_a_scale_may_run_downward() -> None:
    scale = Scale(0, 10, 100, 0)
    assert [scale.at(value) for value in (0, 5, 10)] == [100, 50, 0]


a_point = st.builds(
    Drawn,
    day=days,
    value=st.floats(0, 500),
    volume=st.floats(0, 20_000),
    record=st.booleans(),
)


@settings(max_examples=40)
@given(st.lists(a_point, min_size=1, max_size=30))
def test_a_chart_stays_within_its_frame(points: list[Drawn]) -> None:
    points.sort(key=lambda point: point.day)
    size = Size()
    picture = read(chart(points, "Deadlift & more", "Up <and> down", size))
    assert picture.findtext(f"{SVG}title") == "Deadlift & more"
    for spot in picture.iter(f"{SVG}circle"):
        assert 0 <= float(spot.attrib["cx"]) <= size.width
        assert 0 <= float(spot.attrib["cy"]) <= size.height
    for bar in picture.iter(f"{SVG}rect"):
        assert float(bar.attrib["y"]) >= 0
        assert float(bar.attrib["y"]) + float(bar.attrib["height"]) <= size.height


def test_of_many_sessions_the_best_of_each_stretch_is_drawn(one_set, another) -> None:
    sets = [
        another(one_set, day=FIRST + timedelta(days=n), session=f"{n}", reps=1 + n % 7)
        for n in range(1000)
    ]
    course = course_of(sets)
    assert course is not None
    points = drawn(course, {"500"}, Unit.KG)
    assert len(points) <= MOST_POINTS
    assert max(point.value for point in points) == course.top.value / 1000
    assert sum(point.record for point in points) == 1


def test_both_sides_of_the_body_are_drawn_alike() -> None:
    for muscles in (BACK, FRONT):
        body = read(figure(muscles, {"calves": (3, "Calves: 12")}, "A body"))
        left, right = body.findall(f"{SVG}g")
        assert ET.tostring(left[0]) == ET.tostring(right[0])
        assert len(left) == len(muscles) + 1
        (shaded,) = [path for path in left if path.attrib["class"] == "muscle shade-3"]
        assert shaded.findtext(f"{SVG}title") == "Calves: 12"
