"""On which line each key of a TOML text stands.

`tomllib` keeps no positions and `tomlkit` gives none out, so the text is
walked once more, only when there is a mistake to point at. It has been read
by `tomllib` before: what is walked here is valid TOML.
"""

from __future__ import annotations

import re
import tomllib
from bisect import bisect_left
from collections.abc import Mapping

KeyPath = tuple[str | int, ...]
"""Keys and indices from the root: `("workout", 0, "block", 1, "reps")`."""

_BLANK = re.compile(r"(?:[ \t\r\n]|#[^\n]*)*")
_KEY = re.compile(r"""\s*([A-Za-z0-9_-]+|"(?:[^"\\\n]|\\.)*"|'[^'\n]*')[ \t]*(\.?)""")
_STRING = re.compile(
    r'"""(?:[^\\]|\\.)*?"""(?:"{0,2})'  # up to two quotes may stand before the closing three
    r"|'''.*?'''(?:'{0,2})"
    r'|"(?:[^"\\\n]|\\.)*"'
    r"|'[^'\n]*'",
    re.DOTALL,
)
_PLAIN = re.compile(r"[^,\]}\r\n#]+")  # a number, a boolean or a date
_NESTED = 8  # deeper than any file of ours; below it only brackets are counted


def places(text: str) -> dict[KeyPath, int]:
    """Return the line, from 1, of each table, key and array item of `text`."""
    return _Walk(text).places


def line_of(lines: Mapping[KeyPath, int], path: KeyPath) -> int | None:
    """Return the line of `path`, or of the nearest thing around it that has one."""
    for end in range(len(path), 0, -1):
        if path[:end] in lines:
            return lines[path[:end]]
    return None


class _Walk:
    def __init__(self, text: str) -> None:
        self.text = text
        self.at = 0
        self.places: dict[KeyPath, int] = {}
        self._newlines = [match.start() for match in re.finditer("\n", text)]
        self._lengths: dict[KeyPath, int] = {}  # of each array of tables, so far
        table: KeyPath = ()
        self._blank()
        while self.at < len(text):
            if text[self.at] == "[":
                table = self._header()
            else:
                self._pair(table, depth=0)
            self._blank()

    def _header(self) -> KeyPath:
        array = self.text.startswith("[[", self.at)
        start = self.at
        self.at += 2 if array else 1
        *parents, last = self._key()
        self.at = self.text.index("]", self.at) + (2 if array else 1)
        path: KeyPath = ()
        for name in parents:
            path = self._latest((*path, name))
        path = (*path, last)
        if array:
            count = self._lengths.get(path, 0)
            self._lengths[path] = count + 1
            self._mark(path, start)
            path = (*path, count)
        self._mark(path, start)
        return path

    def _latest(self, path: KeyPath) -> KeyPath:
        """Return `path`, or its latest item where it is an array of tables."""
        count = self._lengths.get(path)
        return path if count is None else (*path, count - 1)

    def _pair(self, table: KeyPath, depth: int) -> None:
        start = self.at
        path = table
        for name in self._key():
            path = (*path, name)
            self._mark(path, start)
        self.at = self.text.index("=", self.at) + 1
        self._blank()
        self._value(path, depth)

    def _value(self, path: KeyPath, depth: int) -> None:
        opening = self.text[self.at]
        if opening in "\"'":
            self._take(_STRING)
        elif opening not in "[{":
            self._take(_PLAIN)
        elif depth >= _NESTED:
            self._balanced()
        else:
            self._items(path, depth, closing="]" if opening == "[" else "}")

    def _items(self, path: KeyPath, depth: int, closing: str) -> None:
        self.at += 1
        index = 0
        self._blank()
        while self.text[self.at] != closing:
            if closing == "}":
                self._pair(path, depth + 1)
            else:
                self._mark((*path, index), self.at)
                self._value((*path, index), depth + 1)
            index += 1
            self._blank()
            if self.text[self.at] == ",":
                self.at += 1
                self._blank()
        self.at += 1

    def _balanced(self) -> None:
        """Pass over one bracketed value, whatever it holds."""
        depth = 0
        while True:
            self._blank()
            character = self.text[self.at]
            if character in "\"'":
                self._take(_STRING)
                continue
            depth += (character in "[{") - (character in "]}")
            self.at += 1
            if not depth:
                return

    def _key(self) -> list[str]:
        names: list[str] = []
        dot = "."
        while dot:
            name, dot = self._take(_KEY).groups()
            names.append(tomllib.loads(f"key = {name}")["key"] if name[0] in "\"'" else name)
        return names

    def _take(self, pattern: re.Pattern[str]) -> re.Match[str]:
        match = pattern.match(self.text, self.at)
        if match is None:
            msg = f"no TOML at {self.text[self.at : self.at + 20]!r}"
            raise ValueError(msg)
        self.at = match.end()
        return match

    def _blank(self) -> None:
        self._take(_BLANK)

    def _mark(self, path: KeyPath, start: int) -> None:
        self.places.setdefault(path, bisect_left(self._newlines, start) + 1)
