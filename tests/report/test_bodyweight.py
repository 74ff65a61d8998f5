"""Bodyweight over time: on the page, in the terminal and for programs, where there is any."""

from __future__ import annotations

from datetime import date, timedelta

import click
import pytest

from voicecoach.report.bodyweight import drawn_weights, weights_said
from voicecoach.report.chart import MOST_POINTS
from voicecoach.report.figures import progress_json
from voicecoach.report.page import page
from voicecoach.report.progress import overview_text
from voicecoach.report.terminal import UNICODE
from voicecoach.units import Load, Unit

FIRST = date(2026, 10, 1)
WEIGHTS = [
    (FIRST, Load.kg("82.5")),
    (FIRST + timedelta(days=14), Load.kg("90")),  # a slip, mended the same day
    (FIRST + timedelta(days=14), Load.kg("82")),
    (FIRST + timedelta(days=32), Load.kg("81.5")),
    (date(2027, 1, 1), Load.kg("60")),  # a clock was wrong
]


@pytest.mark.parametrize(
    ("weights", "said"),
    [
        (WEIGHTS[:1], "82.5 kg on 1 Oct 2026."),
        (WEIGHTS[:4], "81.5 kg on 2 Nov 2026, 1 kg less than on 1 Oct 2026."),
        ([*WEIGHTS[:1], WEIGHTS[1]], "90 kg on 15 Oct 2026, 7.5 kg more than on 1 Oct 2026."),
        ([WEIGHTS[0], (date(2026, 10, 9), Load.kg("82.5"))], "82.5 kg on 9 Oct 2026, as on 1 Oct"),
    ],
)
def test_the_last_bodyweight_is_said_beside_the_first(weights, said: str) -> None:
    assert weights_said(weights, Unit.KG).startswith(said)


def test_bodyweight_has_a_section_on_the_page(overview) -> None:
    shown = page(overview(weights=WEIGHTS))
    assert '<section id="bodyweight">' in shown
    assert "81.5 kg on 2 Nov 2026, 1 kg less than on 1 Oct 2026." in shown
    section = shown.partition('<section id="bodyweight">')[2].partition("</section>")[0]
    assert "<svg" in section
    assert section.count("<tr>") == 3  # a heading and two months
    assert "January 2027" not in section
    assert 'id="bodyweight"' not in page(overview())


def test_bodyweight_is_told_in_short(overview) -> None:
    shown = click.unstyle(overview_text(overview(weights=WEIGHTS), 80, UNICODE))
    assert "\nBodyweight\n" in shown
    assert "81.5 kg on 2 Nov 2026, 1 kg less than on 1 Oct 2026." in shown
    assert "Bodyweight" not in overview_text(overview(), 80, UNICODE)
    narrow = click.unstyle(overview_text(overview(weights=WEIGHTS), 40, UNICODE))
    section = narrow.partition("Bodyweight\n")[2].partition("\n\n")[0]
    assert max(map(len, section.splitlines())) <= 40


def test_bodyweight_is_given_to_programs_but_not_with_an_exercise(overview) -> None:
    made = overview(weights=WEIGHTS)
    given = progress_json(made, None)["bodyweights"]
    assert [one["weight_kg"] for one in given] == [82.5, 82.0, 81.5]
    assert given[1]["day"] == "2026-10-15"
    assert progress_json(made, "deadlift")["bodyweights"] == []


def test_years_of_bodyweights_are_thinned_out_and_end_with_the_last() -> None:
    weights = [(FIRST + timedelta(days=day), Load.kg(80 + day % 3)) for day in range(1000)]
    chosen = drawn_weights(weights, Unit.LB)
    assert len(chosen) <= MOST_POINTS
    assert chosen[-1].day == weights[-1][0]
    assert [one.day for one in chosen] == sorted(one.day for one in chosen)
