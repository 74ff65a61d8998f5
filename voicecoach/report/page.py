"""The page of a training log: one HTML file that needs nothing else, no script and no network."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from importlib import resources

from voicecoach.report import sections
from voicecoach.report.bodyweight import bodyweight
from voicecoach.report.markup import Markup, joined, tag
from voicecoach.report.overview import Overview
from voicecoach.report.wording import counted, day_text, number, short_day, volume_text
from voicecoach.units import Unit

LATELY_DAYS = 365
"""An exercise not done for so long is shown folded up."""


def page(overview: Overview) -> str:
    """Return the page as a whole HTML document."""
    style = (resources.files("voicecoach.report") / "page.css").read_text(encoding="utf-8")
    head = tag(
        "head",
        tag("meta", charset="utf-8"),
        tag("meta", name="viewport", content="width=device-width, initial-scale=1"),
        # Nothing is fetched, and a name that came with an import can run nothing.
        tag(
            "meta",
            http_equiv="Content-Security-Policy",
            content="default-src 'none'; style-src 'unsafe-inline'; img-src data:",
        ),
        tag("title", f"Training log, {day_text(overview.today)}"),
        tag("link", rel="icon", href="data:,"),
        tag("style", Markup(style)),
    )
    parts = list(_sections(overview)) if overview.sets else []
    body = tag(
        "body",
        _header(overview, [(anchor, title) for anchor, title, _ in parts]),
        tag(
            "main",
            *(
                tag("section", tag("h2", title), content, id=anchor)
                for anchor, title, content in parts
            ),
        ),
        tag(
            "footer",
            tag("p", "Made by voicecoach. It is no medical advice."),
        ),
    )
    return "<!DOCTYPE html>\n" + tag("html", head, body, lang="en") + "\n"


def _sections(overview: Overview) -> Iterator[tuple[str, str, Markup]]:
    """Yield each section with its anchor and title."""
    yield "review", "The last eight weeks", sections.review(overview)
    if any(one.average for one in overview.volumes):  # a body all grey tells nothing
        yield "muscles", "Hard sets per muscle and week", sections.muscles(overview)
    yield "calendar", "Calendar", joined(sections.calendar(overview), _years(overview))
    yield "exercises", "Exercises", _exercises(overview)
    if overview.weights:
        yield "bodyweight", "Bodyweight", bodyweight(overview)
    if overview.records:
        yield "records", "Records broken", sections.records(overview)


def _header(overview: Overview, parts: Sequence[tuple[str, str]]) -> Markup:
    if not overview.days:
        return tag(
            "header",
            tag("h1", "Training log"),
            tag("p", "The log is empty. Train a first time with: voicecoach start", class_="quiet"),
        )
    first = min(overview.days)
    return tag(
        "header",
        tag("h1", "Training log"),
        tag("p", f"{day_text(first)} to {day_text(overview.today)}", class_="quiet"),
        tag("nav", *(tag("a", title, href=f"#{anchor}") for anchor, title in parts)),
        _figures(overview),
    )


def _figures(overview: Overview) -> Markup:
    """Return what is told in large numbers."""
    streaks = overview.streaks
    longest = counted(streaks.longest_weeks, "week")
    until = f"longest: {longest}"
    if streaks.longest_until and streaks.longest_weeks > streaks.current_weeks:
        until += f", until {short_day(min(streaks.longest_until, overview.today))}"
    in_review = overview.review
    return tag(
        "dl",
        _figure("Weeks in a row", number(streaks.current_weeks), until),
        _figure("Days trained", number(streaks.days), f"{in_review.sessions} in eight weeks"),
        _figure("Hard sets", number(overview.sets), "warm-ups and sets that hurt left out"),
        _figure("Moved", *_moved(overview)),
        class_="figures",
    )


def _moved(overview: Overview) -> tuple[str, str]:
    """Return the volume of all years, in tonnes where loads are in kilograms."""
    if overview.unit is Unit.LB:
        return volume_text(overview.volume_g, Unit.LB), "load times reps, in all"
    tonnes = overview.volume_g / 1_000_000
    return f"{number(tonnes, 1 if tonnes < 100 else 0)} t", "load times reps, in all"


def _figure(name: str, value: str, remark: str) -> Markup:
    return tag(
        "div",
        tag("dt", name),
        tag("dd", value, tag("small", remark)),
        class_="card",
    )


def _years(overview: Overview) -> Markup | None:
    """Return a table of years, where there is more than one."""
    days, sets = Counter[int](), Counter[int]()
    for day, count in overview.days.items():
        days[day.year] += 1
        sets[day.year] += count
    if len(days) < 2:
        return None
    rows = [[str(year), number(days[year]), number(sets[year])] for year in sorted(days)[::-1]]
    return tag(
        "details",
        tag("summary", "Year by year"),
        sections.table("Days trained and hard sets, year by year", ["Year", "Days", "Sets"], rows),
    )


def _exercises(overview: Overview) -> Markup:
    lately = [
        course
        for course in overview.courses
        if (overview.today - course.points[-1].day).days < LATELY_DAYS
    ]
    before = overview.courses[len(lately) :]
    cards = tag("div", *(sections.exercise(one, overview) for one in lately), class_="charts")
    if not before:
        return cards
    folded = tag(
        "details",
        tag("summary", f"{counted(len(before), 'exercise')} not done for a year"),
        tag("div", *(sections.exercise(one, overview) for one in before), class_="charts"),
    )
    return joined(cards, folded)
