"""A file to take in: a table of some app, or the log as a document, behind one face."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Protocol

from voicecoach.store.exchange.document import DocumentSource, is_document
from voicecoach.store.exchange.forms import (
    FORMS,
    Form,
    Left,
    form_of,
    names_no_unit,
    read_sets,
)
from voicecoach.store.exchange.notation import Evidence, Notation, evidence_of
from voicecoach.store.exchange.rows import ImportedSet, RowFinding
from voicecoach.store.exchange.table import Progress, Table

FORMATS = (*(form.name for form in FORMS), "json", "sqlite")
"""Every format there is, as it is typed; a log in SQLite is merged, not read as a source."""


class Source(Protocol):
    """What can be read for sets, from its beginning as often as wanted."""

    @property
    def name(self) -> str:
        """The format, as it is typed."""

    @property
    def app(self) -> str:
        """What wrote it, as it is written."""

    @property
    def size(self) -> int:
        """Bytes of the file."""

    @property
    def names_no_unit(self) -> bool:
        """Whether the unit of its loads must be asked for."""

    @property
    def is_our_own(self) -> bool:
        """Whether it names exercises by their ids."""

    def evidence(self) -> Evidence:
        """Look through the file for how it writes dates and numbers."""

    def sets(
        self, notation: Notation, progress: Progress | None = None
    ) -> Iterator[ImportedSet | RowFinding | Left]:
        """Yield what the file tells of."""


class TableSource:
    """A table of some app."""

    is_our_own = False

    def __init__(self, table: Table, form: Form) -> None:
        self._table = table
        self._form = form
        self.name = form.name
        self.app = form.app
        self.size = table.size
        self.is_our_own = form is FORMS[0]
        self.names_no_unit = names_no_unit(table)

    def evidence(self) -> Evidence:
        """Look through the columns of dates and numbers."""
        return evidence_of(self._table, self._form.dates, self._form.numbers)

    def sets(
        self, notation: Notation, progress: Progress | None = None
    ) -> Iterator[ImportedSet | RowFinding | Left]:
        """Yield what each row tells of."""
        return read_sets(self._table, self._form, notation, progress)


def open_source(file: Path, named: str | None = None, encoding: str | None = None) -> Source:
    """Return a file as a source; its form is found from what is in it.

    `named` is the form that is expected.

    Raises:
        ExchangeError: it cannot be read, or is in no form that is known.
    """
    if named == "json" or (named is None and is_document(file)):
        return DocumentSource(file)
    table = Table.open(file, encoding)
    return TableSource(table, form_of(table, named))
