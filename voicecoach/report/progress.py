"""Progress in a terminal: one exercise with its chart, or all of them in short."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import click

from voicecoach.report.bodyweight import weights_said
from voicecoach.report.chart import drawn
from voicecoach.report.overview import Overview
from voicecoach.report.terminal import Glyphs, as_shown, line_chart, meter, sparkline
from voicecoach.report.wording import (
    best_sets,
    capital,
    change_text,
    counted,
    course_said,
    course_title,
    day_text,
    number,
    one_line,
    percent_text,
    record_text,
    review_title,
    set_text,
    short_day,
    step_sentences,
)
from voicecoach.training.course import Course, Direction, Point
from voicecoach.training.review import Verdict
from voicecoach.training.volume import ADVISED_SETS, Dose

CHART_LINES = 13
RECORDS_SHOWN = 5
LATEST_SHOWN = 12  # sessions, as a line of bars

COLOURS = {Direction.GREW: "green", Direction.FELL: "red"}


def exercise_text(
    course: Course, overview: Overview, points: Sequence[Point], width: int, glyphs: Glyphs
) -> str:
    """Return the chart of an exercise over `points`, some of its sessions, and its bests.

    With the usual width it fits on a screen of 24 lines.
    """
    unit = overview.unit
    chosen = drawn(course, overview.sessions_with_records(course.exercise), unit, points)
    title = one_line(course_title(course, overview))
    if any(point.volume for point in chosen):
        title += ", volume beneath"
    lines = [
        click.style(title, bold=True),
        *line_chart(chosen, width, CHART_LINES, glyphs),
        f"{glyphs.best} {course_said(course, points, unit)}",
    ]
    for form, bests in overview.bests.items():
        rows = [(what, set_text(one, unit), short_day(one.day)) for what, one in best_sets(bests)]
        if rows:
            lines += [click.style(one_line(capital(overview.form_name(form))), bold=True)]
            lines += _columns(rows)
    return as_shown("\n".join(lines), glyphs)


def overview_text(overview: Overview, width: int, glyphs: Glyphs) -> str:
    """Return the review of eight weeks, muscles and the latest records."""
    streaks = overview.streaks
    trained = (
        f"{counted(streaks.days, 'day')} trained since {day_text(min(overview.days))}; "
        f"{counted(streaks.current_weeks, 'week')} in a row, "
        f"{streaks.longest_weeks} the longest."
    )
    lines = [
        *click.wrap_text(trained, width=width, subsequent_indent="  ").splitlines(),
        "",
        click.style(capital(review_title(overview.review)), bold=True),
        *_review(overview, width, glyphs),
    ]
    if muscles := _muscles(overview, width, glyphs):
        heading = click.style("Hard sets per muscle and week", bold=True)
        lines += ["", f"{heading}, {ADVISED_SETS[0]} to {ADVISED_SETS[1]} advised", *muscles]
    if overview.weights:
        latest_weights = [float(weight.grams) for _, weight in overview.weights[-LATEST_SHOWN:]]
        said = weights_said(overview.weights, overview.unit)
        bars = f"{sparkline(latest_weights, glyphs)}  " if len(latest_weights) > 1 else ""
        wrapped = click.wrap_text(bars + said, width=width, subsequent_indent="  ")
        lines += ["", click.style("Bodyweight", bold=True), *wrapped.splitlines()]
    if overview.records:
        lines += ["", click.style("Latest records", bold=True)]
        latest = reversed(overview.records[-RECORDS_SHOWN:])
        lines += _columns(
            (
                one_line(capital(overview.form_name(one.set.form))),
                record_text(one, overview.unit),
                set_text(one.set, overview.unit),
                short_day(one.set.day),
            )
            for one in latest
        )
    return as_shown("\n".join(lines), glyphs)


def _review(overview: Overview, width: int, glyphs: Glyphs) -> list[str]:
    found = overview.review
    if not found.verdicts:
        return ["Nothing was trained in these weeks."]
    courses = {course.exercise: course for course in overview.courses}
    rows = []
    for verdict in found.verdicts:
        latest = [point.value for point in courses[verdict.exercise].since(found.since)]
        rows.append(
            (
                one_line(capital(overview.name(verdict.exercise)))[:28],
                sparkline(latest[-LATEST_SHOWN:], glyphs),
                change_text(verdict, overview.unit),
                _change(verdict),
            )
        )
    lines = _columns(rows)
    for step in step_sentences(overview):
        wrapped = click.wrap_text(one_line(step), width=width, subsequent_indent="  ")
        lines += wrapped.splitlines()
    return lines


def _change(verdict: Verdict) -> str:
    if verdict.left_out:
        return "left out"
    if verdict.percent is None:
        return "new"
    text = percent_text(verdict.percent)
    return click.style(text, fg=COLOURS.get(verdict.direction))


def _muscles(overview: Overview, width: int, glyphs: Glyphs) -> list[str]:
    length = max(10, min(45, width - 30))  # one and a half times the advised range
    most = 1.5 * ADVISED_SETS[1]
    reached = [one for one in overview.volumes if one.dose is not Dose.NONE]
    return _columns(
        (
            capital(overview.muscles[one.muscle].name),
            meter(one.average, most, length, glyphs),
            number(one.average),
        )
        for one in sorted(reached, key=lambda one: -one.average)
    )


def _columns(rows: Iterable[Sequence[str]]) -> list[str]:
    """Return rows with their cells under one another; what styles a cell takes no room."""
    rows = list(rows)
    widths = [
        max(len(click.unstyle(cell)) for cell in column) for column in zip(*rows, strict=True)
    ]
    return [
        "  ".join(
            cell + " " * (width - len(click.unstyle(cell)))
            for cell, width in zip(row, widths, strict=True)
        ).rstrip()
        for row in rows
    ]
