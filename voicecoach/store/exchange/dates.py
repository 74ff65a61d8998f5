"""Dates as apps write them: `6 Jul 2026, 17:59`, `05.06.2026, 07:30`, `7/6/26 7:26 PM`."""

from __future__ import annotations

import re
import unicodedata
from datetime import UTC, datetime, timedelta, timezone, tzinfo
from enum import Enum
from functools import cache, lru_cache
from typing import NamedTuple

FIRST_YEAR = 1950
LAST_YEAR = 2100

NOON = 12
"""The hour of a set whose file names the day only: no change of clocks moves it to another day."""


class DateOrder(Enum):
    """Which of two numbers comes first; the value is how it is asked for."""

    DAY_FIRST = "dmy"  # 05/06/2026 is the fifth of June
    MONTH_FIRST = "mdy"


class WrittenDate(NamedTuple):
    """A date as it is written: by the lifter's clock where `at` is naive."""

    at: datetime
    has_time: bool


MONTHS = {
    "en": "january february march april may june july august september october november december",
    "de": "januar februar märz april mai juni juli august september oktober november dezember",
    "fr": "janvier février mars avril mai juin juillet août septembre octobre novembre décembre",
    "es": "enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre "
    "diciembre",
    "it": "gennaio febbraio marzo aprile maggio giugno luglio agosto settembre ottobre novembre "
    "dicembre",
    "pt": "janeiro fevereiro março abril maio junho julho agosto setembro outubro novembro "
    "dezembro",
    "nl": "januari februari maart april mei juni juli augustus september oktober november december",
    "sv": "januari februari mars april maj juni juli augusti september oktober november december",
    "pl": "stycznia lutego marca kwietnia maja czerwca lipca sierpnia września października "
    "listopada grudnia",
    "ru": "января февраля марта апреля мая июня июля августа сентября октября ноября декабря",
}
"""The names of the months; what an app shortens is the beginning of one, or below."""

SHORTENED = {"mrt": 3, "mrz": 3, "jänner": 1, "set": 9, "sept": 9}

_DAY = r"(?P<d>\d{1,2})"
_YEAR = r"(?P<y>\d{4})"
_NAME = r"(?P<name>[^\W\d_]{3,})\.?"
_NAMED_DAY_FIRST = re.compile(rf"{_DAY}\.?\s*(?:de\s+)?{_NAME},?\s*(?:de\s+)?{_YEAR}")
_NAMED_MONTH_FIRST = re.compile(rf"{_NAME}\s*{_DAY}(?:st|nd|rd|th)?,?\s*{_YEAR}")
_YEAR_FIRST = re.compile(rf"{_YEAR}\s*[-/.年년]\s*(?P<m>\d{{1,2}})\s*[-/.月월]\s*{_DAY}\s*[.日일]?")
_NUMBERS = re.compile(r"(?P<a>\d{1,2})(?P<mark>[-/.])(?P<b>\d{1,2})(?P=mark)(?P<y>\d{4}|\d{2})")
_WEEKDAY = re.compile(r"[^\W\d_]{2,}\.?,\s+(?=\d)")

_BEFORE_NOON = r"a\.?\s?m\.?|오전|上午|午前"
_AFTER_NOON = r"p\.?\s?m\.?|오후|下午|午後"
_TIME = re.compile(
    rf"(?:[\s,T]|at|um|à|a las|as|às|kl\.?)*(?P<half>{_BEFORE_NOON}|{_AFTER_NOON})?\s*"
    r"(?P<h>\d{1,2})[:.h](?P<min>\d{2})(?:[:.](?P<s>\d{2})(?:[.,]\d+)?)?\s*"
    rf"(?P<half_after>{_BEFORE_NOON}|{_AFTER_NOON})?\s*(?P<zone>Z|UTC|[+-]\d{{2}}:?\d{{2}})?",
    re.IGNORECASE,
)


@lru_cache(maxsize=4096)
def date_of(text: str, order: DateOrder | None) -> WrittenDate | None:
    """Return the date, or None where it is none.

    `order` settles numbers that may be either; without one, those are None.
    Noon stands in for a time that is not told.
    """
    cleaned = " ".join(unicodedata.normalize("NFKC", text).split())
    cleaned = _WEEKDAY.sub("", cleaned, count=1) if cleaned[:1].isalpha() else cleaned
    found = _day(cleaned, order)
    if found is None:
        return None
    (year, month, day), rest = found
    try:
        at = datetime(year, month, day, NOON)  # noqa: DTZ001  # by the lifter's clock, placed later
        if not FIRST_YEAR <= year <= LAST_YEAR:
            return None
        return _with_time(at, rest)
    except ValueError:
        return None


