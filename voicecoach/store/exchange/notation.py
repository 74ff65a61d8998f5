"""How one file writes its dates and numbers, and what its cells then mean."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, tzinfo
from functools import lru_cache

from voicecoach.errors import UnitError, shown
from voicecoach.session.facts import SetResult
from voicecoach.store.exchange.dates import DateOrder, date_of, instant, needs_order, settles
from voicecoach.store.exchange.numerals import (
    count_of,
    exertion_of,
    load_of,
    number_of,
    seconds_of,
    shows_decimal_comma,
    unit_of,
)
from voicecoach.store.exchange.rows import RowFinding, UnreadableRow
from voicecoach.store.exchange.table import Header, Row, Table, as_written
from voicecoach.units import Load, Unit


@dataclass(frozen=True, slots=True, kw_only=True)
class Notation:
    """How a file is to be read: what it does not tell itself was asked for."""

    unit: Unit | None = None  # of loads that name none
    order: DateOrder | None = None  # of dates that may be read either way
    decimal_comma: bool = False
    zone: tzinfo | None = None  # the lifter's clock; None: the system's

    def at(self, text: str) -> datetime:
        """Return the instant that a date and time mean.

        Raises:
            UnreadableRow: it is no date.
        """
        written = date_of(text, self.order)
        if written is None:
            msg = f"{shown(text)} is no date" if text.strip() else "no date is given"
            raise UnreadableRow(msg)
        return instant(written.at, self.zone)

    def load(self, text: str, unit: str = "") -> Load:
        """Return a load in the unit that is written, else in the file's.

        Raises:
            UnreadableRow: it is no load, or its unit is not known.
        """
        known = unit_of(unit) if unit.strip() else self.unit
        if known is None:
            if not number_of(text, decimal_comma=self.decimal_comma):
                return Load(0)
            msg = f"{shown(unit)} is no unit of load" if unit else "the load has no unit"
            raise UnreadableRow(msg)
        return load_of(text, known, decimal_comma=self.decimal_comma)

    def unit_called(self, text: str) -> Unit:
        """Return the unit that is written, else the file's, else kilograms."""
        return unit_of(text) or self.unit or Unit.KG

    def seconds(self, text: str) -> int | None:
        """Return a duration. Raises UnreadableRow where it is none."""
        return seconds_of(text, decimal_comma=self.decimal_comma)

    def result(
        self,
        row: Row,
        *,
        load: Load,
        reps: str,
        seconds: str = "",
        distance: str = "",
        rpe: str = "",
        note: str = "",
    ) -> tuple[SetResult, tuple[RowFinding, ...]]:
        """Return what was done in a set, and what of it had to be left out.

        Repetitions win over a time, which is then how long they took. Apps
        that fill each cell write 0 for nothing: none at all with a load is an
        attempt that failed.

        Raises:
            UnreadableRow: there is neither, or a number cannot be read.
        """
        done = count_of(reps, "reps", decimal_comma=self.decimal_comma)
        held = None if done else self.seconds(seconds)
        if not done and not held:
            if number_of(distance, decimal_comma=self.decimal_comma):
                msg = "only a distance is given: the log keeps repetitions and seconds"
                raise UnreadableRow(msg)
            if done is None or not load:
                msg = "neither repetitions nor a time is given"
                raise UnreadableRow(msg)
        findings: tuple[RowFinding, ...] = ()
        try:
            exertion = exertion_of(rpe, decimal_comma=self.decimal_comma)
        except UnitError as error:
            exertion = None
            findings = (RowFinding(line=row.line, problem=error.problem, left_out=False),)
        result = SetResult(
            reps=None if held else done,
            hold_s=held or None,
            load=load,
            rpe=exertion,
            note=clean(note),
        )
        return result, findings


class Weights:
    """Reads the load of a row where a table has a column for each unit, and fills one of them."""

    def __init__(self, header: Header, notation: Notation) -> None:
        self._notation = notation
        self._columns = [
            (column.index, column.measure) for column in header.columns if column.name == "weight"
        ]

    def __call__(self, row: Row, unit: str = "") -> tuple[Load, Unit]:
        """Return the load of a row and the unit it is written in, the row's own if it has one.

        Raises:
            UnreadableRow: it is no load, or its unit is not known.
        """
        for index, measure in self._columns:
            if written := row.cells[index].strip():
                called = unit or measure
                return self._notation.load(written, called), self._notation.unit_called(called)
        told = unit or (self._columns[0][1] if self._columns else "")
        return Load(0), self._notation.unit_called(told)


def without_unfit(text: str) -> str:
    """Return a text without what the log cannot hold: zeros, halves of surrogate pairs."""
    if text.isascii() and "\0" not in text:
        return text
    return text.replace("\0", "").encode("utf-8", "replace").decode("utf-8")


def clean(text: str) -> str:
    """Return a text from another app: without what is unfit, and the space around it."""
    if not text:
        return text
    return without_unfit(as_written(text.strip())).replace("\r\n", "\n").strip()


@lru_cache(maxsize=4096)
def name_of(text: str) -> str:
    """Return the name of an exercise. Raises UnreadableRow where none is given."""
    name = " ".join(clean(text).split())
    if not name:
        msg = "no exercise is given"
        raise UnreadableRow(msg)
    return name


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """What a whole file shows of how it writes dates and numbers."""

    orders: frozenset[DateOrder]  # that some date shows; two where dates contradict each other
    open_date: str = ""  # the first that may be read either way
    decimal_comma: bool = False


def evidence_of(table: Table, dates: Iterable[str], numbers: Iterable[str]) -> Evidence:
    """Look through a table; `dates` and `numbers` name the columns that hold them.

    Raises:
        ExchangeError: the file cannot be read.
    """
    seen_dates: set[str] = set()
    seen_numbers: set[str] = set()
    names = table.header.indices()
    date_columns = [names[name] for name in dates if name in names]
    number_columns = [names[name] for name in numbers if name in names]
    orders: set[DateOrder] = set()
    open_date = ""
    comma = False
    for row in table.rows():
        if isinstance(row, RowFinding):
            continue
        for column in date_columns:
            text = row.cells[column]
            if text in seen_dates:
                continue
            _remember(seen_dates, text)
            if shown_order := settles(text):
                orders.add(shown_order)
            elif not open_date and needs_order(text):
                open_date = text
        for column in number_columns:
            text = row.cells[column]
            if "," in text and text not in seen_numbers:
                _remember(seen_numbers, text)
                comma = comma or shows_decimal_comma(text)
    # Where commas part the cells of a table, nobody needs semicolons.
    return Evidence(
        orders=frozenset(orders),
        open_date=open_date,
        decimal_comma=comma or table.delimiter == ";",
    )


def _remember(seen: set[str], text: str) -> None:
    if len(seen) < 10_000:  # a longer file has only to be looked at again
        seen.add(text)
