"""The forms of tables that are known, and how a file's is found from its header."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import NamedTuple

from voicecoach.errors import ExchangeError, shown
from voicecoach.store.exchange.fitbod import FitbodReader
from voicecoach.store.exchange.fitnotes import FitNotesReader
from voicecoach.store.exchange.hevy import HevyReader
from voicecoach.store.exchange.liftlog import LiftLogReader
from voicecoach.store.exchange.liftosaur import LiftosaurReader
from voicecoach.store.exchange.notation import Notation
from voicecoach.store.exchange.plain import PlainReader
from voicecoach.store.exchange.rows import ImportedSet, NoSet, RowFinding, UnreadableRow
from voicecoach.store.exchange.strong import StrongReader
from voicecoach.store.exchange.stronglifts import StrongLiftsReader
from voicecoach.store.exchange.table import Header, Progress, Row, Table

RowReader = Callable[[Row], Iterable[ImportedSet | RowFinding]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Form:
    """A form of table: what its header holds, and what reads its rows."""

    name: str  # as it is typed: "strong"
    app: str  # as it is written: "Strong"
    needs: frozenset[str]  # columns that tell it from the others
    dates: tuple[str, ...]
    numbers: tuple[str, ...]
    reader: Callable[[Header, Notation], RowReader]


def _form(
    name: str,
    app: str,
    needs: str,
    reader: Callable[[Header, Notation], RowReader],
    *,
    dates: str = "date",
    numbers: str = "weight, reps",
) -> Form:
    return Form(
        name=name,
        app=app,
        needs=frozenset(needs.split(", ")),
        dates=tuple(dates.split(", ")),
        numbers=tuple(numbers.split(", ")),
        reader=reader,
    )


FORMS = (
    _form("csv", "voicecoach", "session, set id, at, exercise, load", PlainReader, dates="at"),
    _form(
        "strong",
        "Strong",
        "date, workout name, exercise name, set order, reps",
        StrongReader,
        numbers="weight, reps, rpe, distance, seconds",
    ),
    _form(
        "hevy",
        "Hevy",
        "start time, exercise title, set index, set type, reps",
        HevyReader,
        dates="start time, end time",
        numbers="weight, reps, rpe, distance",
    ),
    _form("fitnotes", "FitNotes", "date, exercise, category, reps", FitNotesReader),
    _form("fitbod", "Fitbod", "date, exercise, reps, iswarmup", FitbodReader),
    _form(
        "stronglifts",
        "StrongLifts",
        "date, workout, exercise, sets×reps, set 1",
        StrongLiftsReader,
        numbers="body weight, set 1, set 2, set 3",
    ),
    _form(
        "liftosaur",
        "Liftosaur",
        "workout datetime, exercise, completed reps",
        LiftosaurReader,
        dates="workout datetime",
        numbers="completed weight value",
    ),
    _form(
        "liftlog", "LiftLog", "sessionid, exercise, reps", LiftLogReader, dates="timestamp, date"
    ),
)
"""Every form of table. A column is named in small letters and without its unit."""

UNIT_COLUMNS = ("weight unit", "completed weight unit", "required weight unit", "weightunit")


class Likeness(NamedTuple):
    """How much of a form's header a file has."""

    share: float
    form: Form


def form_of(table: Table, named: str | None = None) -> Form:
    """Return the form of a file, found from its header.

    `named` is the one that is expected.

    Raises:
        ExchangeError: it is of no form that is known, or not of the one named.
    """
    there = table.header.names
    found = next((form for form in FORMS if form.needs <= there), None)
    if found is not None and named in (None, found.name):
        return found
    place = str(table.file)
    if found is not None:
        wanted = form_named(named or "")
        msg = f"has the header of {found.app}, not that of {wanted.app}"
        raise ExchangeError(msg, place=place, remedy=f"import it as {found.name}")
    nearest = max(
        (
            Likeness(len(form.needs & there) / len(form.needs), form)
            for form in FORMS
            if named in (None, form.name)
        ),
        key=lambda one: one.share,
    )
    if nearest.share >= 0.5 or named:
        missing = ", ".join(sorted(nearest.form.needs - there))
        msg = f"is not in the form of {nearest.form.app}: there is no column for {missing}"
        raise ExchangeError(msg, place=place, remedy="export it again, and change nothing in it")
    begins = shown(table.delimiter.join(table.header.cells))
    apps = ", ".join(form.app for form in FORMS[1:])
    msg = f"is in no form that is known: it begins {begins}"
    raise ExchangeError(msg, place=place, remedy=f"export a CSV from {apps}")


def form_named(name: str) -> Form:
    """Return the form that is typed so. KeyError where there is none."""
    return {form.name: form for form in FORMS}[name]


def names_no_unit(table: Table) -> bool:
    """Tell whether a file's loads have a unit neither in the header nor in the rows."""
    header = table.header
    return (
        not header.names.intersection(UNIT_COLUMNS)
        and header.find("weight") is not None
        and all(column.measure == "" for column in header.columns if column.name == "weight")
    )


class Left(NamedTuple):
    """A row that is meant to be no set."""

    line: int


def read_sets(
    table: Table, form: Form, notation: Notation, progress: Progress | None = None
) -> Iterator[ImportedSet | RowFinding | Left]:
    """Yield what each row of a file tells of; one that cannot be read is a finding.

    Raises:
        ExchangeError: the file cannot be read any longer.
    """
    read = form.reader(table.header, notation)
    for row in table.rows(progress):
        if isinstance(row, RowFinding):
            yield row
            continue
        try:
            yield from read(row)
        except NoSet:
            yield Left(row.line)
        except UnreadableRow as error:
            yield RowFinding(line=row.line, problem=str(error))
