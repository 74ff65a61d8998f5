"""A TOML file read with care: every mistake is found, and each has its line.

A `Document` is the text and its tables; a `Table` reads one of them field by
field. What cannot be read becomes a finding and a default, so that reading
goes on and the next mistake is found too.
"""

from __future__ import annotations

import re
import stat
import tomllib
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from difflib import get_close_matches
from enum import Enum
from functools import cached_property
from pathlib import Path
from typing import Any, TypeVar

from voicecoach.errors import Finding, VoicecoachError, shown
from voicecoach.library.tomlplaces import KeyPath, line_of, places

T = TypeVar("T")
E = TypeVar("E", bound=Enum)

MOST_BYTES = 1_000_000
MOST_FINDINGS = 100  # a file with more is not the file that was meant
MOST_TEXT = 500
MOST_ITEMS = 100


def closest(word: str, known: Iterable[str]) -> str | None:
    """Return the one of `known` that `word` was probably meant to be, or None."""
    folded = {name.lower(): name for name in known}
    near = get_close_matches(word.lower()[:MOST_TEXT], folded, n=1)
    return folded[near[0]] if near else None


def suggestion(word: str, known: Iterable[str], otherwise: str) -> str:
    """Return the remedy for an unknown word: the nearest known one, or `otherwise`."""
    near = closest(word, known)
    return f"did you mean {near}?" if near else otherwise


class Document:
    """A TOML file with the findings made in it. Nothing raises: what is wrong is found."""

    def __init__(self, file: Path, *, file_name: str = "") -> None:
        name = file_name or str(file)
        self.name = name if name.isprintable() and len(name) <= MOST_TEXT else shown(name)
        self.findings: list[Finding] = []
        self.text = ""
        try:
            content = _content_of(file)
            self.text = content.decode("utf-8-sig").replace("\r\n", "\n")
        except VoicecoachError as error:
            self._fail(error.problem, error.remedy)
        except UnicodeDecodeError as error:
            line = content.count(b"\n", 0, error.start) + 1
            self._fail("is not text in UTF-8", "save it as UTF-8", line)
        self.root = Table(self, self._parse(), ())

    @cached_property
    def _lines(self) -> Mapping[KeyPath, int]:
        return places(self.text)

    def find(self, path: KeyPath, value: str, problem: str, remedy: str) -> None:
        """Add a finding at `path`; the first hundred are kept."""
        if len(self.findings) < MOST_FINDINGS:
            line = line_of(self._lines, path)
            self.findings.append(
                Finding(
                    file=self.name,
                    line=line,
                    key=dotted(path),
                    value=value,
                    problem=problem,
                    remedy=remedy,
                )
            )

    def _fail(self, problem: str, remedy: str, line: int | None = None) -> None:
        self.findings.append(
            Finding(file=self.name, line=line, key="", value="", problem=problem, remedy=remedy)
        )

    def _parse(self) -> dict[str, Any]:
        try:
            return tomllib.loads(self.text)
        except RecursionError:
            self._fail("is nested too deeply", "keep to the tables that a routine has")
        except ValueError as error:  # TOMLDecodeError, and integers of thousands of digits
            place = re.search(r" \(at (?:line (\d+), column \d+|end of document)\)$", str(error))
            problem = str(error)[: place.start()] if place else str(error)
            end = self.text.count("\n") + 1
            line = (int(place[1]) if place[1] else end) if place else None
            self._fail(f"not TOML: {problem[0].lower()}{problem[1:]}", "mend that line", line)
        return {}


def _content_of(file: Path) -> bytes:
    """Return what `file` holds, having looked first what and how large it is."""
    try:
        kind = file.stat()
        if not stat.S_ISREG(kind.st_mode):
            what = "a directory" if stat.S_ISDIR(kind.st_mode) else "no ordinary file"
            msg = f"is {what}"
            raise VoicecoachError(msg, remedy="give a file that ends in .toml")
        if kind.st_size > MOST_BYTES:
            msg = f"has {kind.st_size:,} bytes, and {MOST_BYTES:,} at most are read"
            raise VoicecoachError(msg, remedy="give the file you wrote by hand")
        with file.open("rb") as stream:
            return stream.read(MOST_BYTES)
    except FileNotFoundError:
        msg = "there is no such file"
        raise VoicecoachError(msg, remedy="check the path") from None
    except (OSError, ValueError) as error:  # ValueError: a NUL in the name
        reason = error.strerror if isinstance(error, OSError) else error
        msg = f"cannot be opened: {reason}"
        raise VoicecoachError(msg, remedy="check the path") from None


