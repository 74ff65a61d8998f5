"""What is exported and imported again is the same log, as far as the form can carry it."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import ExitStack
from datetime import UTC, datetime, timedelta, timezone
from decimal import Decimal
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, TextIO

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from voicecoach.library.exercises import Library
from voicecoach.library.naming import Naming
from voicecoach.runtime.importing import matches_of, survey, take_in
from voicecoach.session.facts import (
    SessionFinished,
    SetAmended,
    SetLogged,
    SetResult,
    SetVoided,
)
from voicecoach.store.exchange.document import write_document
from voicecoach.store.exchange.hevy import write_hevy
from voicecoach.store.exchange.notation import Notation, clean
from voicecoach.store.exchange.plain import write_plain
from voicecoach.store.exchange.source import open_source
from voicecoach.store.exchange.strong import write_strong
from voicecoach.store.exchange.workouts import logged_workouts
from voicecoach.store.log import TrainingLog
from voicecoach.training.performance import PerformedSet
from voicecoach.training.prescription import SetKind, WorkoutPrescription
from voicecoach.units import Load, Rpe, Unit

NOW = datetime(2026, 11, 23, tzinfo=UTC)


@cache
def naming() -> Naming:
    return Naming(Library())


def called(one: PerformedSet) -> str:
    return naming().written(one.exercise, one.variation)


WRITERS: dict[str, Callable[[Any, TextIO], int]] = {
    "csv": write_plain,
    "json": write_document,
    "strong": lambda workouts, stream: write_strong(workouts, stream, Unit.KG, called),
    "hevy": lambda workouts, stream: write_hevy(workouts, stream, Unit.KG, called),
}

# What a spreadsheet would run, and what looks as if it had been seen to already.
dangerous = st.sampled_from(["=1+1", "'=1+1", "''@x", "+49 30", "-", "@SUM(A1)", "'", "=\t"])
awkward = st.sampled_from(['"', ",", ";", "two\nlines", "Ü", "🏋", "a,b;c\td", "null", "'tis"])
plain_text = st.text(st.characters(exclude_characters="\0", exclude_categories=["Cs"]), max_size=10)
texts = st.one_of(st.just(""), plain_text, dangerous, awkward)

targets = st.sampled_from(
    [
        ("bench-press", None),
        ("deadlift", "sumo"),
        ("pull-up", "weighted"),
        ("plank", None),
        ("hammer-strength-row", None),
        ("zercher-carry", None),
    ]
)
loads = st.one_of(
    st.none(),
    st.just(Load(0)),
    st.integers(1, 500_000).map(Load),
    st.integers(1, 4000).map(lambda quarters: Load.lb(Decimal(quarters) / 4)),
)
amounts = st.one_of(
    st.tuples(st.integers(1, 200), st.none()), st.tuples(st.none(), st.integers(1, 600))
)


@st.composite
def results(draw: st.DrawFn) -> SetResult:
    reps, hold_s = draw(amounts)
    return SetResult(
        reps=reps,
        hold_s=hold_s,
        load=draw(loads),
        rpe=draw(st.none() | st.integers(10, 20).map(lambda halves: Rpe(Decimal(halves) / 2))),
        effort=draw(st.sampled_from([None, "easy", "hard"])),
        pain=draw(st.booleans()),
        note=draw(texts),
    )


@st.composite
def sessions(draw: st.DrawFn) -> dict[str, Any]:
    zone = timezone(timedelta(minutes=15 * draw(st.integers(-40, 48))))
    began = draw(st.datetimes(datetime(2015, 1, 1), datetime(2026, 1, 1)))  # noqa: DTZ001
    return {
        "started_at": began.replace(microsecond=0, tzinfo=zone),
        "routine": draw(st.sampled_from(["full-back", "lower-back"])),
        "workout": draw(texts),
        "sets": draw(st.lists(st.tuples(targets, st.sampled_from(SetKind), results()), max_size=5)),
        "voids": draw(st.booleans()),
        "finishes": draw(st.booleans()),
    }


logs = st.lists(sessions(), max_size=3, unique_by=lambda one: one["started_at"].replace(second=0))


def write_log(log: TrainingLog, told: list[dict[str, Any]]) -> None:
    for key, session in enumerate(told):
        plan = WorkoutPrescription(
            routine=session["routine"], name="", workout=session["workout"], blocks=()
        )
        log.begin_session(f"session {key}", session["started_at"], plan)
        facts: list[Any] = [
            SetLogged(
                at_ms=number * 61_001,
                set_id=str(number),
                block=0,
                number=number,
                exercise=exercise,
                variation=variation,
                kind=kind,
                low=4,
                high=None,
                result=result,
                source="voice",
            )
            for number, ((exercise, variation), kind, result) in enumerate(session["sets"], 1)
        ]
        if facts and session["voids"]:
            mended = SetResult(reps=3, load=Load.kg(60), note="mended")
            facts.append(SetAmended(at_ms=10**6, set_id=facts[-1].set_id, result=mended))
            facts.append(SetVoided(at_ms=10**6, set_id=facts[0].set_id))
        if session["finishes"]:
            facts.append(SessionFinished(at_ms=3_600_500, completed=True))
        log.append(f"session {key}", facts)


def bring_in(file: Path, log: TrainingLog) -> tuple[int, int]:
    """Take in a file; return how many sets were added, and how many were there."""
    source = open_source(file)
    notation = Notation(unit=Unit.KG, zone=UTC)
    found = survey(source, notation, NOW)
    assert found.findings == []
    matches = {one.name: one for one in matches_of(found.names, source, naming())}
    tally = take_in(source, notation, found, matches, log, NOW, doubtful=True)
    return tally.added, tally.there


def everything(log: TrainingLog) -> list[object]:
    return list(log.performed_sets())


def everything_and_the_workouts(log: TrainingLog) -> list[object]:
    trained = {one.session for one in log.performed_sets()}
    return [*log.performed_sets(), *(one for one in log.sessions() if one.id in trained)]


def as_apps_have_it(log: TrainingLog) -> list[object]:
    """Return what Strong and Hevy know of a set, and in which order within an exercise.

    A title that is all space is none, and a load that is not known is none.
    """
    found: list[tuple[object, ...]] = []
    for session, sets in logged_workouts(log):
        title = session.workout or session.routine
        for one in sets:
            start = session.started_at.replace(second=0, tzinfo=None)
            done = (one.reps, one.hold_s, one.load or Load(0), one.rpe, one.kind.value)
            name = (one.exercise, one.variation)
            found.append((start, clean(title), name, *done))
    return sorted(found, key=lambda one: str(one[:3]))


CARRIED = {
    "csv": everything,
    "json": everything_and_the_workouts,
    "strong": as_apps_have_it,
    "hevy": as_apps_have_it,
}


@pytest.mark.parametrize("form", WRITERS)
def test_export_then_import_gives_the_same_log(form: str) -> None:
    @settings(max_examples=10)
    @given(logs)
    def comes_back(told: list[dict[str, Any]]) -> None:
        with TemporaryDirectory() as name, ExitStack() as stack:
            folder = Path(name)
            ours = stack.enter_context(TrainingLog.open(folder / "ours.sqlite3"))
            theirs = stack.enter_context(TrainingLog.open(folder / "theirs.sqlite3"))
            write_log(ours, told)
            file = folder / f"log.{form}"
            with file.open("w", encoding="utf-8", newline="") as stream:
                count = WRITERS[form](logged_workouts(ours), stream)
            if not count and form == "json":
                return
            assert bring_in(file, theirs) == (count, 0)
            carried = CARRIED[form]
            assert carried(theirs) == carried(ours)
            assert bring_in(file, theirs) == (0, count)  # a second time adds nothing
            assert bring_in(file, ours) == (0, count)  # and where it came from it is known
            assert carried(ours) == carried(theirs)

    comes_back()
