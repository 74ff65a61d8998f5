"""Facts as JSON and back."""

from __future__ import annotations

import json
from typing import cast, get_args

from voicecoach.errors import LogError
from voicecoach.session.facts import Fact
from voicecoach.store.codec import RESTORE, UPDATE, as_text, from_json

FACT_KINDS: dict[str, type[Fact]] = {kind.__name__: kind for kind in get_args(Fact)}
"""Every class of fact by the name it is stored under."""


def encode_fact(fact: Fact) -> tuple[str, str]:
    """Return the kind of `fact` and its fields as compact JSON.

    Every field is written, so that a default changed later leaves old facts
    as they were.

    Raises:
        LogError: a text that SQLite cannot hold.
    """
    return type(fact).__name__, as_text(type(fact), fact)


def decode_fact(kind: str, body: str) -> Fact:
    """Return the fact of that kind with the fields in `body`.

    A field that is absent takes the default of its dataclass: the fact is
    older than the field.

    Raises:
        LogError: an unknown kind or field, or a value that does not fit.
    """
    try:
        fact_class = FACT_KINDS[kind]
    except KeyError:
        msg = f"a fact of the unknown kind {kind!r}"
        raise LogError(msg, remedy=UPDATE) from None
    try:
        value = json.loads(body)
    except ValueError as error:
        msg = f"{kind}: {error}"
        raise LogError(msg, remedy=RESTORE) from None
    return cast("Fact", from_json(fact_class, value, kind))
