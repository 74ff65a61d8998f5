"""The journal: every event that reached the coach, and what came of it, for when it goes wrong.

The coach is a pure function, so the state it began in and the events are all
it takes to repeat a conversation exactly. A journal holds no sound.
"""

from __future__ import annotations

import json
import traceback
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from voicecoach import __version__
from voicecoach.errors import LogError, ScenarioError, VoicecoachError
from voicecoach.session.coaching import COACHING
from voicecoach.session.conversation import Conversation, S
from voicecoach.session.effects import Effect
from voicecoach.session.events import Event, RecordFailed
from voicecoach.session.state import State
from voicecoach.store.codec import as_json, from_json

SCHEMA = "voicecoach.journal/1"

KINDS: dict[str, tuple[Conversation[Any], type]] = {"coaching": (COACHING, State)}
"""The conversations that can be repeated, by the name a journal gives them."""


class Journal:
    """Notes down conversations while they are led.

    With `file` each step is written as it happens; without, the steps are
    kept in memory and written to `crashes` only where leaving the context
    means an exception that is no error of ours. Nobody but the owner can read
    what is written.
    """

    def __init__(self, crashes: Path, *, file: Path | None = None) -> None:
        self._crashes = crashes
        self._file = file
        self._lines: list[str] = []
        self._repeatable = True

    def watching(self, conversation: Conversation[S], state: S) -> Conversation[S]:
        """Return `conversation` with each of its steps noted down, beginning with `state`."""
        name = next((name for name, (one, _) in KINDS.items() if one is conversation), None)
        self._repeatable &= name is not None
        self._note(
            schema=SCHEMA,
            version=__version__,
            conversation=name,
            state=as_json(type(state), state) if name else repr(state),
        )

        def step(before: S, event: Event) -> tuple[S, tuple[Effect, ...]]:
            self._note(event=as_json(Event, event))
            after, effects = conversation.step(before, event)
            self._note(effects=[repr(effect) for effect in effects])
            return after, effects

        return replace(conversation, step=step)

    def __enter__(self) -> Self:
        if self._file:
            _create(self._file)
        return self

    def __exit__(
        self,
        exc_type: type[BaseException] | None,
        exc: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if not isinstance(exc, Exception) or isinstance(exc, VoicecoachError):
            return
        self._note(crash="".join(traceback.format_exception(exc)))
        if self._file is None:
            stamp = datetime.now().astimezone().strftime("%Y-%m-%dT%H%M%S")
            self._file = self._crashes / f"journal-{stamp}.jsonl"
            _create(self._file, "".join(self._lines))
        again = f"; repeat it with: voicecoach rehearse --replay {self._file}"
        exc.add_note(
            "What was confirmed is kept. The journal of this session is "
            f"{self._file}{again if self._repeatable else ''}"
        )

    def _note(self, **entry: Any) -> None:
        line = json.dumps(entry, ensure_ascii=False, separators=(",", ":")) + "\n"
        if self._file is None:
            self._lines.append(line)
            return
        with self._file.open("a", encoding="utf-8") as file:
            file.write(line)


@dataclass(frozen=True, slots=True, kw_only=True)
class ReplayedStep:
    """One step of a journal, taken again; `effects` are what came of it this time."""

    line: int  # of the journal, from 1
    event: Event
    after: Any  # the state
    effects: tuple[Effect, ...]
    noted: tuple[str, ...] | None  # what came of it then; None where it never came to that

    @property
    def same(self) -> bool:
        """Whether the coach did what it did then."""
        return self.noted is None or tuple(map(repr, self.effects)) == self.noted


def replay(file: Path) -> Iterator[ReplayedStep]:
    """Take the steps of a journal again, one by one.

    Raises:
        ScenarioError: no journal, one of another voicecoach, or one that
            breaks off in a line.
        Exception: whatever the coach raised then, it raises again.
    """
    conversation: Conversation[Any] | None = None
    state = before = None
    entries = list(_entries(file))
    for index, (line, entry) in enumerate(entries):
        if "schema" in entry:
            conversation, state = _opened(file, line, entry)
        elif "event" in entry:
            if conversation is None:
                raise _broken(file, line, "an event before the journal's first line")
            try:
                event = from_json(Event, entry["event"], f"{file}:{line}")
            except LogError as error:
                raise _broken(file, line, error.problem) from error
            # Facts that could not be committed: the step before did not happen.
            before = before if isinstance(event, RecordFailed) else state
            state, effects = conversation.step(before, event)
            following = entries[index + 1][1] if index + 1 < len(entries) else {}
            noted = following.get("effects")
            yield ReplayedStep(
                line=line,
                event=event,
                after=state,
                effects=effects,
                noted=None if noted is None else tuple(noted),
            )


def _opened(file: Path, line: int, entry: dict[str, Any]) -> tuple[Conversation[Any], Any]:
    if entry["schema"] != SCHEMA:
        raise _broken(file, line, f"schema {entry['schema']!r} where {SCHEMA!r} is read")
    kind = KINDS.get(str(entry.get("conversation")))
    if kind is None:
        raise _broken(file, line, f"a conversation of the kind {entry.get('conversation')!r}")
    conversation, form = kind
    try:
        return conversation, from_json(form, entry["state"], f"{file}:{line}")
    except (LogError, KeyError) as error:
        raise _broken(
            file, line, f"written by voicecoach {entry.get('version')}: {error}"
        ) from error


def _entries(file: Path) -> Iterable[tuple[int, dict[str, Any]]]:
    try:
        text = file.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        msg = f"the journal cannot be read: {error}"
        raise ScenarioError(
            msg, place=str(file), remedy="name a journal, as --debug writes"
        ) from error
    for number, line in enumerate(text.splitlines(), 1):
        try:
            entry = json.loads(line)
        except (ValueError, RecursionError) as error:  # brackets without end
            raise _broken(file, number, str(error)) from error
        if not isinstance(entry, dict):
            raise _broken(file, number, "no object")
        yield number, entry


def _broken(file: Path, line: int, problem: str) -> ScenarioError:
    return ScenarioError(
        f"no journal that can be repeated: {problem}",
        place=f"{file}:{line}",
        remedy="repeat it with the voicecoach that wrote it",
    )


def _create(file: Path, text: str = "") -> None:
    """Make a file for the owner alone, with its folder; one that is there is emptied."""
    try:
        file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        file.touch(mode=0o600)
        file.chmod(0o600)
        file.write_text(text, encoding="utf-8")
    except OSError as error:
        msg = f"the journal cannot be written: {error.strerror or error}"
        raise ScenarioError(msg, place=str(file), remedy="name a file you can write") from error