class Table:
    """One table of a document, read key by key; `end` finds the keys nobody asked for."""

    def __init__(self, document: Document, values: Mapping[str, Any], path: KeyPath) -> None:
        self.document = document
        self.path = path
        self._values = values
        self._known: list[str] = []

    def __contains__(self, key: str) -> bool:
        return key in self._values

    def __iter__(self) -> Iterator[str]:
        return iter(self._values)

    def find(self, key: str | None, problem: str, remedy: str) -> None:
        """Add a finding about `key`, or about the table itself."""
        path = self.path if key is None else (*self.path, key)
        value = shown(self._values[key]) if key in self._values and key is not None else ""
        self.document.find(path, value, problem, remedy)

    def value(self, key: str) -> Any:
        """Return what `key` holds, or None; the key counts as known from here on."""
        self._known.append(key)
        return self._values.get(key)

    def text(self, key: str, *, default: str = "", required: bool = False) -> str:
        """Return a text of one line."""
        value = self.value(key)
        if value is None:
            if required:
                self.find(None, f"{key} is missing", f'write {key} = "…"')
            return default
        if not isinstance(value, str):
            self.find(key, f"{key} = {shown(value)} is not a text", "put it in quotes")
            return default
        if len(value) > MOST_TEXT or not value.isprintable() or (required and not value.strip()):
            self.find(
                key,
                f"{key} = {shown(value)} is not a line of 1 to {MOST_TEXT} characters",
                "shorten it",
            )
            return default
        return value.strip()

    def texts(self, key: str) -> tuple[str, ...]:
        """Return a list of texts."""
        value = self.value(key)
        if value is None:
            return ()
        if not isinstance(value, list) or len(value) > MOST_ITEMS:
            self.find(
                key, f"{key} = {shown(value)} is not a list of up to {MOST_ITEMS}", 'write ["…"]'
            )
            return ()
        good: list[str] = []
        for index, item in enumerate(value):
            if isinstance(item, str) and item.strip() and len(item) <= MOST_TEXT:
                good.append(item.strip())
            else:
                self.document.find(
                    (*self.path, key, index),
                    shown(item),
                    f"{key} holds {shown(item)}, which is not a text",
                    "put each in quotes",
                )
        return tuple(good)

    def known(self, key: str, ids: Collection[str], what: str, otherwise: str) -> tuple[str, ...]:
        """Return a list of texts that are all among `ids`; others are found and left out.

        `what` is what they should be, and `otherwise` the remedy where none of `ids` is near.
        """
        good: list[str] = []
        for index, name in enumerate(self.texts(key)):
            if name in ids:
                good.append(name)
            else:
                self.document.find(
                    (*self.path, key, index),
                    shown(name),
                    f"{shown(name)} is no {what}",
                    suggestion(name, ids, otherwise),
                )
        return tuple(good)

    def integer(self, key: str, *, low: int, high: int, default: T) -> int | T:
        """Return a whole number between `low` and `high`."""
        value = self.value(key)
        if value is None:
            return default
        if not isinstance(value, int) or isinstance(value, bool) or not low <= value <= high:
            self.find(
                key,
                f"{key} = {shown(value)} is not a whole number from {low} to {high}",
                f"write a number from {low} to {high}",
            )
            return default
        return value

    def flag(self, key: str) -> bool:
        """Return true or false, false where nothing is written."""
        value = self.value(key)
        if value is None or isinstance(value, bool):
            return bool(value)
        self.find(key, f"{key} = {shown(value)} is neither true nor false", "write true or false")
        return False

    def choice(self, key: str, kind: type[E], default: E) -> E:
        """Return one of an enum's values."""
        text = self.text(key, default=default.value)
        try:
            return kind(text)
        except ValueError:
            choices = [member.value for member in kind]
            self.find(
                key,
                f"{key} = {shown(text)} is not known",
                suggestion(text, choices, f"write one of {', '.join(choices)}"),
            )
            return default

    def read(self, key: str, reader: Callable[[object], T], default: T) -> T:
        """Return what `reader` makes of the value; its error becomes a finding."""
        value = self.value(key)
        if value is None:
            return default
        try:
            return reader(value)
        except VoicecoachError as error:
            self.find(key, f"{key}: {error.problem}", error.remedy)
            return default

    def table(self, key: str) -> Table:
        """Return a table within this one, empty where there is none."""
        value = self.value(key)
        if value is not None and not isinstance(value, dict):
            self.find(key, f"{key} = {shown(value)} is not a table", f"write {key} = {{ … }}")
            value = None
        return Table(self.document, value or {}, (*self.path, key))

    def tables(self, key: str, *, most: int) -> tuple[Table, ...]:
        """Return the tables of `[[key]]`; with more than `most` of them, none are read."""
        value = self.value(key)
        if value is None:
            return ()
        if not isinstance(value, list) or not all(isinstance(item, dict) for item in value):
            self.find(
                key, f"{key} is not a list of tables", f"write [[{dotted_plain(self.path, key)}]]"
            )
            return ()
        if len(value) > most:
            self.find(key, f"{key} is there {len(value):,} times", f"keep to {most} at most")
            return ()
        return tuple(
            Table(self.document, item, (*self.path, key, index)) for index, item in enumerate(value)
        )

    def end(self) -> None:
        """Find every key that was not asked for."""
        for key in self._values:
            if key not in self._known:
                self.find(
                    key,
                    f"{key} is not a key that is known here",
                    suggestion(key, self._known, f"known are {', '.join(self._known)}"),
                )


def dotted(path: KeyPath) -> str:
    """Return a path as it is written: `workout[0].block[2].exercise`."""
    return "".join(f"[{part}]" if isinstance(part, int) else f".{part}" for part in path).lstrip(
        "."
    )


def dotted_plain(path: KeyPath, key: str) -> str:
    """Return the header of a table at `path`, indices left out: `workout.block`."""
    return ".".join(part for part in (*path, key) if isinstance(part, str))
