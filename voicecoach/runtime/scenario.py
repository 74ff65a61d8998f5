"""A rehearsal's scenario: which workout, and what the athlete says when."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path

from voicecoach.errors import ScenarioError
from voicecoach.library.document import Document, Table, suggestion
from voicecoach.session.moments import ANNOUNCING, NAMES, Moment
from voicecoach.training.notation import load_of
from voicecoach.units import Load

DEFAULT_START = datetime(2026, 1, 5, 18, 0, tzinfo=UTC)
DEFAULT_ATHLETE = "en-gb"
DEFAULT_AFTER_MS = 600
MOST_LINES = 1000
MOST_LOADS = 100
LONGEST_AFTER_MS = 3_600_000

_COUNTED = re.compile(r"(rep|second):([1-9]\d{0,2})")


@dataclass(frozen=True, slots=True)
class Noise:
    """A sound that goes on all the time, at a signal-to-noise ratio under the athlete's speech."""

    file: Path
    snr_db: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """What the athlete says at a moment: a text for their voice, or a recording."""

    when: str
    exercise: str | None = None
    number: int | None = None  # of the set, from 1
    after_ms: int = DEFAULT_AFTER_MS
    text: str = ""
    audio: Path | None = None

    def answers(self, moment: Moment) -> bool:
        """Return whether this is a line for `moment`."""
        within = moment.name.startswith(("rep:", "second:")) or moment.name == ANNOUNCING
        return (
            (self.when == moment.name or (self.when == "any" and not within))
            and self.exercise in (None, moment.exercise)
            and self.number in (None, moment.number)
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Scenario:
    """A session to rehearse."""

    file: Path
    routine: str
    workout: str | None = None
    start: datetime = DEFAULT_START  # aware
    data: Path | None = None  # None for a fresh log
    athlete_voice: str = DEFAULT_ATHLETE
    noise: Noise | None = None
    echo_db: float | None = None
    loads: tuple[tuple[str, Load], ...] = ()
    says: tuple[Line, ...] = ()


def read_scenario(file: Path) -> Scenario:
    """Return the scenario in `file`.

    Raises:
        ScenarioError: it cannot be read, or has mistakes; the first is named
            with its line, and how many more there are.
    """
    document = Document(file)
    scenario = _scenario(document, file) if not document.findings else None
    if scenario is None or document.findings:
        raise ScenarioError.of(sorted(document.findings, key=lambda finding: finding.line or 0))
    return scenario


def _scenario(document: Document, file: Path) -> Scenario:
    table = document.root
    data = table.text("data", default="fresh")
    scenario = Scenario(
        file=file,
        routine=table.text("routine", required=True),
        workout=table.text("workout") or None,
        start=_start(table),
        data=None if data == "fresh" else file.parent / data,
        athlete_voice=table.text("athlete_voice", default=DEFAULT_ATHLETE),
        noise=_noise(table, file),
        echo_db=_decibels(table, "echo_db", -90.0, 0.0),
        loads=_loads(table),
        says=tuple(_line(one, file) for one in table.tables("says", most=MOST_LINES)),
    )
    if scenario.data is not None and not scenario.data.is_file():
        table.find("data", f"there is no log {data!r}", 'write "fresh", or the path of a log')
    table.end()
    return scenario


def _start(table: Table) -> datetime:
    value = table.value("start")
    if value is None:
        return DEFAULT_START
    if isinstance(value, datetime):
        return value if value.tzinfo else value.replace(tzinfo=UTC)
    if isinstance(value, date):
        return datetime(value.year, value.month, value.day, 18, tzinfo=UTC)
    table.find("start", f"start = {value!r} is not a time", "write 2026-01-05T18:00:00")
    return DEFAULT_START


def _noise(table: Table, file: Path) -> Noise | None:
    if "noise" not in table:
        return None
    inner = table.table("noise")
    name = inner.text("file", required=True)
    snr_db = _decibels(inner, "snr_db", -20.0, 60.0)
    if snr_db is None:
        inner.find(None, "snr_db is missing", "write snr_db = 10")
    if name and not (file.parent / name).is_file():
        inner.find("file", f"there is no sound {name!r}", "give a path relative to the scenario")
    inner.end()
    return Noise(file.parent / name, snr_db or 0.0)


def _decibels(table: Table, key: str, low: float, high: float) -> float | None:
    value = table.value(key)
    if value is None:
        return None
    if isinstance(value, bool) or not isinstance(value, int | float) or not low <= value <= high:
        table.find(key, f"{key} = {value!r} is no level", f"write {low:g} to {high:g} decibels")
        return None
    return float(value)


def _loads(table: Table) -> tuple[tuple[str, Load], ...]:
    if "loads" not in table:
        return ()
    inner = table.table("loads")
    pairs = []
    for exercise in list(inner)[:MOST_LOADS]:
        load = inner.read(exercise, load_of, None)
        if load is not None:
            pairs.append((exercise, load))
    return tuple(pairs)


def _line(table: Table, file: Path) -> Line:
    when = table.text("when", required=True)
    if when and when not in NAMES and not _COUNTED.fullmatch(when):
        known = sorted({*NAMES, "rep:N", "second:N"})
        remedy = suggestion(when, known, f"write one of {', '.join(known)}")
        table.find("when", f"when = {when!r} is no moment", remedy)
    line = Line(
        when=when,
        exercise=table.text("exercise") or None,
        number=table.integer("set", low=1, high=100, default=None),
        after_ms=table.integer("after_ms", low=0, high=LONGEST_AFTER_MS, default=DEFAULT_AFTER_MS),
        text=table.text("text"),
        audio=file.parent / table.text("audio") if "audio" in table else None,
    )
    if bool(line.text) == (line.audio is not None):
        table.find(None, "a line has either a text or a recording", 'write text = "ready"')
    if line.audio is not None and not line.audio.is_file():
        table.find("audio", f"there is no recording {line.audio.name!r}", "give its path")
    table.end()
    return line
