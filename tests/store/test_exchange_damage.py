"""Files that were damaged, cut or made by chance: an error in words or findings, never a crash."""

from __future__ import annotations

import tempfile
from datetime import UTC
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from voicecoach.errors import ExchangeError
from voicecoach.store.exchange.dates import DateOrder
from voicecoach.store.exchange.forms import FORMS
from voicecoach.store.exchange.notation import Notation
from voicecoach.store.exchange.rows import ImportedSet
from voicecoach.store.exchange.source import open_source
from voicecoach.units import Unit

MEANINGS = {
    "start time": "2026-07-06 17:59",
    "workout datetime": "2026-07-06T17:00:00Z",
    "started": "2026-07-06T17:00:00+02:00",
    "at": "2026-07-06T17:01:00+02:00",
    "date": "06/07/2026",
    "exercise": "Squat",
    "exercise name": "Squat",
    "exercise title": "Squat",
    "set order": "1",
    "set type": "normal",
    "reps": "5",
    "completed reps": "5",
    "set 1": "5",
    "weight": "82,5",
    "kind": "working",
    "rpe": "8",
    "timestamp": "2026-07-06 17:59",
}
BESIDE = {"csv": {"started", "kind"}, "liftlog": {"timestamp"}}


def sample(form: str) -> str:
    """Return a small file of a form: its header, and three rows of what it may hold."""
    needs = next(one for one in FORMS if one.name == form).needs
    names = sorted(needs | {"weight", "rpe", "notes"} | BESIDE.get(form, set()))
    row = ";".join(MEANINGS.get(name, "1") for name in names)
    return "\n".join([";".join(names), row, row, row])


def read(content: bytes) -> int:
    """Return how many sets a file of these bytes holds; none where it is refused in words."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "export.csv"
        file.write_bytes(content)
        try:
            source = open_source(file)
            evidence = source.evidence()
            notation = Notation(
                unit=Unit.KG,
                order=DateOrder.DAY_FIRST,
                decimal_comma=evidence.decimal_comma,
                zone=UTC,
            )
            return sum(isinstance(one, ImportedSet) for one in source.sets(notation))
        except ExchangeError:
            return 0


@pytest.mark.parametrize("form", [form.name for form in FORMS if form.name != "stronglifts"])
def test_the_samples_hold_sets(form: str) -> None:
    assert read(sample(form).encode()) == 3


@given(st.binary(max_size=200))
def test_whatever_bytes_a_file_holds_it_is_refused_in_words(content: bytes) -> None:
    assert read(content) == 0


@settings(max_examples=200)
@given(
    st.sampled_from([form.name for form in FORMS]),
    st.sampled_from(["utf-8", "utf-16", "cp1252"]),
    st.data(),
)
def test_a_damaged_file_never_stops_the_reading(
    form: str, encoding: str, data: st.DataObject
) -> None:
    content = bytearray(sample(form).encode(encoding, "replace"))
    for _ in range(data.draw(st.integers(1, 4))):
        at = data.draw(st.integers(0, max(len(content) - 1, 0)))
        match data.draw(st.sampled_from(["cut", "change", "put in", "double"])):
            case "cut":
                del content[at:]
            case "change":
                content[at : at + 1] = data.draw(st.binary(min_size=1, max_size=1))
            case "put in":
                content[at:at] = data.draw(st.sampled_from([b'"', b"\n", b"\r", b";", b"\0", b"-"]))
            case _:
                content[at:at] = content[at : at + 40]
    assert read(bytes(content)) >= 0


@settings(max_examples=200)
@given(
    st.sampled_from([form.name for form in FORMS]),
    st.text(st.characters(exclude_categories=["Cs"]), max_size=12)
    | st.sampled_from(["-1", "1e5", "1e-9", "9" * 30, "١٢", "NaN", "0", "", "12:61", "99/99/9999"])
    | st.decimals(allow_nan=False, allow_infinity=False).map(str),
    st.data(),
)
def test_whatever_a_cell_holds_is_read_or_told(form: str, cell: str, data: st.DataObject) -> None:
    header, row, *_ = sample(form).split("\n")
    cells = row.split(";")
    quoted = '"' + cell.replace('"', '""') + '"'
    cells[data.draw(st.integers(0, len(cells) - 1))] = quoted
    assert read(f"{header}\n{';'.join(cells)}\n{row}".encode()) >= 0
