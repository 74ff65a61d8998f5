"""Bodyweight over time: in a sentence, as a chart and as a table."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from itertools import groupby, islice

from voicecoach.report.calendar import MONTHS
from voicecoach.report.chart import MOST_POINTS, Drawn, Size, chart
from voicecoach.report.markup import Markup, tag
from voicecoach.report.overview import Overview
from voicecoach.report.sections import table
from voicecoach.report.wording import load_text, number, short_day
from voicecoach.units import Load, Unit

Weights = Sequence[tuple[date, Load]]


def weights_said(weights: Weights, unit: Unit) -> str:
    """Return the last of at least one bodyweight, and how far it is from the first.

    `81.5 kg on 2 Nov 2026, 1 kg less than on 1 Oct 2026.`
    """
    (first_day, first), (last_day, last) = weights[0], weights[-1]
    said = f"{load_text(last, unit)} on {short_day(last_day)}"
    if first_day == last_day:
        return f"{said}."
    change = last.to(unit) - first.to(unit)
    if not change:
        return f"{said}, as on {short_day(first_day)}."
    more = "more" if change > 0 else "less"
    return f"{said}, {number(abs(change))} {unit.value} {more} than on {short_day(first_day)}."


def drawn_weights(weights: Weights, unit: Unit) -> list[Drawn]:
    """Return bodyweights as a chart draws them: in `unit`, of each stretch the last."""
    stretch = -(-len(weights) // MOST_POINTS)
    last = list(reversed(weights[::-1][::stretch]))
    return [
        Drawn(day=day, value=float(weight.to(unit)), volume=0, record=False) for day, weight in last
    ]


def bodyweight(overview: Overview) -> Markup:
    """Return the section of the page, of a lifter who was weighed at least once."""
    unit = overview.unit
    said = weights_said(overview.weights, unit)
    drawing = drawn_weights(overview.weights, unit)
    card = tag(
        "article",
        tag("p", f"In {unit.value}", class_="quiet"),
        chart(drawing, f"Bodyweight in {unit.value}", said, Size()),
        tag("p", said, class_="quiet"),
        tag("details", tag("summary", "Month by month"), _months(overview.weights, unit)),
        class_="card",
    )
    return tag("div", card, class_="charts")  # as large as those of the exercises


def _months(weights: Weights, unit: Unit) -> Markup:
    rows = []
    months = groupby(reversed(weights), key=lambda one: one[0].replace(day=1))
    for month, group in islice(months, MONTHS):
        found = [weight.to(unit) for _, weight in group]
        mean = sum(found) / len(found)
        rows.append([f"{month:%B %Y}", number(mean), number(min(found)), number(max(found))])
    caption = f"Bodyweight in {unit.value}, month by month"
    return table(caption, ["Month", "Mean", "Lowest", "Highest"], rows)
