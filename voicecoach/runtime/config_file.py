"""The lifter's file of settings, written so that what they wrote beside them stays."""

from __future__ import annotations

import re
from enum import Enum
from pathlib import Path
from typing import Any

import tomlkit
from tomlkit.exceptions import TOMLKitError

from voicecoach.errors import ConfigError
from voicecoach.library.writing import quoted, write_whole
from voicecoach.runtime.config import SETTINGS, Setting, settings_of


def text_of(file: Path) -> str:
    """Return the text of `file`; where there is none, a text that names every setting.

    Raises:
        ConfigError: it cannot be read.
    """
    try:
        return file.read_text(encoding="utf-8-sig")
    except FileNotFoundError:
        return blank()
    except (OSError, UnicodeDecodeError) as error:
        reason = "it is not text in UTF-8" if isinstance(error, ValueError) else error.strerror
        msg = f"cannot be read: {reason}"
        raise ConfigError(msg, place=str(file), remedy="mend it by hand, or remove it") from error


def blank() -> str:
    """Return a file in which every setting stands as a comment, at its default."""
    blocks = ["# Settings of voicecoach. Take away a # to change one.\n"]
    for setting in SETTINGS.values():
        line = f"{setting.name} = {written(setting.default)}"
        blocks.append(f"# {setting.about} ({setting.kind.about})\n# {line}\n")
    return "\n".join(blocks)


def written(value: object) -> str:
    """Return a value as TOML has it."""
    match value:
        case bool():
            return "true" if value else "false"
        case int():
            return str(value)
        case Enum():
            return quoted(str(value.value))
        case _:
            return quoted("" if value is None else str(value))


def put(file: Path, setting: Setting[Any], value: object) -> None:
    """Write `value` for `setting` into `file`; comments and the rest stay as they are.

    Raises:
        ConfigError: the file cannot be read or written, or is not TOML.
    """
    text = text_of(file)
    document = _parsed(text, file)
    if setting.name in document:
        document[setting.name] = value.value if isinstance(value, Enum) else value or ""
        changed = tomlkit.dumps(document)
    else:
        changed = _with_line(text, f"{setting.name} = {written(value)}")
    write_whole(file, changed, ConfigError)


def take_out(file: Path, setting: Setting[Any]) -> bool:
    """Take `setting` out of `file`; return whether it was there. Raises ConfigError."""
    document = _parsed(text_of(file), file)
    if setting.name not in document:
        return False
    document.remove(setting.name)
    write_whole(file, tomlkit.dumps(document), ConfigError)
    return True


def _parsed(text: str, file: Path) -> tomlkit.TOMLDocument:
    try:
        return tomlkit.parse(text)
    except TOMLKitError as error:
        found = settings_of(file, environ={}).findings
        place, problem = (found[0].place, found[0].problem) if found else (str(file), str(error))
        raise ConfigError(problem, place=place, remedy="voicecoach config edit") from error


def _with_line(text: str, line: str) -> str:
    """Return `text` with `line` where it stands as a comment, else before any table."""
    name = line.partition(" ")[0]
    mine = re.search(rf"^# *{re.escape(name)} *=.*$", text, re.MULTILINE)
    table = re.search(r"^\[", text, re.MULTILINE)
    if mine and not (table and table.start() < mine.start()):
        return text[: mine.start()] + line + text[mine.end() :]
    at = table.start() if table else len(text)
    before = text[:at]
    if before and not before.endswith("\n"):
        before += "\n"
    return f"{before}{line}\n{text[at:]}"
