"""The file of what fits the lifter's voice, for its owner alone."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from voicecoach.audio.recognisers.own_voice import (
    FRAME_NUMBERS,
    MOST_LEAN,
    MOST_SHIFT,
    OwnVoice,
    network_name,
)
from voicecoach.audio.recognisers.phonemes import PHONEMES
from voicecoach.audio.recognisers.pronunciation import Phones
from voicecoach.errors import CalibrationError, shown
from voicecoach.library.document import Document, Table
from voicecoach.library.writing import quoted, write_whole
from voicecoach.runtime.enrolment.account import Account

VERSION = 1
MOST_VERSIONS = 1_000_000
_LONG_AGO = datetime(1970, 1, 1, tzinfo=UTC)
MOST_WORDS = 100
LONGEST_WORD = 20  # phonemes
NUMBERS_A_LINE = 12
AGAIN = "make it anew with `voicecoach calibrate`, or take it away: calibrate --forget"
"""What to do about a file that cannot be used."""

_HEAD = """\
# What fits your voice, as `voicecoach calibrate` found it: numbers, and no sound.
# `voicecoach calibrate --show` tells what it is worth, `--forget` takes it away.
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Profile:
    """What fits a voice, when it was found, and what the ears understood without it and with it."""

    voice: OwnVoice
    made_at: datetime
    before: Account
    after: Account


def read_profile(file: Path) -> Profile | None:
    """Return the profile in `file`; None where there is no such file.

    Raises:
        CalibrationError: it is damaged, of a newer version, or was made for
            another phoneme network than the coach has now.
    """
    if not file.exists():
        return None
    document = Document(file)
    root = document.root
    _refuse_mistakes(document)
    version = root.integer("version", low=1, high=MOST_VERSIONS, default=None)
    if version is None and not document.findings:
        root.find(None, "version is missing", AGAIN)
    _refuse_mistakes(document)
    if version is not None and version > VERSION:
        msg = f"the profile is of version {version}, and this voicecoach reads up to {VERSION}"
        raise CalibrationError(msg, place=str(file), remedy="update voicecoach, or " + AGAIN)
    made_at = root.read("made", _instant, _LONG_AGO)
    voice = OwnVoice(
        network=root.text("network", required=True),
        lean=root.read("lean", _within(MOST_LEAN), 0.0),
        shift=root.read("shift", _shift, ()),
        pronunciations=_pronunciations(root.table("pronounced")),
    )
    before, after = _account(root.table("before")), _account(root.table("after"))
    root.end()
    _refuse_mistakes(document)
    if voice.network != network_name():
        msg = "the profile was made for other ears than the coach has now"
        raise CalibrationError(msg, place=str(file), remedy=AGAIN)
    return Profile(voice=voice, made_at=made_at, before=before, after=after)


def named_profile(file: Path) -> Profile:
    """Return the profile in `file`. Raises CalibrationError, where there is none as well."""
    profile = read_profile(file)
    if profile is None:
        msg = "there is no such profile"
        raise CalibrationError(msg, place=str(file), remedy="make one with `voicecoach calibrate`")
    return profile


def write_profile(file: Path, profile: Profile) -> None:
    """Write `profile`: at every moment the old one or the new is there, whole.

    Raises:
        CalibrationError: the file cannot be written.
    """
    voice = profile.voice
    lines = [
        f"{_HEAD}version = {VERSION}",
        f"made = {quoted(profile.made_at.isoformat(timespec='seconds'))}",
        f"network = {quoted(voice.network)}",
        f"lean = {voice.lean:.3f}",
        f"shift = {_numbers(voice.shift)}",
        "\n[pronounced]",
        *(f"{quoted(word)} = {quoted(' '.join(phones))}" for word, phones in voice.pronunciations),
    ]
    for name, account in (("before", profile.before), ("after", profile.after)):
        lines.append(f"\n[{name}]")
        lines += [f"{key} = {count}" for key, count in account.as_dict().items()]
    write_whole(file, "\n".join([*lines, ""]), CalibrationError)


def forget_profile(file: Path) -> bool:
    """Take the profile away; return whether there was one. Raises CalibrationError."""
    try:
        file.unlink()
    except FileNotFoundError:
        return False
    except OSError as error:
        msg = f"cannot be taken away: {error.strerror or error}"
        raise CalibrationError(msg, place=str(file), remedy="remove it by hand") from error
    return True


def _refuse_mistakes(document: Document) -> None:
    """Raise CalibrationError for the first mistake in a file that nobody writes by hand."""
    for finding in document.findings:
        raise CalibrationError(finding.problem, place=finding.place, remedy=AGAIN)


def _numbers(shift: tuple[float, ...]) -> str:
    """Return a shift as a TOML list, some numbers a line."""
    written = [f"{number:.4f}" for number in shift]
    rows = (written[at : at + NUMBERS_A_LINE] for at in range(0, len(written), NUMBERS_A_LINE))
    return "[" + "".join(f"\n    {', '.join(row)}," for row in rows) + ("\n]" if written else "]")


def _instant(value: object) -> datetime:
    try:
        instant = datetime.fromisoformat(str(value))
    except ValueError:
        instant = None
    if instant is None or instant.tzinfo is None:
        msg = f"{shown(value)} is not an instant"
        raise CalibrationError(msg, remedy=AGAIN)
    return instant


def _within(most: float) -> Callable[[object], float]:
    def read(value: object) -> float:
        if isinstance(value, int | float) and not isinstance(value, bool) and abs(value) <= most:
            return float(value)
        msg = f"{shown(value)} is not a number from {-most} to {most}"
        raise CalibrationError(msg, remedy=AGAIN)

    return read


def _shift(value: object) -> tuple[float, ...]:
    if not isinstance(value, list) or len(value) not in (0, FRAME_NUMBERS):
        msg = f"{shown(value)} is not a list of {FRAME_NUMBERS} numbers"
        raise CalibrationError(msg, remedy=AGAIN)
    return tuple(map(_within(MOST_SHIFT), value))


def _pronunciations(table: Table) -> tuple[tuple[str, Phones], ...]:
    found = []
    for word in table:
        phones = tuple(table.text(word, required=True).split())
        if not 0 < len(phones) <= LONGEST_WORD or not set(phones) <= set(PHONEMES):
            table.find(word, f"{word} = {shown(' '.join(phones))} is not made of phonemes", AGAIN)
        found.append((word, phones))
    if len(found) > MOST_WORDS:
        table.find(None, f"there are {len(found)} words, and {MOST_WORDS} at most are read", AGAIN)
    return tuple(found)


def _account(table: Table) -> Account:
    counts = {key: table.integer(key, low=0, high=10**6, default=0) for key in Account().as_dict()}
    table.end()
    return Account(**counts)
