"""Reading the log: one connection that is asked, and instants and days as the log holds them."""

from __future__ import annotations

import sqlite3
from datetime import UTC, date, datetime, timedelta, timezone
from functools import lru_cache
from pathlib import Path
from typing import Any

from voicecoach.store.database import faults_in_words
from voicecoach.units import Load

# Few distinct values, each met thousands of times in a long log.
load_of = lru_cache(maxsize=1024)(Load)
day_of = lru_cache(maxsize=8192)(date.fromisoformat)


class Reader:
    """One connection to the log, that is asked. What it is asked is for its heirs to say."""

    def __init__(self, connection: sqlite3.Connection, path: Path) -> None:
        self._connection = connection
        self.path = path

    def _rows(self, query: str, *values: object) -> list[Any]:
        with faults_in_words(self.path):
            return self._connection.execute(query, values).fetchall()


def utc_text(instant: datetime) -> str:
    """Return an aware instant as the log holds it: UTC, to the millisecond, sorting as it reads."""
    return instant.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def local_time(text: str, offset_s: int) -> datetime:
    """Return the instant the log holds as `text`, by the clock `offset_s` ahead of UTC."""
    return datetime.fromisoformat(text).astimezone(_zone(offset_s))


@lru_cache(maxsize=128)
def _zone(offset_s: int) -> timezone:
    return timezone(timedelta(seconds=offset_s))


def day_text(day: date, *, days: int = 0) -> str:
    """Return the day `days` later as text, which sorts among the log's instants."""
    ordinal = day.toordinal() + days
    return date.fromordinal(
        min(max(ordinal, date.min.toordinal()), date.max.toordinal())
    ).isoformat()
