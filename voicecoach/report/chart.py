"""Charts as SVG: the course of an exercise as a line, its volume as bars beneath."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date

from voicecoach.report.markup import Markup, joined, tag
from voicecoach.report.scales import Scale, day_ticks, tick_text, value_ticks
from voicecoach.training.course import Course, Measure, Point
from voicecoach.units import Unit

MOST_POINTS = 150
"""Of a line; of more the best of each stretch is drawn."""

LEFT, RIGHT, TOP, BOTTOM = 40, 12, 14, 22
BARS_SHARE = 0.22  # of the height, for the volume


@dataclass(frozen=True, slots=True, kw_only=True)
class Size:
    """The width and height of a chart in its own pixels, and of its letters."""

    width: int = 360
    height: int = 220
    letters: int = 11


@dataclass(frozen=True, slots=True, kw_only=True)
class Drawn:
    """A session as a chart draws it."""

    day: date
    value: float
    volume: float
    record: bool


def drawn(
    course: Course, records: Collection[str], unit: Unit, points: Sequence[Point] | None = None
) -> list[Drawn]:
    """Return the sessions of a course, or some of them, as they are drawn: in `unit`, thinned out.

    `records` are the sessions that broke one.
    """
    points = course.points if points is None else points
    per_volume = float(unit.grams)
    per_value = per_volume if course.measure in {Measure.ESTIMATE, Measure.LOAD} else 1.0
    stretch = -(-len(points) // MOST_POINTS)
    found = []
    for start in range(0, len(points), stretch):
        some = points[start : start + stretch]
        best = max(some, key=lambda point: point.value)
        found.append(
            Drawn(
                day=best.day,
                value=best.value / per_value,
                volume=sum(point.volume_g for point in some) / len(some) / per_volume,
                record=any(point.session in records for point in some),
            )
        )
    return found


def chart(points: Sequence[Drawn], title: str, description: str, size: Size) -> Markup:
    """Return the chart of at least one session as a picture that takes its style from the page."""
    return tag(
        "svg",
        tag("title", title),
        tag("desc", description),
        plot(points, size),
        xmlns="http://www.w3.org/2000/svg",
        viewBox=f"0 0 {size.width} {size.height}",
        role="img",
        class_="chart",
        font_size=size.letters,
    )


def plot(points: Sequence[Drawn], size: Size) -> Markup:
    """Return the lines, bars and labels of a chart.

    Their classes are `grid`, `label`, `line`, `dot`, `record` and `bar`.
    """
    has_bars = any(point.volume for point in points)
    floor = size.height - BOTTOM
    base = TOP + (floor - TOP) * (1 - BARS_SHARE) - 8 if has_bars else floor
    ticks = value_ticks(min(p.value for p in points), max(p.value for p in points))
    values = Scale(ticks[0], ticks[-1], base, TOP)
    first, last = points[0].day, points[-1].day
    span = max(1, (last - first).days)
    # One session alone stands in the middle.
    days = Scale(0, span, LEFT + 6, size.width - RIGHT - 6)
    places = [days.at((point.day - first).days if last > first else 0.5 * span) for point in points]
    return joined(
        *(_value_line(tick, values.at(tick), size) for tick in ticks),
        *(
            _day_label(days.at((day - first).days if last > first else 0.5 * span), label, size)
            for day, label in day_ticks(first, last)
        ),
        _bars(points, places, floor, base + 8) if has_bars else None,
        _line(points, places, values),
    )


def _value_line(tick: float, y: float, size: Size) -> Markup:
    return joined(
        tag("line", x1=LEFT, x2=size.width - RIGHT, y1=y, y2=y, class_="grid"),
        tag("text", tick_text(tick), x=LEFT - 6, y=y + 4, text_anchor="end", class_="label"),
    )


def _day_label(x: float, label: str, size: Size) -> Markup:
    # At the edges a label is pushed inward rather than cut off.
    room = 0.3 * size.letters * len(label)
    inward = min(max(x, LEFT - 12 + room), size.width - room - 2)
    return tag("text", label, x=inward, y=size.height - 6, text_anchor="middle", class_="label")


def _bars(points: Sequence[Drawn], places: Sequence[float], floor: float, top: float) -> Markup:
    highest = max(point.volume for point in points)
    heights = Scale(0, highest, floor, top)
    width = min(10.0, max(1.2, 0.7 * (places[-1] - places[0]) / len(places)))
    return joined(
        *(
            tag(
                "rect",
                x=x - width / 2,
                y=heights.at(point.volume),
                width=width,
                height=floor - heights.at(point.volume),
                class_="bar",
            )
            for point, x in zip(points, places, strict=True)
            if point.volume
        )
    )


def _line(points: Sequence[Drawn], places: Sequence[float], values: Scale) -> Markup:
    spots = [(x, values.at(point.value)) for x, point in zip(places, points, strict=True)]
    path = " ".join(f"{x:.1f},{y:.1f}" for x, y in spots)
    crowded = len(points) > 40
    return joined(
        tag("polyline", points=path, class_="line", fill="none") if len(points) > 1 else None,
        *(tag("circle", cx=x, cy=y, r=2.2, class_="dot") for x, y in (() if crowded else spots)),
        *(
            tag("circle", cx=x, cy=y, r=3.4, class_="record")
            for (x, y), point in zip(spots, points, strict=True)
            if point.record
        ),
    )
