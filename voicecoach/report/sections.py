"""The sections of the page: review, muscles, calendar, exercises, records."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby, islice

from voicecoach.report.body import BACK, FRONT, figure
from voicecoach.report.calendar import MONTHS, days_of, month_figure, months_until
from voicecoach.report.chart import Size, chart, drawn
from voicecoach.report.markup import Markup, joined, tag
from voicecoach.report.overview import Overview
from voicecoach.report.wording import (
    best_sets,
    capital,
    change_text,
    counted,
    course_said,
    course_title,
    measure_text,
    number,
    percent_text,
    record_text,
    review_title,
    set_text,
    short_day,
    step_sentences,
    value_text,
    volume_text,
)
from voicecoach.training.course import Course, Direction
from voicecoach.training.review import Verdict
from voicecoach.training.volume import ADVISED_SETS, Dose, MuscleVolume

REPS_SHOWN = (1, 3, 5, 8, 10, 12)
RECORDS_SHOWN = 30


def table(caption: str, headings: Sequence[str], rows: Sequence[Sequence[Markup | str]]) -> Markup:
    """Return a table whose first column names the row and whose other columns are numbers."""
    return tag(
        "div",
        tag(
            "table",
            tag("caption", caption),
            tag(
                "thead",
                tag(
                    "tr",
                    tag("th", headings[0], scope="col"),
                    *(tag("th", one, scope="col", class_="number") for one in headings[1:]),
                ),
            ),
            tag(
                "tbody",
                *(
                    tag(
                        "tr",
                        tag("th", row[0], scope="row"),
                        *(tag("td", cell, class_="number") for cell in row[1:]),
                    )
                    for row in rows
                ),
            ),
        ),
        class_="scroll",
    )


def review(overview: Overview) -> Markup:
    """Return what grew, stalled and was left out, and what to do next."""
    found = overview.review
    trained = (
        f"{counted(found.sessions, 'day')} trained, in {found.weeks_trained} of "
        f"{counted(found.weeks, 'week')}."
    )
    if not found.verdicts:
        return tag("div", tag("p", "Nothing was trained in these weeks."), class_="card")
    rows = [
        [
            capital(overview.name(verdict.exercise)),
            str(verdict.sessions),
            change_text(verdict, overview.unit),
            _change(verdict),
        ]
        for verdict in found.verdicts
    ]
    headings = ["Exercise", "Times", "First → last", "Change"]
    return tag(
        "div",
        tag(
            "div",
            table(f"{review_title(found)}. {trained}", headings, rows),
            class_="card",
        ),
        tag(
            "div",
            tag("h3", "What to do next"),
            _steps(overview),
            class_="card",
        ),
        class_="pair",
    )


def _steps(overview: Overview) -> Markup:
    steps = step_sentences(overview)
    if not steps:
        return tag(
            "p",
            "Too early to tell: what training does shows after eight weeks, and this looks back "
            "on fewer than four.",
        )
    return tag("ul", *(tag("li", one) for one in steps), class_="steps")


def _change(verdict: Verdict) -> Markup | str:
    if verdict.left_out:
        return "left out"
    if verdict.percent is None:
        return "new"
    colour = {Direction.GREW: "grew", Direction.FELL: "fell"}.get(verdict.direction)
    return tag("span", percent_text(verdict.percent), class_=colour)


def muscles(overview: Overview) -> Markup:
    """Return the body shaded by weekly sets, and the same as a table."""
    shades = {one.muscle: (_shade(one), _said(one, overview)) for one in overview.volumes}
    low, high = ADVISED_SETS
    bodies = tag(
        "div",
        tag("figure", figure(BACK, shades, "The back of the body"), tag("figcaption", "Back")),
        tag("figure", figure(FRONT, shades, "The front of the body"), tag("figcaption", "Front")),
        class_="bodies",
    )
    key = tag(
        "ul",
        *(
            tag(
                "li",
                tag(
                    "svg",
                    tag("rect", width=13, height=13, rx=3, class_=f"shade-{shade}"),
                    viewBox="0 0 13 13",
                    aria_hidden="true",
                ),
                label,
            )
            for shade, label in (
                (0, "none"),
                (1, f"under {low // 2}"),
                (2, f"under {low}"),
                (3, f"{low} to {(low + high) // 2}"),
                (4, f"up to {high}"),
                (5, f"over {high}"),
            )
        ),
        class_="key",
    )
    rows = [
        [
            capital(overview.muscles[one.muscle].name),
            _meter(one),
            number(one.average),
        ]
        for one in sorted(overview.volumes, key=lambda one: -one.average)
        if one.dose is not Dose.NONE
    ]
    weeks = counted(len(overview.weeks), "week")
    caption = (
        f"Average of {weeks}. A set counts half for a muscle that only helps. "
        f"{low} to {high} a week is what practice advises."
    )
    return tag(
        "div",
        tag("div", bodies, key, class_="card"),
        tag("div", table(caption, ["Muscle", "", "Sets"], rows), class_="card"),
        class_="pair muscles",
    )


def _shade(volume: MuscleVolume) -> int:
    low, high = ADVISED_SETS
    match volume.dose:
        case Dose.NONE:
            return 0
        case Dose.BELOW:
            return 1 if volume.average < low / 2 else 2
        case Dose.WITHIN:
            return 3 if volume.average <= (low + high) / 2 else 4
        case Dose.ABOVE:
            return 5


def _said(volume: MuscleVolume, overview: Overview) -> str:
    name = capital(overview.muscles[volume.muscle].name)
    return f"{name}: {number(volume.average)} hard sets a week"


def _meter(volume: MuscleVolume) -> Markup:
    """Return a bar of a muscle's sets over the advised range."""
    low, high = ADVISED_SETS
    most = 1.5 * high
    length = 100 * min(1.0, volume.average / most)
    return tag(
        "svg",
        tag("rect", width=100, height=12, class_="track"),
        tag("rect", x=100 * low / most, width=100 * (high - low) / most, height=12, class_="range"),
        tag(
            "rect",
            y=2,
            width=length,
            height=8,
            class_="over" if volume.dose is Dose.ABOVE else "amount",
        ),
        viewBox="0 0 100 12",
        preserveAspectRatio="none",
        class_="meter",
        aria_hidden="true",
    )


