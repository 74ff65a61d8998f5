"""Dataclasses as JSON and back, driven by the types of their fields."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import MISSING, fields, is_dataclass
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from enum import Enum
from functools import cache, partial
from json import JSONEncoder
from operator import attrgetter
from types import NoneType, UnionType
from typing import Any, NewType, Union, get_args, get_origin, get_type_hints

from voicecoach.errors import LogError, PlanError, UnitError
from voicecoach.training.prescription import BlockPrescription
from voicecoach.units import Load, Rpe

TAG = "is"
"""Where a field may hold one of several dataclasses, this key names which."""

UPDATE = "it was written by a newer voicecoach; update this one"
RESTORE = "restore the log from a copy"

RETIRED: dict[type, frozenset[str]] = {BlockPrescription: frozenset({"why"})}
"""Fields that there once were; what they hold is passed over."""

_UNFIT = re.compile("[\0\ud800-\udfff]")

# How a value of each plain type is written in JSON, and read from it.
_PLAIN: dict[type, tuple[type, Callable[[Any], object]]] = {
    bool: (bool, bool),
    int: (int, int),
    str: (str, str),
    Load: (int, Load),
    Rpe: (str, lambda text: Rpe(Decimal(text))),
    Decimal: (str, Decimal),
    datetime: (str, datetime.fromisoformat),
    date: (str, date.fromisoformat),
}


def as_json(hint: Any, value: Any) -> Any:
    """Return `value`, of the type `hint`, as what JSON can hold.

    A load is written as whole grams, an instant or a day in ISO form, an RPE and any
    other decimal as text, an enum by its value, tuples and frozen sets as
    lists. A dataclass is an object of all its fields, tagged with its name
    where it is one of several that the hint allows.

    Raises:
        LogError: a text that SQLite cannot hold: half a surrogate pair, or a
            zero character, at which it would end the text.
        TypeError: a value of another kind.
    """
    return _writer(hint)(value)


def as_text(hint: Any, value: Any) -> str:
    """Return `value`, of the type `hint`, as compact JSON: what `as_json` comes to, written.

    Raises as `as_json` does.
    """
    return _text_writer(hint)(value)


def from_json(hint: Any, value: Any, place: str) -> Any:
    """Return what `as_json` wrote, as the type `hint` says; `place` names it in errors.

    A field that is absent takes the default of its dataclass: it was written
    before there was the field.

    Raises:
        LogError: an unknown field, or a value that does not fit.
    """
    return _decode(hint, value, place)


@cache
def _writer(hint: Any) -> Callable[[Any], Any]:
    """Return what encodes values of a type; the frequent ones without a look at what they are."""
    forms = _forms(hint)
    if len(forms) == 1:
        (form,) = forms
        if form is str:
            return lambda value: None if value is None else _text(value)
        if form is Load:
            return lambda value: None if value is None else value.grams
        if isinstance(form, type) and issubclass(form, Enum):
            return lambda value: None if value is None else value.value
        if is_dataclass(form) and form is not Rpe:
            return lambda value: None if value is None else _encode_fields(value)
    return partial(_encode, hint)


@cache
def _fields_of(form: type) -> tuple[tuple[str, ...], Callable[[Any], tuple[Any, ...]]]:
    """Return the names of a dataclass's fields, and what takes all their values at once."""
    names = tuple(_field_types(form))
    return names, attrgetter(*names, names[0]) if names else lambda _: ()


@cache
def _field_writers(form: type) -> tuple[tuple[str, Callable[[Any], Any]], ...]:
    """Return what encodes the fields that JSON does not hold as they are."""
    return tuple(
        (name, _writer(hint))
        for name, hint in _field_types(form).items()
        if _forms(hint) not in ((int,), (bool,))
    )


_AS_IT_IS = re.compile(r"[ !#-\[\]-~]*")  # what stands between quotation marks in JSON unchanged
_written = JSONEncoder(ensure_ascii=False, allow_nan=False, separators=(",", ":")).encode


@cache
def _text_writer(hint: Any) -> Callable[[Any], str]:
    """Return what writes values of a type; the frequent ones with nothing made in between.

    An import writes a hundred thousand sets of eighteen fields each.
    """
    forms = _forms(hint)
    if len(forms) == 1:
        (form,) = forms
        if form is int:
            return lambda value: "null" if value is None else int.__repr__(value)
        if form is bool:
            return {None: "null", False: "false", True: "true"}.__getitem__
        if form is str:
            return _quoted
        if form is Load:
            return lambda value: "null" if value is None else int.__repr__(value.grams)
        if form is Rpe:
            return lambda value: "null" if value is None else f'"{value.value}"'
        if isinstance(form, type) and issubclass(form, Enum):
            texts: dict[Any, str] = {one: _written(one.value) for one in form}
            return lambda value: "null" if value is None else texts[value]
        if is_dataclass(form):
            return _object_writer(form)
    return lambda value: _written(as_json(hint, value))


def _quoted(value: str | None) -> str:
    if value is None:
        return "null"
    return f'"{value}"' if _AS_IT_IS.fullmatch(value) else _written(_text(value))


def _object_writer(form: Any) -> Callable[[Any], str]:
    names, values_of = _fields_of(form)
    pattern = "{" + ",".join(f'"{name}":%s' for name in names) + "}"
    writers = [_text_writer(hint) for hint in _field_types(form).values()]

    def written(value: Any) -> str:
        if value is None:
            return "null"
        # The first value comes twice, and its second time has no writer.
        parts = zip(writers, values_of(value), strict=False)
        return pattern % tuple([write(one) for write, one in parts])

    return written


