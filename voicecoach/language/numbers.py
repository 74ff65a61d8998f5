"""Spoken numbers both ways: how the coach says them, and how people do.

People say more than one form ("one hundred forty", "one forty", "a hundred
and forty"); the coach says one. The trees here hold the forms that are heard,
`value_of` is their inverse, and a test walks every form of every value
through both.
"""

from __future__ import annotations

from decimal import Decimal
from functools import cache

from voicecoach.language.template import Node, parse_template

DIGITS = ("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine")
TEENS = (
    "ten", "eleven", "twelve", "thirteen", "fourteen",
    "fifteen", "sixteen", "seventeen", "eighteen", "nineteen",
)  # fmt: skip
TENS = ("twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")

_UNIT_VALUE = {word: value for value, word in enumerate(DIGITS) if value}
_TEEN_VALUE = {word: value for value, word in enumerate(TEENS, 10)}
_TEN_VALUE = {word: 10 * value for value, word in enumerate(TENS, 2)}

_UNIT = "(" + "|".join(_UNIT_VALUE) + ")"
_TEEN = "(" + "|".join(_TEEN_VALUE) + ")"
_TEN = "(" + "|".join(_TEN_VALUE) + ")"
_TENS_AND_TEENS = f"({_TEEN}|{_TEN} [{_UNIT}])"
_BELOW_HUNDRED = f"({_UNIT}|{_TENS_AND_TEENS})"
_HUNDREDS = f"(a|{_UNIT}) hundred [[and] {_BELOW_HUNDRED}]"
_CLIPPED = f"(one|two|three|four|five) ({_TENS_AND_TEENS}|oh {_UNIT})"  # "two twenty five"
_FRACTION = f"(point [zero] ({_UNIT}|two five|seven five)|and a (half|quarter))"

COUNT = f"({_BELOW_HUNDRED}|one hundred|a hundred|zero)"
SETS = f"({_UNIT}|{_TEEN}|twenty)"
LOAD = f"(zero|{_BELOW_HUNDRED}|{_HUNDREDS}|{_CLIPPED}) [{_FRACTION}]"
DIGIT_BY_DIGIT = f"{_UNIT} ({_UNIT}|zero|oh)"
EXERTION = "(five|six|seven|eight|nine) [point five|and a half]|ten"
DURATION = (
    f"({_BELOW_HUNDRED} (seconds|second)"
    f"|(a|{_UNIT}) (minute|minutes) [[and] {_TENS_AND_TEENS} [seconds]]"
    f"|{_TENS_AND_TEENS} minutes"
    f"|(a|{_UNIT}) (minute|minutes) and a half"
    f"|{_UNIT} and a half minutes|half a minute)"
)


@cache
def number_tree(form: str) -> Node:
    """Return the tree of one of the forms above."""
    return parse_template(form)


def spoken(value: Decimal | int) -> str:
    """Return `value`, 0 to 9999.99, as the coach says it: "one hundred and two point five"."""
    value = Decimal(value)
    whole = int(value)
    words = _whole(whole)
    if value != whole:
        decimals = f"{value.normalize():f}".partition(".")[2]
        words += " point " + " ".join(DIGITS[int(digit)] for digit in decimals)
    return words


def _whole(value: int) -> str:
    if value < 10:
        return DIGITS[value]
    if value < 20:
        return TEENS[value - 10]
    if value < 100:
        tens, unit = divmod(value, 10)
        return TENS[tens - 2] + (f" {DIGITS[unit]}" if unit else "")
    if value < 1000:
        hundreds, rest = divmod(value, 100)
        return f"{DIGITS[hundreds]} hundred" + (f" and {_whole(rest)}" if rest else "")
    thousands, rest = divmod(value, 1000)
    joint = "" if not rest else " and " if rest < 100 else " "
    return f"{_whole(thousands)} thousand{joint}{_whole(rest) if rest else ''}"


def digits_of(value: int) -> str:
    """Return `value` digit by digit: "three zero"."""
    return " ".join(DIGITS[int(digit)] for digit in str(value))


def value_of_digits(words: tuple[str, ...]) -> int:
    """Return the number that `words` say digit by digit, in the form DIGIT_BY_DIGIT."""
    value = 0
    for word in words:
        value = 10 * value + _UNIT_VALUE.get(word, 0)
    return value