def instant(at: datetime, zone: tzinfo | None) -> datetime:
    """Return a date as an aware instant: a naive one by the clock of `zone`, None the system's.

    UTC is what machines write: it is turned to the lifter's clock. Any other
    offset is the lifter's own.
    """
    if at.tzinfo is None:
        return _placed(at, zone)
    return at if at.utcoffset() else at.astimezone(zone)


@lru_cache(maxsize=4096)  # of naive dates only: aware ones are equal whatever their offset
def _placed(at: datetime, zone: tzinfo | None) -> datetime:
    if zone is not None:
        return at.replace(tzinfo=zone)
    try:
        return at.astimezone()
    except (OSError, OverflowError):  # Windows knows no clock before 1970
        return at.replace(tzinfo=UTC)


def instant_of(text: str) -> datetime | None:
    """Return an instant as we write it ourselves, with its offset; None where it is none."""
    try:
        at = datetime.fromisoformat(text)
    except ValueError:
        return None
    return at if at.tzinfo is not None and FIRST_YEAR <= at.year <= LAST_YEAR else None


def settles(text: str) -> DateOrder | None:
    """Return the order that a date shows: 31/12/2026 can only be day first."""
    pair = _pair(text)
    if pair is None or (pair[0] > 12) == (pair[1] > 12):  # two different months
        return None
    return DateOrder.DAY_FIRST if pair[0] > 12 else DateOrder.MONTH_FIRST


def needs_order(text: str) -> bool:
    """Tell whether a date can be read only when it is known what comes first."""
    pair = _pair(text)
    return pair is not None and pair[0] != pair[1]


def _pair(text: str) -> tuple[int, int] | None:
    """Return the two numbers whose order is open. With dots the day comes first, everywhere."""
    match = _NUMBERS.match(text.strip())
    return None if match is None or match["mark"] == "." else (int(match["a"]), int(match["b"]))


def _day(text: str, order: DateOrder | None) -> tuple[tuple[int, int, int], str] | None:
    """Return year, month and day at the front of `text`, and what follows."""
    if match := _YEAR_FIRST.match(text):
        return (int(match["y"]), int(match["m"]), int(match["d"])), text[match.end() :]
    if match := _NUMBERS.match(text):
        a, b = int(match["a"]), int(match["b"])
        if match["mark"] == "." or order is DateOrder.DAY_FIRST or a == b:
            day, month = a, b
        elif order is DateOrder.MONTH_FIRST:
            month, day = a, b
        else:
            return None
        year = int(match["y"])
        return (year if year > 99 else 2000 + year, month, day), text[match.end() :]
    for pattern in (_NAMED_DAY_FIRST, _NAMED_MONTH_FIRST):
        if (match := pattern.match(text)) and (named := _month(match["name"])):
            return (int(match["y"]), named, int(match["d"])), text[match.end() :]
    return None


def _with_time(day: datetime, rest: str) -> WrittenDate | None:
    if not rest.strip(" ,"):
        return WrittenDate(day, has_time=False)
    match = _TIME.fullmatch(rest.rstrip())
    if match is None:
        return None
    hour = int(match["h"])
    half = match["half"] or match["half_after"]
    if half:
        if not 1 <= hour <= 12:
            return None
        afternoon = re.fullmatch(_AFTER_NOON, half, re.IGNORECASE) is not None
        hour = hour % 12 + 12 * afternoon
    at = day.replace(hour=hour, minute=int(match["min"]), second=int(match["s"] or 0))
    return WrittenDate(at.replace(tzinfo=_zone(match["zone"])), has_time=True)


def _zone(text: str | None) -> timezone | None:
    if not text:
        return None
    if text.upper() in ("Z", "UTC"):
        return UTC
    sign = -1 if text[0] == "-" else 1
    return timezone(sign * timedelta(hours=int(text[1:3]), minutes=int(text[-2:])))


@cache
def _month(name: str) -> int | None:
    """Return the month that a name, or the beginning of one, means in any language."""
    wanted = _plain(name)
    if wanted in SHORTENED:
        return SHORTENED[wanted]
    found = {
        number
        for names in MONTHS.values()
        for number, month in enumerate(names.split(), start=1)
        if _plain(month).startswith(wanted)
    }
    return found.pop() if len(found) == 1 else None


def _plain(name: str) -> str:
    decomposed = unicodedata.normalize("NFKD", name.lower())
    return "".join(c for c in decomposed if not unicodedata.combining(c))
