"""The sets of a session as a small table."""

from __future__ import annotations

from collections.abc import Iterable

from voicecoach.report.wording import one_line
from voicecoach.training.performance import PerformedSet
from voicecoach.training.prescription import SetKind
from voicecoach.units import Unit

KINDS = {SetKind.WARMUP: "warm-up", SetKind.DROP: "drop", SetKind.FAILURE: "failure"}
"""How a set is marked that is no working set."""


def sets_table(sets: Iterable[PerformedSet], unit: Unit) -> str:
    """Return a line a set: exercise, number, what was done, and with what."""
    rows = [
        (_name(one), str(one.number), _amount(one), _load(one, unit), _marks(one)) for one in sets
    ]
    if not rows:
        return "No set was logged."
    header = ("exercise", "set", "done", "load", "")
    widths = [max(len(row[n]) for row in (header, *rows)) for n in range(len(header))]
    lines = (
        "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip()
        for row in (header, *rows)
    )
    return "\n".join(lines)


def _name(one: PerformedSet) -> str:
    return one.exercise if one.variation is None else f"{one.exercise} ({one.variation})"


def _amount(one: PerformedSet) -> str:
    if one.hold_s is not None:
        return f"{one.hold_s} s"
    return "?" if one.reps is None else f"{one.reps} reps"


def _load(one: PerformedSet, unit: Unit) -> str:
    if one.load is None:
        return "?"
    return one.load.told(unit) if one.load.grams else "bodyweight"


def _marks(one: PerformedSet) -> str:
    kind = "" if one.kind is SetKind.WORKING else KINDS[one.kind]
    rpe = f"RPE {one.rpe.value:f}" if one.rpe else ""
    return ", ".join(
        mark
        for mark in (kind, rpe, one.effort or "", "it hurt" if one.pain else "", one_line(one.note))
        if mark
    )
