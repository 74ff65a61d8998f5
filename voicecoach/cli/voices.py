"""`voicecoach voices`: the voices the coach can speak with, and what they sound like."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import click

from voicecoach.audio.voices.render import identify
from voicecoach.cli.settings import setting_options, settings_for
from voicecoach.errors import VoiceError
from voicecoach.report.wording import counted
from voicecoach.runtime import config
from voicecoach.runtime.paths import Paths

if TYPE_CHECKING:
    from voicecoach.audio.voices.pyttsx3 import InstalledVoice

SCHEMA = "voicecoach.voices/1"

SPOKEN = "en"
"""The language of the coach."""

SAMPLE = (
    "Deadlift, set two of three. Four to six reps at one hundred kilos.",
    "Push the floor away, keep the bar against your legs. Say ready.",
    "Five at one hundred. Rest three minutes.",
)


@click.group(invoke_without_command=True)
@click.option("--language", metavar="TAG", help="Only those that speak it, as en-gb or de.")
@click.option("--all", "every", is_flag=True, help="Those of other languages too.")
@click.option("--json", "as_json", is_flag=True, help=f"Print {SCHEMA} on stdout.")
@click.pass_context
def voices(ctx: click.Context, language: str | None, every: bool, as_json: bool) -> None:
    """List the voices the coach can speak with; hear one with `voices say`.

    The coach speaks English, so the voices that do are listed, and all of them
    with --all or --json. Any of them is taken by its name, its id or its language:
    voicecoach start --voice en-gb
    """
    if ctx.invoked_subcommand is None:
        _list(ctx.obj, language, every=every, as_json=as_json)


@voices.command()
@click.argument("text", nargs=-1)
@setting_options(
    config.VOICE, config.RATE, config.PITCH, config.STYLE, config.VOLUME, config.SPEAKER
)
@click.option(
    "--out",
    type=click.Path(dir_okay=False, path_type=Path),
    help="Write a WAV in place of playing it.",
)
@click.pass_obj
def say(paths: Paths, /, text: tuple[str, ...], out: Path | None, **options: object) -> None:
    """Hear a voice say TEXT, or a sample of what it says in training."""
    from voicecoach.language.prompts import Say, prompt  # noqa: PLC0415  # slow, as the next
    from voicecoach.runtime import engines, reading  # noqa: PLC0415

    settings = settings_for(paths, options)
    sentences = (" ".join(text),) if text else SAMPLE
    prompts = [prompt(Say.VERBATIM, text=sentence) for sentence in sentences]
    voice_at, delivery = engines.coach_voice(paths, settings), engines.delivery(settings)
    if out is not None:
        reading.write_out(out, voice_at, prompts, delivery=delivery)
        return
    device = reading.find_speaker(settings[config.SPEAKER])
    reading.read_out(device, voice_at, prompts, delivery=delivery)


def _list(paths: Paths, language: str | None, *, every: bool, as_json: bool) -> None:
    # numpy comes with them, and the help needs none.
    from voicecoach.audio.voices import natural  # noqa: PLC0415
    from voicecoach.audio.voices.pyttsx3 import DEFAULT_VOICE  # noqa: PLC0415

    ours = natural.voices_here()
    systems = _system_voices(needed=not ours)
    wanted = settings_for(paths)[config.VOICE]
    usual = _usual(wanted, ours, systems, DEFAULT_VOICE)
    there = (*ours, *systems)
    found = [voice for voice in there if language is None or _speaks(voice, language)]
    if as_json:
        rows = [
            {
                "id": voice.id,
                "name": voice.name,
                "languages": list(voice.languages),
                "engine": "natural" if voice in ours else "system",
                "default": voice.id == usual,
            }
            for voice in found
        ]
        click.echo(json.dumps({"schema": SCHEMA, "voices": rows}, ensure_ascii=False, indent=2))
    elif found:
        shown = [
            voice
            for voice in found
            if every or language or voice.id == usual or _speaks(voice, SPOKEN)
        ]
        _print(shown or found, usual)
        if shown and len(shown) < len(found):
            others = counted(len(found) - len(shown), "voice")
            click.echo(f"{others} of other languages: --all lists them too.")
    else:
        here = "has no voice" if language is None else f"has no voice that speaks {language!r}"
        click.echo(f"The system {here}.")


def _system_voices(*, needed: bool) -> tuple[InstalledVoice, ...]:
    """Return the system's voices; without them the others are listed, if there are others."""
    from voicecoach.audio.voices.pyttsx3 import installed_voices  # noqa: PLC0415  # slow

    try:
        return installed_voices()
    except VoiceError as error:
        if needed:
            raise
        click.echo(f"voicecoach: {error}", err=True)
        return ()


def _usual(
    wanted: str | None,
    ours: tuple[InstalledVoice, ...],
    systems: tuple[InstalledVoice, ...],
    system_default: str | None,
) -> str | None:
    """Return the id of the voice that is taken; None where the system is left to choose."""
    names = [voice.id for voice in ours]
    if wanted in names:
        return wanted
    if names and wanted in {None, "natural"}:
        return names[0]
    name = system_default if wanted in {None, "system"} else wanted
    known = [{"id": v.id, "name": v.name, "languages": v.languages} for v in systems]
    return None if name is None else identify(name, known)


def _speaks(voice: InstalledVoice, language: str) -> bool:
    """Return whether `voice` speaks `language` or a kind of it: "en" is spoken by "en-gb"."""
    wanted = _tag(language)
    return any(f"{_tag(tag)}-".startswith(f"{wanted}-") for tag in voice.languages)


def _tag(language: str) -> str:
    """Return a language as RFC 5646 compares it; macOS writes en_GB."""
    return language.strip().casefold().replace("_", "-")


def _print(found: list[InstalledVoice], usual: str | None) -> None:
    rows = [(voice.name, voice.id, ", ".join(voice.languages)) for voice in found]
    widths = [max(len(row[column]) for row in rows) for column in range(3)]
    for voice, row in zip(found, rows, strict=True):
        cells = [cell.ljust(width) for cell, width in zip(row, widths, strict=True)]
        mark = "*" if voice.id == usual else " "
        click.echo(f"{mark} {'  '.join(cells)}".rstrip())
    if any(voice.id == usual for voice in found):
        click.echo("\n* is taken unless another is named: voicecoach start --voice NAME")
    click.echo("Hear one with: voicecoach voices say --voice NAME")
