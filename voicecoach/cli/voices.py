"""`voicecoach voices`: the voices the coach can speak with."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import click

from voicecoach.audio.voices.render import identify
from voicecoach.cli.settings import settings_for
from voicecoach.runtime import config
from voicecoach.runtime.paths import Paths

if TYPE_CHECKING:
    from voicecoach.audio.voices.pyttsx3 import InstalledVoice

SCHEMA = "voicecoach.voices/1"


@click.command()
@click.option("--language", metavar="TAG", help="Only those that speak it, as en or en-gb.")
@click.option("--json", "as_json", is_flag=True, help=f"Print {SCHEMA} on stdout.")
@click.pass_obj
def voices(paths: Paths, language: str | None, as_json: bool) -> None:
    """List the voices the coach can speak with.

    Any of them is taken by its name, its id or its language:
    voicecoach start --voice en-gb
    """
    # numpy comes with it, and the help needs none.
    from voicecoach.audio.voices.pyttsx3 import DEFAULT_VOICE, installed_voices  # noqa: PLC0415

    there = installed_voices()
    usual = _named(settings_for(paths)[config.VOICE] or DEFAULT_VOICE, there)
    found = [voice for voice in there if language is None or _speaks(voice, language)]
    if as_json:
        rows = [
            {
                "id": voice.id,
                "name": voice.name,
                "languages": list(voice.languages),
                "default": voice.id == usual,
            }
            for voice in found
        ]
        click.echo(json.dumps({"schema": SCHEMA, "voices": rows}, ensure_ascii=False, indent=2))
    elif found:
        _print(found, usual)
    else:
        here = "has no voice" if language is None else f"has no voice that speaks {language!r}"
        click.echo(f"The system {here}.")


def _named(wanted: str | None, there: tuple[InstalledVoice, ...]) -> str | None:
    """Return the id of the voice that `wanted` names; None where the system is left to choose."""
    known = [{"id": v.id, "name": v.name, "languages": v.languages} for v in there]
    return None if wanted is None else identify(wanted, known)


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
