"""The log as a JSON document: read workout by workout, and what is wrong in it told."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from voicecoach.errors import ExchangeError
from voicecoach.store.exchange.notation import Notation
from voicecoach.store.exchange.rows import ImportedSet, RowFinding
from voicecoach.store.exchange.source import open_source

A_SET = {
    "id": "1", "at": "2026-01-05T18:01:00+01:00", "exercise": "deadlift", "variation": "sumo",
    "set": 1, "kind": "working", "reps": 5, "hold_seconds": None, "load_g": 100000, "rpe": 8.5,
    "low": 4, "high": 6, "effort": None, "pain": False, "note": "", "source": "voice",
}  # fmt: skip
A_WORKOUT = {
    "id": "monday", "started": "2026-01-05T18:00:00+01:00", "routine": "full-back",
    "workout": "A", "unit": "kg", "note": "", "duration_seconds": None, "finished_ms": 3600000,
    "completed": True, "sets": [A_SET],
}  # fmt: skip


def document(*workouts: object) -> str:
    return json.dumps({"schema": "voicecoach.log/1", "workouts": workouts})


def read(tmp_path: Path, text: str) -> list[Any]:
    file = tmp_path / "log.json"
    file.write_text(text, encoding="utf-8")
    return list(open_source(file).sets(Notation()))


@pytest.mark.parametrize("indent", [None, 2])
def test_a_document_is_read_however_it_is_laid_out(tmp_path: Path, indent: int | None) -> None:
    text = json.dumps(json.loads(document(*[A_WORKOUT] * 500)), indent=indent)
    told = read(tmp_path, text)
    assert len(told) == 500
    assert all(isinstance(one, ImportedSet) for one in told)


def test_an_empty_document_holds_nothing(tmp_path: Path) -> None:
    assert read(tmp_path, document()) == []


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"reps": -1}, "a set: reps is -1"),
        ({"reps": True}, "a set: reps is True"),
        ({"reps": 10**30}, "a set: reps is 1"),
        ({"exercise": ""}, "a set: exercise is empty"),
        ({"kind": "hard"}, "a set: kind is 'hard'"),
        ({"at": "2026-01-05T18:01:00"}, "a set: at is"),
        ({"at": "0001-01-01T00:00:00+00:00"}, "a set: at is"),
        ({"rpe": 12}, "a set: an RPE of 12"),
        ({"rpe": "8"}, "a set: an RPE of '8'"),
        ({"load_g": 1.5}, "a set: load_g is"),
        ({"note": None}, "a set: there is no note"),
    ],
)
def test_a_set_that_does_not_fit_is_told_and_the_rest_goes_on(
    tmp_path: Path, change: dict[str, object], reason: str
) -> None:
    finding, good = read(tmp_path, document({**A_WORKOUT, "sets": [{**A_SET, **change}, A_SET]}))
    assert isinstance(finding, RowFinding)
    assert finding.problem.startswith(reason)
    assert isinstance(good, ImportedSet)


@pytest.mark.parametrize("workout", [7, None, [], {}, {**A_WORKOUT, "sets": 7}])
def test_a_workout_that_does_not_fit_is_told(tmp_path: Path, workout: object) -> None:
    finding, good = read(tmp_path, document(workout, A_WORKOUT))
    assert isinstance(finding, RowFinding)
    assert isinstance(good, ImportedSet)


def test_a_set_that_is_none_is_told(tmp_path: Path) -> None:
    told = read(tmp_path, document({**A_WORKOUT, "sets": [7, None, [], A_SET]}))
    assert [type(one) for one in told] == [RowFinding] * 3 + [ImportedSet]


@pytest.mark.parametrize(
    "text",
    [
        document(A_WORKOUT)[:-60],
        document(A_WORKOUT)[:-2],
        '{"schema": "voicecoach.log/1"}',
        '{"schema": "voicecoach.routine/1", "workouts": []}',
        '{"workouts": []}',
        "[1, 2]",
        "{",
        '{"schema": ' + "[" * 100_000,
    ],
)
def test_a_document_cut_short_or_of_another_kind_is_one_clear_line(
    tmp_path: Path, text: str
) -> None:
    with pytest.raises(ExchangeError) as caught:
        read(tmp_path, text)
    assert caught.value.place.startswith(f"{tmp_path / 'log.json'}:")


def test_a_text_that_no_log_can_hold_is_taken_in_without_it(tmp_path: Path) -> None:
    text = document({**A_WORKOUT, "sets": [{**A_SET, "note": "tight\0 \ud800"}]})
    (only,) = read(tmp_path, text)
    assert only.result.note == "tight ?"
