"""The settings, declared as data, and where the value of each comes from.

Precedence is written down here and nowhere else: an option of the command
line wins over the environment, that over the lifter's file, and that over the
default.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum
from pathlib import Path
from typing import Any, Generic, Protocol, TypeVar, cast

from voicecoach.audio.manner import FASTEST, HIGHEST, LOWEST, SLOWEST, WORDS_A_MINUTE, Style
from voicecoach.errors import ConfigError, Finding, shown
from voicecoach.library.document import Document, Table, suggestion
from voicecoach.units import Unit

T = TypeVar("T")
T_co = TypeVar("T_co", covariant=True)
E = TypeVar("E", bound=Enum)

LONGEST_TEXT = 200
YES = {"true", "yes", "on", "1"}
NO = {"false", "no", "off", "0"}


class Kind(Protocol[T_co]):
    """What the values of a setting are like."""

    @property
    def about(self) -> str:
        """What may be written, in a few words."""

    @property
    def choices(self) -> tuple[str, ...]:
        """All that may be written; empty where they are too many to name."""

    def read(self, value: object) -> T_co:
        """Return a value as a TOML file has it. Raises ConfigError."""

    def parse(self, text: str) -> T_co:
        """Return a value as it is typed. Raises ConfigError."""


@dataclass(frozen=True, slots=True)
class Text:
    """A line of text; none leaves the choice to the coach."""

    choices: tuple[str, ...] = ()

    @property
    def about(self) -> str:
        """What may be written."""
        return _either(self.choices) or "a line of text"

    def read(self, value: object) -> str | None:
        """Return a text. Raises ConfigError."""
        if not isinstance(value, str):
            msg = f"{shown(value)} is not a text"
            raise ConfigError(msg, remedy="put it in quotes")
        text = value.strip()
        if not text.isprintable() or len(text) > LONGEST_TEXT:
            msg = f"{shown(value)} is not a line of up to {LONGEST_TEXT} characters"
            raise ConfigError(msg, remedy="shorten it")
        if self.choices and text and text not in self.choices:
            msg = f"{shown(value)} is not known"
            remedy = suggestion(text, self.choices, f"write one of {', '.join(self.choices)}")
            raise ConfigError(msg, remedy=remedy)
        return text or None

    def parse(self, text: str) -> str | None:
        """Return a text. Raises ConfigError."""
        return self.read(text)


@dataclass(frozen=True, slots=True)
class Whole:
    """A whole number between two others, of a unit."""

    low: int
    high: int
    unit: str
    choices: tuple[str, ...] = ()

    @property
    def about(self) -> str:
        """What may be written."""
        return f"{self.low} to {self.high} {self.unit}"

    def read(self, value: object) -> int:
        """Return a number. Raises ConfigError."""
        if (
            not isinstance(value, int)
            or isinstance(value, bool)
            or not self.low <= value <= self.high
        ):
            msg = f"{shown(value)} is not a whole number from {self.low} to {self.high}"
            raise ConfigError(msg, remedy=f"write a number from {self.low} to {self.high}")
        return value

    def parse(self, text: str) -> int:
        """Return a number. Raises ConfigError."""
        try:
            return self.read(int(text))
        except ValueError:
            return self.read(text)


@dataclass(frozen=True, slots=True)
class Flag:
    """Yes or no."""

    choices: tuple[str, ...] = ("true", "false")

    @property
    def about(self) -> str:
        """What may be written."""
        return "true or false"

    def read(self, value: object) -> bool:
        """Return yes or no. Raises ConfigError."""
        if not isinstance(value, bool):
            msg = f"{shown(value)} is neither true nor false"
            raise ConfigError(msg, remedy="write true or false")
        return value

    def parse(self, text: str) -> bool:
        """Return yes or no, as people write it. Raises ConfigError."""
        word = text.strip().lower()
        return self.read(word in YES if word in YES | NO else text)


@dataclass(frozen=True, slots=True)
class OneOf(Generic[E]):
    """One of an enum's values."""

    kind: type[E]

    @property
    def choices(self) -> tuple[str, ...]:
        """The values."""
        return tuple(str(member.value) for member in self.kind)

    @property
    def about(self) -> str:
        """What may be written."""
        return _either(self.choices)

    def read(self, value: object) -> E:
        """Return a member of the enum. Raises ConfigError."""
        return self.kind(Text(self.choices).read(value) or self.choices[0])

    def parse(self, text: str) -> E:
        """Return a member of the enum. Raises ConfigError."""
        return self.read(text.strip().lower())


@dataclass(frozen=True, slots=True, kw_only=True)
class Setting(Generic[T]):
    """One setting: its name, what its values are like, its default, and what it is for."""

    name: str
    kind: Kind[T]
    default: T
    about: str

    @property
    def variable(self) -> str:
        """The environment variable that sets it."""
        return f"VOICECOACH_{self.name.upper().replace('-', '_')}"


