"""The words of a report: quantities, records, verdicts and steps, for a terminal and for a page."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from itertools import groupby

from voicecoach.language.prompts import listed
from voicecoach.report.overview import Overview
from voicecoach.training.course import Course, Measure, Point
from voicecoach.training.hard_sets import HardSet
from voicecoach.training.records import Bests, Record, RecordKind
from voicecoach.training.review import Advised, Review, Step, Verdict
from voicecoach.training.volume import ADVISED_SETS
from voicecoach.units import Load, Unit, plain

MINUS = "\N{MINUS SIGN}"
TIMES = "\N{MULTIPLICATION SIGN}"

REPS_SHOWN = (1, 3, 5, 8, 10, 12)
"""Of the best sets, those that lifters compare."""


def day_text(day: date) -> str:
    """Return a day as it is read: `5 January 2026`."""
    return f"{day.day} {day:%B %Y}"


def short_day(day: date) -> str:
    """Return a day in little room: `5 Jan 2026`."""
    return f"{day.day} {day:%b %Y}"


def number(value: Decimal | float, places: int = 1) -> str:
    """Return a number with at most so many decimals, thousands apart: `1,234.5`."""
    return f"{plain(round(Decimal(value), places)):,f}"


def load_text(load: Load, unit: Unit) -> str:
    """Return a load that was lifted: `102.5 kg`, to one decimal where it was no round number."""
    return load.converted(unit).replace(unit.value, f" {unit.value}")


def value_text(value: int, measure: Measure, unit: Unit) -> str:
    """Return the value of a course: `104.2 kg`, `12 reps`, `45 s`."""
    match measure:
        case Measure.ESTIMATE | Measure.LOAD:
            return f"{number(value / unit.grams)} {unit.value}"
        case Measure.REPS:
            return counted(value, "rep")
        case Measure.HOLD:
            return f"{value} s"


def volume_text(volume_g: int, unit: Unit) -> str:
    """Return load times repetitions: `4,280 kg`."""
    return f"{number(volume_g / unit.grams, 0)} {unit.value}"


def set_text(one: HardSet, unit: Unit) -> str:
    """Return a set in short: `5 × 102.5 kg`, `12 reps`, `45 s`, `45 s with 10 kg`."""
    if one.hold_s is not None:
        held = f"{one.hold_s} s"
        return f"{held} with {load_text(one.load, unit)}" if one.load else held
    if one.load:
        return f"{one.reps} {TIMES} {load_text(one.load, unit)}"
    return counted(one.reps or 0, "rep")


def best_sets(bests: Bests) -> list[tuple[str, HardSet]]:
    """Return the best sets of a form, each with all that it is the best in."""
    found: list[tuple[str, HardSet | None]] = [("estimated 1RM", bests.strongest)]
    heaviest = dict.fromkeys(bests.heaviest_for(reps) for reps in REPS_SHOWN)
    found += [(f"for {counted(one.reps or 0, 'rep')}", one) for one in heaviest if one and one.load]
    found += [
        ("most reps", bests.most_reps_with(Load(0))),
        ("longest hold", bests.longest_with(Load(0))),
        ("biggest set", bests.biggest),
    ]
    by_set: dict[HardSet, list[str]] = {}
    for what, one in found:
        if one:
            by_set.setdefault(one, []).append(what)
    return [(capital(", ".join(best_in)), one) for one, best_in in by_set.items()]


def record_text(record: Record, unit: Unit) -> str:
    """Return what a record is in: `heaviest for 5 reps`."""
    match record.kind:
        case RecordKind.REPS:
            return f"heaviest for {counted(record.set.reps or 0, 'rep')}"
        case RecordKind.ESTIMATE:
            return "highest estimated 1RM"
        case RecordKind.HOLD:
            return "longest hold"
        case RecordKind.MOST_REPS:
            load = record.set.load
            return f"most reps with {load_text(load, unit)}" if load else "most reps"
        case RecordKind.VOLUME:
            return "biggest set"


def percent_text(percent: float) -> str:
    """Return a change: `+4.2 %`, with a sign that is read as one."""
    rounded = round(percent, 1)
    sign = "+" if rounded > 0 else MINUS if rounded < 0 else "±"
    return f"{sign}{number(abs(rounded))} %"


def change_text(verdict: Verdict, unit: Unit) -> str:
    """Return an exercise's best of the first and of the last weeks: `138.8 → 142 kg`."""
    early, late = (
        value_text(point.value, verdict.measure, unit) if point else ""
        for point in (verdict.early, verdict.late)
    )
    if not (early and late):
        return early or late
    before, unit_before = early.split()
    return f"{before if unit_before in late else early} → {late}"


