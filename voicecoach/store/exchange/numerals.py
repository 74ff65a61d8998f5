"""Numbers as apps write them: decimal commas, durations, units; each text is read once."""

from __future__ import annotations

import re
from decimal import Decimal, InvalidOperation
from functools import lru_cache

from voicecoach.errors import UnitError, shown
from voicecoach.store.exchange.rows import UnreadableRow
from voicecoach.units import Load, Rpe, Unit

_SEEN = 4096  # distinct texts that are remembered

_GROUPED = re.compile(r"[-+]?\d{1,3}(?:,\d{3})+(?:\.\d+)?")
_COMMA = re.compile(r"[-+]?\d*,\d+")
_DECIMAL_COMMA = re.compile(r"[-+]?\d*,(?:\d{1,2}|\d{4,})")
_CLOCK = re.compile(r"(?:(\d{1,6}):)?(\d{1,6}):(\d{1,2})")
_SPELT = re.compile(
    r"(?:(\d{1,6})\s*h)?\s*(?:(\d{1,6})\s*m(?:in)?)?\s*(?:(\d{1,6})\s*s(?:ec)?)?", re.IGNORECASE
)

UNITS = {
    "kg": Unit.KG, "kgs": Unit.KG, "kilogram": Unit.KG, "kilograms": Unit.KG,
    "lb": Unit.LB, "lbs": Unit.LB, "pound": Unit.LB, "pounds": Unit.LB,
}  # fmt: skip
"""Each unit of load as apps write it, in small letters."""


def unit_of(text: str) -> Unit | None:
    """Return the unit of load that is written, or None where it is none."""
    return UNITS.get(text.strip().lower())


def shows_decimal_comma(text: str) -> bool:
    """Tell whether a number can only be one with a decimal comma: `82,5`, but not `1,000`."""
    return _DECIMAL_COMMA.fullmatch(text.strip()) is not None


@lru_cache(maxsize=_SEEN)
def number_of(text: str, *, decimal_comma: bool) -> Decimal | None:
    """Return the number, None where nothing is written.

    A comma before three digits parts thousands, unless the file is known to
    write decimal commas.

    Raises:
        UnreadableRow: it is no number.
    """
    cleaned = text.strip().replace("\N{MINUS SIGN}", "-")
    if not cleaned:
        return None
    if decimal_comma and "," in cleaned:
        cleaned = cleaned.replace(".", "").replace(",", ".")
    elif _GROUPED.fullmatch(cleaned):
        cleaned = cleaned.replace(",", "")
    elif _COMMA.fullmatch(cleaned):
        cleaned = cleaned.replace(",", ".")
    try:
        number = Decimal(cleaned)
    except InvalidOperation:
        number = Decimal("NaN")
    if not number.is_finite() or abs(number) > 10**9:
        msg = f"{shown(text)} is no number"
        raise UnreadableRow(msg)
    return number


@lru_cache(maxsize=_SEEN)
def count_of(text: str, what: str, *, decimal_comma: bool) -> int | None:
    """Return a whole number of `what`, None where nothing is written.

    Raises:
        UnreadableRow: it is no whole number, or below zero.
    """
    number = number_of(text, decimal_comma=decimal_comma)
    if number is None:
        return None
    if number < 0:
        msg = f"{text} {what} is below zero"
        raise UnreadableRow(msg)
    if number % 1:
        msg = f"{text} {what} is no whole number"
        raise UnreadableRow(msg)
    return int(number)


@lru_cache(maxsize=_SEEN)
def load_of(text: str, unit: Unit, *, decimal_comma: bool) -> Load:
    """Return a load; where nothing is written none is added to the body.

    Raises:
        UnreadableRow: it is no number, or below zero.
    """
    number = number_of(text, decimal_comma=decimal_comma)
    if number is not None and number < 0:
        msg = f"a load of {number} {unit.value} is below zero: help from a machine is no load"
        raise UnreadableRow(msg)
    return Load.of(number or 0, unit)


@lru_cache(maxsize=_SEEN)
def exertion_of(text: str, *, decimal_comma: bool) -> Rpe | None:
    """Return an RPE, None where nothing or zero is written.

    Raises:
        UnitError: it is not on the scale.
    """
    try:
        number = number_of(text, decimal_comma=decimal_comma)
    except UnreadableRow as error:
        raise UnitError(str(error)) from error
    return Rpe(number) if number else None


@lru_cache(maxsize=_SEEN)
def seconds_of(text: str, *, decimal_comma: bool) -> int | None:
    """Return a duration in whole seconds, None where nothing is written.

    It is a number of seconds, a clock as `1:02:30`, or spelt as `1h 5m`.

    Raises:
        UnreadableRow: it is none of these, or below zero.
    """
    cleaned = text.strip()
    if not cleaned:
        return None
    for pattern in (_CLOCK, _SPELT):
        if match := pattern.fullmatch(cleaned):
            hours, minutes, seconds = (int(part or 0) for part in match.groups())
            return hours * 3600 + minutes * 60 + seconds
    number = number_of(cleaned, decimal_comma=decimal_comma)
    if number is None or number < 0:
        msg = f"a time of {shown(text)} is below zero"
        raise UnreadableRow(msg)
    return round(number)
