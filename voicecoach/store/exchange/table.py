"""A table as apps write it: encoding, delimiter and header found, its rows read one by one."""

from __future__ import annotations

import codecs
import csv
import io
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from operator import itemgetter
from pathlib import Path
from typing import BinaryIO

from voicecoach.errors import ExchangeError, shown
from voicecoach.store.exchange.rows import RowFinding, UnreadableRow

DELIMITERS = ",;\t"

_CHUNK = 1 << 20
_HOLES_IN_CP1252 = b"\x81\x8d\x8f\x90\x9d"

_NOT_TEXT = {
    b"PK\x03\x04": ("is a ZIP archive", "unpack it and import the file inside"),
    b"\x1f\x8b": ("is compressed", "unpack it and import the file inside"),
    b"%PDF": ("is a PDF", "export as CSV"),
}

_MEASURE = re.compile(
    r"(?P<name>.*?)\s*(?:\((?P<unit>[^()]*)\)| (?P<bare>kg|lbs?|km|miles|seconds))"
)

Progress = Callable[[int], None]
"""Is told how many bytes have been read."""


@dataclass(frozen=True, slots=True)
class Column:
    """A column: what it holds, the measure it is in, and where it stands."""

    name: str
    measure: str  # as the header writes it, in small letters: "kg", "reps"; mostly empty
    index: int


class Header:
    """The first row of a table: columns by name, whatever the case and the measure."""

    def __init__(self, cells: list[str]) -> None:
        self.cells = tuple(cells)
        self.columns = tuple(_column(cell, index) for index, cell in enumerate(cells))
        self.names = frozenset(column.name for column in self.columns)

    def find(self, name: str, *measures: str) -> Column | None:
        """Return the first column of that name, and of one of the measures where any are given."""
        return next(
            (
                column
                for column in self.columns
                if column.name == name and (not measures or column.measure in measures)
            ),
            None,
        )

    def told(self, *names: str) -> Callable[[list[str]], tuple[str, ...]]:
        """Return what takes the cells of two or more columns out of a row, just as they are.

        A column that is not there is empty.
        """
        indices = self.indices()
        return itemgetter(*(indices.get(name, len(self.cells)) for name in names))

    def indices(self) -> Mapping[str, int]:
        """Return where each name first stands."""
        return {column.name: column.index for column in reversed(self.columns)}


class Row:
    """One row of a table: its cells by the name of their column, and its line in the file."""

    __slots__ = ("_indices", "cells", "line")

    def __init__(self, line: int, cells: list[str], indices: Mapping[str, int]) -> None:
        self.line = line
        self.cells = cells
        self._indices = indices

    def text(self, name: str) -> str:
        """Return a cell without the space around it, empty where there is no such column."""
        index = self._indices.get(name)
        if index is None:
            return ""
        text = self.cells[index].strip()
        return as_written(text) if text[:1] == "'" else text

    def exact(self, name: str) -> str:
        """Return a cell as it is, space and all."""
        index = self._indices.get(name)
        return "" if index is None else as_written(self.cells[index])

    def required(self, name: str) -> str:
        """Return a cell.

        Raises:
            UnreadableRow: it is empty.
        """
        value = self.text(name)
        if not value:
            msg = f"no {name} is given"
            raise UnreadableRow(msg)
        return value


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """A file of rows that is read from its beginning as often as wanted."""

    file: Path
    encoding: str
    delimiter: str
    header: Header
    size: int  # bytes

    @classmethod
    def open(cls, file: Path, encoding: str | None = None) -> Table:
        """Look at a file: what it is written in, and its header.

        Raises:
            ExchangeError: it cannot be read, is no text, or is empty.
        """
        size, found = _look_at(file, encoding)
        line = _first_line(file, found)
        table = cls(
            file=file,
            encoding=found,
            delimiter=max(DELIMITERS, key=line.count),
            header=Header([]),
            size=size,
        )
        first = next(table._records(None), None)  # of this very class
        if not isinstance(first, Row):
            msg = "there is no header that can be read"
            raise ExchangeError(msg, place=str(file), remedy="give the file as the app exported it")
        return replace(table, header=Header([cell.strip() for cell in first.cells]))

    def rows(self, progress: Progress | None = None) -> Iterator[Row | RowFinding]:
        """Yield each row after the header; what is no row is a finding, and reading goes on.

        Raises:
            ExchangeError: the file cannot be read any longer.
        """
        width = len(self.header.cells)
        records = self._records(progress)
        next(records, None)
        for record in records:
            if isinstance(record, RowFinding):
                yield record
                continue
            given = len(record.cells)
            if given < width:
                problem = f"has {given} of {width} cells: the line is cut short"
                yield RowFinding(line=record.line, problem=problem)
            elif given > width and any(cell.strip() for cell in record.cells[width:]):
                problem = (
                    f"has {given} cells, the header {width}: is a comma not in quotation marks?"
                )
                yield RowFinding(line=record.line, problem=problem)
            else:
                record.cells[width:] = [""]  # stands in for a column that is not there
                yield record

    def _records(self, progress: Progress | None) -> Iterator[Row | RowFinding]:
        """Yield every row that is not blank, the header first."""
        indices = self.header.indices()
        try:
            with self.file.open("rb") as raw, _text(raw, self.encoding) as stream:
                reader = csv.reader(stream, delimiter=self.delimiter, strict=True)
                while True:
                    line = reader.line_num + 1
                    try:
                        cells = next(reader)
                    except StopIteration:
                        break
                    except csv.Error as error:
                        yield RowFinding(line=line, problem=_fault_of(error))
                        continue
                    if progress and not line % 256:
                        progress(raw.tell())
                    if _says_something(cells, line):
                        yield Row(line, cells, indices)
            if progress:
                progress(self.size)
        except OSError as error:
            raise _unreadable(self.file, error) from error


