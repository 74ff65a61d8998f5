"""Progress as JSON, for programs."""

from __future__ import annotations

from typing import Any

from voicecoach.report.overview import Overview
from voicecoach.training.course import Course, Measure, Point
from voicecoach.training.hard_sets import HardSet
from voicecoach.training.records import Record
from voicecoach.training.review import Verdict

SCHEMA = "voicecoach.progress/1"


def progress_json(overview: Overview, exercise: str | None) -> dict[str, Any]:
    """Return the overview for programs; the sessions of `exercise` alone are all named.

    Loads and estimates, the body included, are in kilograms, values else in
    repetitions or seconds.
    """
    streaks, review = overview.streaks, overview.review
    return {
        "schema": SCHEMA,
        "day": overview.today.isoformat(),
        "streaks": {
            "current_weeks": streaks.current_weeks,
            "longest_weeks": streaks.longest_weeks,
            "longest_until": streaks.longest_until and streaks.longest_until.isoformat(),
            "days": streaks.days,
        },
        "review": {
            "since": review.since.isoformat(),
            "until": review.until.isoformat(),
            "sessions": review.sessions,
            "weeks_trained": review.weeks_trained,
            "exercises": [_verdict_json(one) for one in review.verdicts],
            "next": [{"step": one.step.value, "subject": one.subject} for one in review.next],
        },
        "muscles": [
            {
                "muscle": one.muscle,
                "sets_per_week": round(one.average, 2),
                "weekly": list(one.weekly),
                "dose": one.dose.value,
            }
            for one in overview.volumes
        ],
        "weeks": [week.isoformat() for week in overview.weeks],
        "exercises": [_course_json(one, full=exercise is not None) for one in overview.courses],
        "records": [_record_json(one) for one in overview.records],
        "bodyweights": [
            {"day": day.isoformat(), "weight_kg": weight.grams / 1000}
            for day, weight in (() if exercise else overview.weights)
        ],
    }


def _verdict_json(verdict: Verdict) -> dict[str, Any]:
    return {
        "exercise": verdict.exercise,
        "measure": verdict.measure.value,
        "sessions": verdict.sessions,
        "early": _value_json(verdict.early, verdict.measure),
        "late": _value_json(verdict.late, verdict.measure),
        "percent": None if verdict.percent is None else round(verdict.percent, 2),
        "direction": verdict.direction.value,
        "left_out": verdict.left_out,
    }


def _value_json(point: Point | None, measure: Measure) -> float | None:
    if point is None:
        return None
    return point.value / 1000 if measure in {Measure.ESTIMATE, Measure.LOAD} else point.value


def _course_json(course: Course, *, full: bool) -> dict[str, Any]:
    given: dict[str, Any] = {
        "exercise": course.exercise,
        "measure": course.measure.value,
        "sessions": len(course.points),
        "best": _point_json(course.top, course.measure),
        "last": _point_json(course.points[-1], course.measure),
    }
    if full:
        given["points"] = [_point_json(point, course.measure) for point in course.points]
    return given


def _point_json(point: Point, measure: Measure) -> dict[str, Any]:
    return {
        "day": point.day.isoformat(),
        "value": _value_json(point, measure),
        "sets": point.sets,
        "volume_kg": point.volume_g / 1000,
        "best": _set_json(point.best),
    }


def _record_json(record: Record) -> dict[str, Any]:
    return {
        "kind": record.kind.value,
        "exercise": record.set.exercise,
        "variation": record.set.variation,
        "day": record.set.day.isoformat(),
        "set": _set_json(record.set),
        "before": {"day": record.before.day.isoformat(), "set": _set_json(record.before)},
    }


def _set_json(one: HardSet) -> dict[str, Any]:
    return {
        "reps": one.reps,
        "hold_seconds": one.hold_s,
        "load_kg": None if one.load is None else one.load.grams / 1000,
        "e1rm_kg": one.estimate.grams / 1000 if one.estimate else None,
    }