def step_sentences(overview: Overview) -> list[str]:
    """Return what to do next, a sentence for each kind of step: what is alike is said once."""
    return [
        _step_text(step, [_subject(one, overview) for one in group], overview)
        for step, group in groupby(overview.review.next, key=lambda one: one.step)
    ]


def _step_text(step: Step, subjects: list[str], overview: Overview) -> str:
    low, high = ADVISED_SETS
    what = capital(listed(tuple(subjects)))
    stands, goes = ("stands", "goes") if len(subjects) == 1 else ("stand", "go")
    match step:
        case Step.TRAIN_WEEKLY:
            missed = overview.review.weeks - overview.review.weeks_trained
            return f"{counted(missed, 'week')} without training: one short session is enough."
        case Step.TAKE_UP:
            return f"{what}: left out for three weeks or more. Take up again, or replace."
        case Step.CHANGE_STIMULUS:
            return f"{what} {stands} still. Change the reps or the variation for a few weeks."
        case Step.RECOVER:
            return f"{what} {goes} down. Take an easy week, then build up again."
        case Step.MORE_SETS:
            return f"{what}: fewer than {low} hard sets a week. Add a set here and there."
        case Step.FEWER_SETS:
            return f"{what}: more than {high} hard sets a week. Take some away."
        case Step.KEEP_GOING:
            return "All of it grows. Keep going as you are."


def _subject(advised: Advised, overview: Overview) -> str:
    muscle = overview.muscles.get(advised.subject)
    return muscle.name if muscle else overview.name(advised.subject)


def review_title(review: Review) -> str:
    """Return what a review is of: `8 weeks, 28 September to 22 November 2026`."""
    return f"{counted(review.weeks, 'week')}, {_from_to(review.since, review.until)}"


def course_title(course: Course, overview: Overview) -> str:
    """Return what a chart of a course is called: `Deadlift: estimated 1RM in kg`."""
    name = capital(overview.name(course.exercise))
    return f"{name}: {measure_text(course, overview.unit)}"


def measure_text(course: Course, unit: Unit) -> str:
    """Return what a course is measured by, and in what: `estimated 1RM in kg`."""
    match course.measure:
        case Measure.ESTIMATE:
            return f"estimated 1RM in {unit.value}{', body included' if course.with_body else ''}"
        case Measure.LOAD:
            return f"heaviest set in {unit.value}, added to the body"
        case Measure.REPS:
            return "most reps in a set"
        case Measure.HOLD:
            return "longest hold"


def course_said(course: Course, points: Sequence[Point], unit: Unit) -> str:
    """Return what some sessions of a course show: how many, the best and the last."""
    top, last = max(points, key=lambda point: point.value), points[-1]
    return (
        f"{counted(len(points), 'session')}. Best: "
        f"{value_text(top.value, course.measure, unit)} on {short_day(top.day)}. "
        f"Last: {value_text(last.value, course.measure, unit)} on {short_day(last.day)}."
    )


def counted(count: int, singular: str, plural: str = "") -> str:
    """Return a count with its noun: `1 rep`, `12 reps`."""
    return f"{count:,} {singular if count == 1 else plural or singular + 's'}"


def capital(text: str) -> str:
    """Return `text` with its first letter a capital and the others as they are."""
    return text[:1].upper() + text[1:]


def one_line(text: str) -> str:
    """Return `text` without what would steer a terminal or break a line: names are imported."""
    return "".join(character if character.isprintable() else " " for character in text)


def _from_to(since: date, until: date) -> str:
    first = f"{since.day} {since:%B}" if since.year == until.year else day_text(since)
    return f"{first} to {day_text(until)}"