def _encode_fields(value: Any) -> dict[str, Any]:
    form: type = type(value)
    names, values_of = _fields_of(form)
    encoded = dict(zip(names, values_of(value), strict=False))  # the first comes twice
    for name, write in _field_writers(form):
        encoded[name] = write(encoded[name])
    return encoded


def _encode(hint: Any, value: Any) -> Any:
    if value is None or isinstance(value, bool | int):
        return value
    if isinstance(value, str):
        return _text(value)
    if isinstance(value, Load):
        return value.grams
    if isinstance(value, Rpe):
        return str(value.value)
    if isinstance(value, Decimal):
        return str(value)
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, date):  # an instant is one as well
        return value.isoformat()
    if isinstance(value, frozenset):
        (item,) = get_args(_forms(hint)[0])
        return sorted(_encode(item, entry) for entry in value)
    if isinstance(value, tuple):
        hints = _item_types(hint, len(value))
        return [_encode(item, entry) for item, entry in zip(hints, value, strict=True)]
    if is_dataclass(value):
        encoded = _encode_fields(value)
        return {TAG: type(value).__name__, **encoded} if len(_forms(hint)) > 1 else encoded
    msg = f"JSON cannot hold {value!r}"
    raise TypeError(msg)


def _text(value: str) -> str:
    if value.isascii() and "\0" not in value:
        return value
    unfit = _UNFIT.search(value)
    if unfit:
        msg = f"{unfit.group()!r} in {value[:40]!r} is no character of a text"
        raise LogError(msg, remedy="leave it out")
    return value


def _decode(hint: Any, value: Any, place: str) -> Any:
    """Return `value` as the type `hint` says; `place` is the path to it, for errors."""
    forms = _forms(hint)
    if value is None:
        if NoneType in get_args(hint):
            return None
        raise _misfit(place, value)
    if len(forms) > 1:
        return _decode_tagged(forms, value, place)
    (form,) = forms
    if get_origin(form) is frozenset:
        if not isinstance(value, list):
            raise _misfit(place, value)
        (item,) = get_args(form)
        return frozenset(
            _decode(item, entry, f"{place}[{index}]") for index, entry in enumerate(value)
        )
    if get_origin(form) is tuple:
        if not isinstance(value, list):
            raise _misfit(place, value)
        hints = _item_types(form, len(value))
        if len(hints) != len(value):
            raise _misfit(place, value)
        return tuple(
            _decode(item, entry, f"{place}[{index}]")
            for index, (item, entry) in enumerate(zip(hints, value, strict=True))
        )
    return _decode_plain(form, value, place)


def _decode_plain(form: Any, value: Any, place: str) -> Any:
    try:
        if form in _PLAIN:
            written_as, read = _PLAIN[form]
            if type(value) is written_as:
                return read(value)
        elif issubclass(form, Enum):
            return form(value)
        elif isinstance(value, dict):
            return _decode_fields(form, value, place)
    except (ValueError, InvalidOperation):
        raise _misfit(place, value) from None
    except (UnitError, PlanError) as error:
        raise LogError(error.problem, place=place, remedy=RESTORE) from error
    raise _misfit(place, value)


def _decode_fields(form: type, value: dict[str, Any], place: str) -> Any:
    hints = _field_types(form)
    for name in value:
        if name not in hints and name not in RETIRED.get(form, ()):
            msg = f"an unknown field {name!r}"
            raise LogError(msg, place=place, remedy=UPDATE)
    given = {
        name: _decode(hints[name], entry, f"{place}.{name}")
        for name, entry in value.items()
        if name in hints
    }
    for field in fields(form):
        optional = field.default is not MISSING or field.default_factory is not MISSING
        if field.name in hints and field.name not in given and not optional:
            msg = f"the field {field.name!r} is missing"
            raise LogError(msg, place=place, remedy=RESTORE)
    return form(**given)


def _decode_tagged(forms: tuple[Any, ...], value: Any, place: str) -> Any:
    if isinstance(value, dict):
        for form in forms:
            if form.__name__ == value.get(TAG):
                bare = {name: entry for name, entry in value.items() if name != TAG}
                return _decode_plain(form, bare, place)
    raise _misfit(place, value)


def _misfit(place: str, value: object) -> LogError:
    return LogError(f"{value!r} does not fit here", place=place, remedy=UPDATE)


@cache
def _field_types(form: type) -> dict[str, Any]:
    """Return the types of a dataclass's fields by name, those left out that follow from others."""
    hints = get_type_hints(form)
    return {field.name: hints[field.name] for field in fields(form) if field.init}


@cache
def _forms(hint: Any) -> tuple[Any, ...]:
    """Return what a field may hold beside None, new types taken for what they are made of."""
    if isinstance(hint, NewType):
        return _forms(hint.__supertype__)
    if get_origin(hint) in (Union, UnionType):
        members = (form for part in get_args(hint) for form in _forms(part))
        return tuple(form for form in members if form is not NoneType)
    return (hint,)


def _item_types(hint: Any, length: int) -> tuple[Any, ...]:
    """Return the type of each item of a tuple of `length`: `tuple[X, ...]` or `tuple[X, Y]`."""
    (form,) = _forms(hint)
    items = get_args(form)
    return items[:1] * length if items[-1:] == (Ellipsis,) else items