MIC: Setting[str | None] = Setting(
    name="mic", kind=Text(), default=None, about="the microphone, by its name or a part of it"
)
SPEAKER: Setting[str | None] = Setting(
    name="speaker",
    kind=Text(),
    default=None,
    about="the speaker or earbuds, by name or a part of it",
)
RECOGNISER: Setting[str | None] = Setting(
    name="recogniser",
    kind=Text(("vosk", "moonshine", "pocketsphinx", "vosk+moonshine", "vosk+pocketsphinx")),
    default=None,
    about="what listens, the best there is where none is named",
)
VOICE: Setting[str | None] = Setting(
    name="voice", kind=Text(), default=None, about="the coach's voice, one of `voicecoach voices`"
)
RATE = Setting(
    name="rate",
    kind=Whole(SLOWEST, FASTEST, "words a minute"),
    default=WORDS_A_MINUTE,
    about="how fast the coach speaks",
)
PITCH = Setting(
    name="pitch",
    kind=Whole(LOWEST, HIGHEST, "semitones"),
    default=0,
    about="how much higher or lower the voice is",
)
STYLE = Setting(name="style", kind=OneOf(Style), default=Style.CALM, about="the coach's temper")
VOLUME = Setting(
    name="volume",
    kind=Whole(-30, 12, "decibels"),
    default=0,
    about="how loud the coach is, 0 being the loudness of a broadcast",
)
QUIET = Setting(
    name="quiet",
    kind=Flag(),
    default=False,
    about="tones in the place of words; what they stand for is on the screen",
)
DISPLAY = Setting(
    name="display",
    kind=Flag(),
    default=True,
    about="the screen while training, on a terminal",
)
DUCK = Setting(
    name="duck",
    kind=Flag(),
    default=False,
    about="music and other programs softer while the coach speaks",
)
BUTTONS = Setting(
    name="buttons",
    kind=Flag(),
    default=True,
    about="the buttons on the earbuds: pause, done or skip the rest, undo",
)
BUFFER = Setting(
    name="buffer",
    kind=Whole(10, 1000, "milliseconds"),
    default=40,
    about="sound made ahead, more where a busy computer leaves gaps in it",
)
UNIT = Setting(
    name="unit", kind=OneOf(Unit), default=Unit.KG, about="what loads are in where nothing says so"
)

SETTINGS: Mapping[str, Setting[Any]] = {
    setting.name: setting
    for setting in (
        MIC,
        SPEAKER,
        VOICE,
        RATE,
        PITCH,
        STYLE,
        VOLUME,
        QUIET,
        DISPLAY,
        DUCK,
        BUTTONS,
        RECOGNISER,
        BUFFER,
        UNIT,
    )
}
"""Every setting by its name, in the order in which they are listed."""


class Origin(Enum):
    """Where a value comes from, the strongest first."""

    OPTION = "option"
    ENVIRONMENT = "environment"
    FILE = "file"
    DEFAULT = "default"


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """The value of every setting, where it comes from, and what was wrong on the way.

    A value that cannot be read is a finding, and the next origin is asked:
    no slip in a file keeps anybody from training.
    """

    values: Mapping[str, object]
    origins: Mapping[str, Origin]
    findings: tuple[Finding, ...] = ()

    def __getitem__(self, setting: Setting[T]) -> T:
        """Return the value of `setting`."""
        return cast("T", self.values[setting.name])


def settings_of(
    file: Path,
    options: Mapping[str, object] | None = None,
    environ: Mapping[str, str] = os.environ,
) -> Settings:
    """Return the settings: `options` as given (None is not), the environment, `file`, defaults.

    `file` need not exist; a variable that is empty counts as not set.

    Raises:
        ConfigError: an option is not what its setting takes.
    """
    document = Document(file) if file.exists() else None
    findings: list[Finding] = []
    values: dict[str, object] = {}
    origins: dict[str, Origin] = {}
    for setting in SETTINGS.values():
        found = {
            Origin.OPTION: _of_option(setting, options or {}),
            Origin.ENVIRONMENT: _of_environment(setting, environ, findings),
            Origin.FILE: _of_file(setting, document.root) if document else None,
            Origin.DEFAULT: setting.default,
        }
        origin = next((o for o, value in found.items() if value is not None), Origin.DEFAULT)
        values[setting.name], origins[setting.name] = found[origin], origin
    if document:
        document.root.end()
        findings += document.findings
    return Settings(values=values, origins=origins, findings=tuple(findings))


def setting_called(name: str) -> Setting[Any]:
    """Return the setting of that name. Raises ConfigError."""
    known = name.strip().lower().replace("_", "-")
    if known not in SETTINGS:
        msg = f"there is no setting {shown(name)}"
        raise ConfigError(msg, remedy=suggestion(known, SETTINGS, "see `voicecoach config list`"))
    return SETTINGS[known]


def _either(choices: tuple[str, ...]) -> str:
    return " or ".join(part for part in (", ".join(choices[:-1]), *choices[-1:]) if part)


def _of_option(setting: Setting[Any], options: Mapping[str, object]) -> object:
    value = options.get(setting.name)
    return setting.kind.parse(value) if isinstance(value, str) else value


def _of_environment(
    setting: Setting[Any], environ: Mapping[str, str], findings: list[Finding]
) -> object:
    text = environ.get(setting.variable)
    if not text:
        return None
    try:
        return setting.kind.parse(text)
    except ConfigError as error:
        findings.append(
            Finding(
                file=setting.variable,
                line=None,
                key=setting.name,
                value=shown(text),
                problem=error.problem,
                remedy=error.remedy,
            )
        )
        return None


def _of_file(setting: Setting[Any], table: Table) -> object:
    return table.read(setting.name, setting.kind.read, None)