def defused(text: str) -> str:
    """Return a text so that no spreadsheet runs it as a formula: with an apostrophe before it."""
    return f"'{text}" if _FORMULA.match(text) else text


def as_written(text: str) -> str:
    """Return what `defused` made of a text as it was before."""
    return text[1:] if text[:1] == "'" and _FORMULA.match(text) else text


_FORMULA = re.compile(r"'*[=+\-@\t\r\n]")


def _column(cell: str, index: int) -> Column:
    name = " ".join(cell.replace("_", " ").lower().split())
    match = _MEASURE.fullmatch(name)
    if match is None:
        return Column(name, "", index)
    return Column(match["name"], (match["unit"] or match["bare"] or "").strip(), index)


def _says_something(cells: list[str], line: int) -> bool:
    """Tell a row from a blank line, and from the first line that tells Excel the delimiter."""
    if line == 1 and cells and cells[0].strip().lower().startswith("sep="):
        return False
    return bool("".join(cells).strip())


def _fault_of(error: csv.Error) -> str:
    if "unexpected end" in str(error):
        return "the file ends within quotation marks"
    if "field larger" in str(error):
        return "a quotation mark is opened and not closed"
    return "the quotation marks do not match"


def _first_line(file: Path, encoding: str) -> str:
    try:
        with file.open("rb") as raw, _text(raw, encoding) as stream:
            lines = (stream.readline(_CHUNK) for _ in range(10))
            header = (line for line in lines if line.strip() and not line.startswith("sep="))
            return next(header, "")
    except OSError as error:
        raise _unreadable(file, error) from error


def _text(raw: BinaryIO, encoding: str) -> io.TextIOWrapper:
    return io.TextIOWrapper(raw, encoding=encoding, errors="replace", newline="")


def _look_at(file: Path, encoding: str | None) -> tuple[int, str]:
    """Return the size of a file and the encoding it is in."""
    try:
        if not file.is_file():
            msg = "is no file" if file.exists() else "there is no such file"
            raise ExchangeError(msg, place=str(file), remedy="name the file the app exported")
        size = file.stat().st_size
        with file.open("rb") as raw:
            return size, encoding or _encoding_of(raw, file)
    except OSError as error:
        raise _unreadable(file, error) from error


def _encoding_of(raw: BinaryIO, file: Path) -> str:
    """Return the encoding: as the first bytes tell, else UTF-8 if all of it is, else cp1252."""
    head = raw.read(4096)
    if not head.strip(b"\0 \t\r\n\xef\xbb\xbf\xff\xfe"):
        msg = "the file is empty"
        raise ExchangeError(msg, place=str(file), remedy="export it again")
    for magic, (problem, remedy) in _NOT_TEXT.items():
        if head.startswith(magic):
            raise ExchangeError(problem, place=str(file), remedy=remedy)
    if head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return "utf-16"
    if head.count(0) > len(head) // 100:  # a stray one is left out later
        # In UTF-16 every other byte of plain letters is zero.
        if head[1:200:2].count(0) > 0.8 * len(head[1:200:2]):
            return "utf-16-le"
        if head[0:200:2].count(0) > 0.8 * len(head[0:200:2]):
            return "utf-16-be"
        msg = "is no text"
        raise ExchangeError(msg, place=str(file), remedy="give the CSV that the app exports")
    raw.seek(0)
    decoder = codecs.getincrementaldecoder("utf-8")()
    holes = False
    is_utf8 = True
    while chunk := raw.read(_CHUNK):
        if is_utf8:
            try:
                decoder.decode(chunk)
            except UnicodeDecodeError:
                is_utf8 = False
        holes = holes or any(byte in chunk for byte in _HOLES_IN_CP1252)
    if is_utf8:
        return "utf-8-sig"
    return "latin-1" if holes else "cp1252"


def _unreadable(file: Path, error: OSError) -> ExchangeError:
    return ExchangeError(
        f"cannot be read: {error.strerror or error}",
        place=shown(str(file)) if not str(file).isprintable() else str(file),
        remedy="give yourself the right to read it",
    )
