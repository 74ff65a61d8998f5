"""The page of a training log: what is on it, and that nothing brought along can harm it."""

from __future__ import annotations

import re
from collections import Counter
from datetime import date, timedelta
from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st

from voicecoach.library.exercises import Library
from voicecoach.report.body import BACK, FRONT
from voicecoach.report.calendar import month_figure, months_until, shade
from voicecoach.report.markup import Markup, joined, tag
from voicecoach.report.overview import overview_of
from voicecoach.report.page import page
from voicecoach.report.wording import step_sentences
from voicecoach.training.exercise import Exercise
from voicecoach.units import Load, Unit

TODAY = date(2026, 11, 22)
EMPTY = {"meta", "link", "br", "img", "input", "hr"}


class Reader(HTMLParser):
    """Reads a page as a browser does, and holds that every element is closed in its turn."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.elements: Counter[str] = Counter()
        self.text: list[str] = []
        self.links: list[str] = []
        self.anchors: set[str] = set()
        self.feed(text)
        self.close()
        assert self.open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements[tag] += 1
        given = dict(attrs)
        self.links += [given[name] or "" for name in ("href", "src") if name in given]
        self.anchors.add(given.get("id") or "")
        if tag not in EMPTY:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.text.append(data)

    @property
    def said(self) -> str:
        return " ".join(" ".join(self.text).split())


def test_a_page_has_all_its_sections(overview) -> None:
    read = Reader(page(overview()))
    for heading in (
        "The last eight weeks",
        "Hard sets per muscle and week",
        "Calendar",
        "Exercises",
        "Records broken",
    ):
        assert heading in read.said
    assert read.elements["article"] == 4
    assert {link[1:] for link in read.links if link.startswith("#")} <= read.anchors


def test_a_page_tells_the_same_in_tables_as_in_pictures(overview) -> None:
    said = Reader(page(overview())).said
    assert "Latissimus dorsi 6" in said  # four sets of deadlifts and two of pull-ups
    assert "Biceps 1" in said  # pull-ups count half for them
    assert "November 2026 7" in said
    assert "Deadlift 16" in said
    assert "heaviest for 5 reps" in said


def test_a_page_fetches_nothing_and_runs_nothing(overview) -> None:
    text = page(overview())
    read = Reader(text)
    assert all(link.startswith("#") or link == "data:," for link in read.links)
    assert not {"script", "img", "iframe", "object"} & set(read.elements)
    assert set(re.findall(r"https?://[^\"<\s]*", text)) == {"http://www.w3.org/2000/svg"}
    assert "@import" not in text
    assert "url(" not in text


def test_a_name_brought_along_is_shown_as_it_is(overview) -> None:
    text = page(overview())
    assert "<script>" not in text
    assert "&lt;script&gt;parent.harmed" in text


def test_loads_are_shown_in_the_lifters_unit(overview) -> None:
    assert "lb" in page(overview(unit=Unit.LB))
    assert " kg" not in Reader(page(overview(unit=Unit.LB))).said


def test_pull_ups_with_a_belt_have_the_body_in_them(one_set, another) -> None:
    belted = another(one_set, exercise="pull-up", reps=3, load=Load.kg(20))
    lookup = {"pull-up": Exercise(id="pull-up", name="pull-up")}.get
    unweighed = overview_of([belted], lookup, {}, TODAY, Unit.KG)
    assert "Heaviest set in kg, added to the body" in Reader(page(unweighed)).said
    weights = [(TODAY, Load.kg(80))]
    said = Reader(page(overview_of([belted], lookup, {}, TODAY, Unit.KG, weights=weights))).said
    assert "Estimated 1RM in kg, body included" in said
    assert "110 kg" in said


def test_one_set_makes_a_page(overview, one_set) -> None:
    said = Reader(page(overview([one_set]))).said
    assert "Too early to tell" in said
    assert "5 × 100 kg" in said
    assert "Records broken" not in said


def test_a_body_that_was_not_trained_of_late_is_not_drawn(overview, one_set, another) -> None:
    long_ago = another(one_set, day=TODAY - timedelta(days=200))
    read = Reader(page(overview([long_ago])))
    assert "Nothing was trained in these weeks." in read.said
    assert "muscles" not in read.anchors
    assert "#muscles" not in read.links


def test_an_empty_log_makes_a_page_that_says_so(overview) -> None:
    assert "The log is empty" in Reader(page(overview([]))).said


def test_sets_of_days_to_come_are_left_out(overview, one_set, another) -> None:
    tomorrow = another(one_set, day=one_set.day + timedelta(days=1), session="tomorrow")
    assert overview([one_set, tomorrow]).sets == 1


def test_what_is_alike_is_said_once(overview) -> None:
    steps = step_sentences(overview())
    assert any(step.startswith("Pull-up ") or "pull-up" in step for step in steps)
    assert len(steps) == len({step.split(".")[-2] for step in steps})


def test_every_muscle_of_the_library_is_drawn() -> None:
    assert set(BACK) | set(FRONT) == set(Library().muscles)


@given(st.text())
def test_whatever_is_no_markup_is_escaped(text: str) -> None:
    written = tag("p", text, title=text)
    assert re.fullmatch(r'<p title="[^<>"]*">[^<>]*</p>', written, re.DOTALL)
    assert not re.search(r"[\x00-\x08\x0b-\x1f\x7f]", written)


def test_markup_is_left_as_it_is() -> None:
    assert tag("b", tag("i", "a & b"), None, 2.50) == "<b><i>a &amp; b</i>2.5</b>"
    assert tag("br") == "<br>"
    assert tag("p", hidden=True, lang=None, class_="x", aria_label="y") == (
        '<p hidden class="x" aria-label="y"></p>'
    )
    assert isinstance(joined("<", Markup("<b></b>")), Markup)


@pytest.mark.parametrize(
    ("sets", "expected"), [(0, 0), (1, 1), (6, 1), (7, 2), (12, 2), (13, 3), (18, 3), (19, 4)]
)
def test_a_day_is_shaded_by_its_sets(sets: int, expected: int) -> None:
    assert shade(sets) == expected


def test_a_month_has_its_days_and_none_to_come() -> None:
    november = date(2026, 11, 1)
    figure = month_figure(november, {date(2026, 11, 2): 7}, date(2026, 11, 22))
    assert figure.count("<rect") == 22
    assert "2 November 2026: 7 hard sets" in figure
    assert "November 2026: 1 day trained" in figure


def test_the_months_of_a_calendar_end_with_this_one() -> None:
    months = months_until(date(2026, 2, 14), 3)
    assert months == [date(2025, 12, 1), date(2026, 1, 1), date(2026, 2, 1)]
