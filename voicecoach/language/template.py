"""What can be said, as a tree: sequences, alternatives, optional parts, typed slots.

The notation is that of Home Assistant's sentence templates: `[optional]`,
`(one|other)`, `{slot}`. `hassil` reads the same notation, but imports for a
quarter of a second and drags in a YAML reader; here sixty lines do, and one
tree serves every recogniser's grammar, the parser, the help and the tests.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache


@dataclass(frozen=True, slots=True)
class Word:
    """One lower-case word as it is spoken."""

    text: str


@dataclass(frozen=True, slots=True)
class Slot:
    """A place for a value: `reps`, `load`, `seconds`, `rpe`, `exercise`."""

    name: str


@dataclass(frozen=True, slots=True)
class Sequence:
    """Parts that follow one another; with no parts, silence."""

    parts: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Alternatives:
    """Exactly one of several; an optional part is one of which the last is silence."""

    choices: tuple[Node, ...]


Node = Word | Slot | Sequence | Alternatives
SILENCE = Sequence(())

_TOKEN = re.compile(r"\s*([\[\]()|]|\{[a-z_]+\}|[a-z']+)")


@cache
def parse_template(text: str) -> Node:
    """Return the tree of a template such as `done [with] [{reps} [reps]]`.

    Raises ValueError, with the place, when the brackets do not match or a
    character has no meaning: templates are written by us, not by users.
    """
    tokens: list[str] = []
    at = 0
    while at < len(text.rstrip()):
        match = _TOKEN.match(text, at)
        if match is None:
            msg = f"template {text!r}: nothing can be read at {text[at:]!r}"
            raise ValueError(msg)
        tokens.append(match[1])
        at = match.end()
    node, rest = _alternatives(tokens, 0)
    if rest != len(tokens):
        msg = f"template {text!r}: {tokens[rest]!r} closes nothing"
        raise ValueError(msg)
    return node


_CLOSES = {"(": ")", "[": "]"}


def _alternatives(tokens: list[str], at: int) -> tuple[Node, int]:
    choices: list[Node] = []
    parts: list[Node] = []
    while at < len(tokens) and tokens[at] not in _CLOSES.values():
        token = tokens[at]
        at += 1
        if token == "|":
            choices.append(sequence(parts))
            parts = []
        elif token in _CLOSES:
            inner, at = _alternatives(tokens, at)
            if at == len(tokens) or tokens[at] != _CLOSES[token]:
                msg = f"{token!r} is never closed in {' '.join(tokens)!r}"
                raise ValueError(msg)
            at += 1
            parts.append(Alternatives((inner, SILENCE)) if token == "[" else inner)
        elif token.startswith("{"):
            parts.append(Slot(token[1:-1]))
        else:
            parts.append(Word(token))
    choices.append(sequence(parts))
    return (choices[0] if len(choices) == 1 else Alternatives(tuple(choices))), at


def sequence(parts: list[Node]) -> Node:
    """Return `parts` one after another, a single one as it is."""
    return parts[0] if len(parts) == 1 else Sequence(tuple(parts))


def words_of(node: Node) -> Iterator[str]:
    """Yield every word that occurs in a tree, slots aside."""
    match node:
        case Word(text):
            yield text
        case Sequence(inner) | Alternatives(inner):
            for part in inner:
                yield from words_of(part)
        case Slot():
            pass