def calendar(overview: Overview) -> Markup:
    """Return the last twelve months, and the same as a table."""
    months = months_until(overview.today)
    rows = []
    for month in reversed(months):
        sets = [overview.days[day] for day in days_of(month) if day in overview.days]
        rows.append([f"{month:%B %Y}", str(len(sets)), number(sum(sets))])
    return tag(
        "div",
        tag(
            "div",
            *(month_figure(month, overview.days, overview.today) for month in months),
            class_="months",
        ),
        tag(
            "details",
            tag("summary", "Month by month"),
            table("Days trained and hard sets, month by month", ["Month", "Days", "Sets"], rows),
        ),
        class_="card",
    )


def exercise(course: Course, overview: Overview) -> Markup:
    """Return the card of an exercise: its chart and its bests."""
    title = course_title(course, overview)
    unit = overview.unit
    said = course_said(course, course.points, unit)
    points = drawn(course, overview.sessions_with_records(course.exercise), unit)
    has_volume = any(point.volume for point in points)
    what = capital(measure_text(course, unit))
    return tag(
        "article",
        tag("h3", capital(overview.name(course.exercise))),
        tag(
            "p",
            f"{what}{', volume as bars' if has_volume else ''}",
            class_="quiet",
        ),
        chart(points, title, said, Size()),
        tag("p", said, class_="quiet"),
        _in_figures(course, overview),
        class_="card",
    )


def _in_figures(course: Course, overview: Overview) -> Markup:
    """Return the best sets of an exercise, of each of its forms, and its months as a table."""
    forms = [(form, bests) for form, bests in overview.bests.items() if form[0] == course.exercise]
    tables = []
    for form, bests in forms:
        rows = [
            [what, set_text(one, overview.unit), short_day(one.day)]
            for what, one in best_sets(bests)
        ]
        if rows:
            name = capital(overview.form_name(form)) if len(forms) > 1 else "Best sets"
            tables.append(table(name, ["", "Set", "Day"], rows))
    return tag("details", tag("summary", "In figures"), *tables, _months(course, overview))


def _months(course: Course, overview: Overview) -> Markup:
    """Return the last months of an exercise: what the chart shows, for those who cannot see it."""
    months = groupby(reversed(course.points), key=lambda point: point.day.replace(day=1))
    rows = []
    for month, group in islice(months, MONTHS):
        points = list(group)
        best = max(point.value for point in points)
        sets = sum(point.sets for point in points)
        volume_g = sum(point.volume_g for point in points)
        rows.append(
            [
                f"{month:%B %Y}",
                value_text(best, course.measure, overview.unit),
                number(sets),
                volume_text(volume_g, overview.unit) if volume_g else "–",
            ]
        )
    return table("Month by month", ["Month", "Best", "Sets", "Volume"], rows)


def records(overview: Overview) -> Markup:
    """Return the latest records that were broken."""
    latest = overview.records[-RECORDS_SHOWN:][::-1]
    unit = overview.unit
    rows = [
        [
            _with_remark(capital(overview.form_name(one.set.form)), record_text(one, unit)),
            _with_remark(set_text(one.set, unit), f"before {set_text(one.before, unit)}"),
            short_day(one.set.day),
        ]
        for one in latest
    ]
    total = len(overview.records)
    caption = f"The latest {len(latest)} of {total:,}" if total > len(latest) else "All of them"
    return tag("div", table(caption, ["Exercise", "Set", "Day"], rows), class_="card")


def _with_remark(text: str, remark: str) -> Markup:
    return joined(text, " ", tag("small", remark))
