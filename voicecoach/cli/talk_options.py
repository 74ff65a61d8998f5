"""How commands that talk with the athlete are told to: by voice on which devices, or typed."""

from __future__ import annotations

import sys
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from voicecoach.cli.settings import setting_options, settings_for
from voicecoach.errors import CalibrationError, DeviceError, VoicecoachError
from voicecoach.runtime import config
from voicecoach.runtime.config import Settings
from voicecoach.runtime.paths import Paths

if TYPE_CHECKING:
    from voicecoach.audio.recognisers.own_voice import OwnVoice
    from voicecoach.runtime.hearing import Keep
    from voicecoach.runtime.talking import Talk

F = TypeVar("F", bound=Callable[..., Any])

SETTINGS = (
    config.MIC,
    config.SPEAKER,
    config.VOICE,
    config.RATE,
    config.PITCH,
    config.STYLE,
    config.VOLUME,
    config.QUIET,
    config.DISPLAY,
    config.DUCK,
    config.BUTTONS,
    config.RECOGNISER,
    config.BUFFER,
)
"""What such a command takes as options; where none is given the settings tell."""

_TEXT = click.option("--text", is_flag=True, help="Type and read in place of speaking and hearing.")

record_option = click.option(
    "--record",
    type=click.Path(file_okay=False, path_type=Path),
    metavar="DIR",
    help="Keep the sound of what you say in this folder, for `voicecoach bench hearing`.",
)


def talk_options(command: F) -> F:
    """Give a command the options of `find_talk`."""
    return _TEXT(setting_options(*SETTINGS)(command))


def find_talk(paths: Paths, *, text: bool, record: Path | None = None, **options: Any) -> Talk:
    """Return how to talk with the athlete: typed with `text`, else on the devices of the settings.

    `options` are those of `talk_options`, which win over the settings. With
    `record`, and consent to it, what is said is kept in that folder. Raises
    DeviceError where there is no device and nobody to ask whether to type
    instead, and CorpusError where nothing can be kept.
    """
    if text and record is not None:
        msg = "--record keeps sound, and with --text there is none"
        raise click.UsageError(msg)
    if not text:
        try:
            return _spoken(paths, settings_for(paths, options), record)
        except DeviceError as error:
            _offer_text(error)
    from voicecoach.runtime.talking import typed_on_stdin  # noqa: PLC0415  # whoever speaks needs it not

    return typed_on_stdin(click.echo)


def _spoken(paths: Paths, settings: Settings, record: Path | None) -> Talk:
    """Find devices and engines. Raises DeviceError, and CorpusError."""
    # Slow to import, and of no use to a session that is typed.
    from voicecoach.audio import ducking  # noqa: PLC0415
    from voicecoach.runtime.live_session import SpokenTalk, find_rig  # noqa: PLC0415

    rig = find_rig(paths, settings, own_voice(paths))
    click.echo(rig.description)
    if settings[config.DUCK] and not ducking.supported():
        click.echo(f"voicecoach: {ducking.UNSUPPORTED}", err=True)
    console = None
    if settings[config.DISPLAY] and sys.stdout.isatty():
        from rich.console import Console  # noqa: PLC0415  # slow

        terminal = Console()
        console = terminal if terminal.is_terminal and not terminal.is_dumb_terminal else None
    keep = None if record is None else keeping(record)
    return SpokenTalk(rig, lambda _, line: click.echo(line), console, keep)


def own_voice(paths: Paths) -> OwnVoice | None:
    """Return what `voicecoach calibrate` found of the lifter's voice; None where there is nothing.

    A file that cannot be used is told, and keeps nobody from training.
    """
    if not paths.voice.exists():
        return None
    from voicecoach.runtime.enrolment.profile_file import read_profile  # noqa: PLC0415  # slow

    try:
        profile = read_profile(paths.voice)
    except CalibrationError as error:
        click.echo(f"voicecoach: {error}. Until then I listen as to anybody.", err=True)
        return None
    return None if profile is None else profile.voice


def keeping(folder: Path) -> Keep | None:
    """Return what keeps what is said in `folder`; None where the lifter says no.

    Without a terminal to ask at, the option itself is the consent. Raises CorpusError.
    """
    from voicecoach.runtime.recordings import Recordings  # noqa: PLC0415  # loads a library

    told = f"What the microphone hears as speech, others' too, is kept in {folder}."
    if not sys.stdin.isatty():
        click.echo(told)
    elif not click.confirm(f"{told} Go on recording?", default=False):
        click.echo("Nothing is recorded.")
        return None

    def tell(line: str) -> None:
        click.echo(f"voicecoach: {line}", err=True)

    return Recordings(folder, datetime.now().astimezone(), tell).keep


def _offer_text(error: VoicecoachError) -> None:
    """Offer to type where there is no sound; without a terminal to ask at, say so and end."""
    if not sys.stdin.isatty():
        raise error
    click.echo(f"voicecoach: {error.problem}", err=True)
    if not click.confirm("Type and read instead?", default=True):
        raise click.Abort