def spoken_duration(seconds: int) -> str:
    """Return a span of time as the coach says it: "two minutes ten", "ninety seconds"."""
    if seconds < 60 or seconds == 90:
        return f"{spoken(seconds)} second{'' if seconds == 1 else 's'}"
    minutes, rest = divmod(seconds, 60)
    words = f"{spoken(minutes)} minute{'' if minutes == 1 else 's'}"
    return f"{words} {spoken(rest)}" if rest else words


def value_of(words: tuple[str, ...]) -> Decimal | None:
    """Return the number that `words` say, or None where they say none.

    Reads every form of COUNT, SETS, LOAD and EXERTION.
    """
    whole, rest = _read_whole(words)
    if whole is None:
        return None
    fraction = _read_fraction(rest)
    return None if fraction is None else whole + fraction


def _read_whole(words: tuple[str, ...]) -> tuple[int | None, tuple[str, ...]]:
    """Read the whole part at the front of `words`; the fraction is left over."""
    if not words:
        return None, words
    if words[0] == "zero":
        return 0, words[1:]
    head = 1 if words[0] == "a" else _UNIT_VALUE.get(words[0])
    if head is not None and words[1:2] == ("hundred",):
        rest = words[2:]
        tail = rest[1:] if rest[:1] == ("and",) and rest[1:2] != ("a",) else rest
        below, after = _read_below_hundred(tail)
        return (100 * head, rest) if below is None else (100 * head + below, after)
    if words[0] in _UNIT_VALUE and head is not None and head <= 5 and len(words) > 1:
        if words[1] == "oh" and len(words) > 2 and words[2] in _UNIT_VALUE:
            return 100 * head + _UNIT_VALUE[words[2]], words[3:]
        below, after = _read_below_hundred(words[1:])
        if below is not None and below >= 10:
            return 100 * head + below, after
    return _read_below_hundred(words)


def _read_below_hundred(words: tuple[str, ...]) -> tuple[int | None, tuple[str, ...]]:
    if not words:
        return None, words
    first = words[0]
    if first in _TEN_VALUE:
        if len(words) > 1 and words[1] in _UNIT_VALUE:
            return _TEN_VALUE[first] + _UNIT_VALUE[words[1]], words[2:]
        return _TEN_VALUE[first], words[1:]
    value = _TEEN_VALUE.get(first, _UNIT_VALUE.get(first))
    return value, words[1:] if value is not None else words


def _read_fraction(words: tuple[str, ...]) -> Decimal | None:
    if not words:
        return Decimal(0)
    if words == ("and", "a", "half"):
        return Decimal("0.5")
    if words == ("and", "a", "quarter"):
        return Decimal("0.25")
    if words[0] != "point" or not 1 <= len(words[1:]) <= 3:
        return None
    if any(word not in DIGITS for word in words[1:]):
        return None
    return Decimal("0." + "".join(str(DIGITS.index(word)) for word in words[1:]))


def duration_of(words: tuple[str, ...]) -> int | None:
    """Return the seconds that `words` say in one of the forms of DURATION, or None."""
    if words == ("half", "a", "minute"):
        return 30
    if words and words[-1] == "second":
        words = (*words[:-1], "seconds")
    minute = next((at for at, word in enumerate(words) if word in ("minute", "minutes")), None)
    if minute is None:
        return _whole_number(words[:-1]) if words[-1:] == ("seconds",) else None
    before, after = words[:minute], words[minute + 1 :]
    half = before[-3:] == ("and", "a", "half")
    minutes = _whole_number(before[:-3] if half else before)
    if minutes is None:
        return None
    if after == ("and", "a", "half"):
        after, half = (), True
    after = after[1:] if after[:1] == ("and",) else after
    after = after[:-1] if after[-1:] == ("seconds",) else after
    seconds = _whole_number(after) if after else 0
    return None if seconds is None else 60 * minutes + seconds + 30 * half


def _whole_number(words: tuple[str, ...]) -> int | None:
    if words == ("a",):
        return 1
    value, rest = _read_below_hundred(words)
    return value if value is not None and not rest else None
