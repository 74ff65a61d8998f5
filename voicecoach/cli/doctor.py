"""`voicecoach doctor`: whether all is well for training by voice, on one page."""

from __future__ import annotations

import json
import sys
from typing import TYPE_CHECKING

import click

from voicecoach.cli.settings import setting_options, settings_for
from voicecoach.runtime import config
from voicecoach.runtime.paths import Paths

if TYPE_CHECKING:
    from voicecoach.runtime.doctor import Diagnosis

SCHEMA = "voicecoach.doctor/1"

MARKS = {"ok": "ok", "warning": "!", "problem": "X"}
COLOURS = {"ok": "green", "warning": "yellow", "problem": "red"}


@click.command()
@setting_options(config.MIC, config.SPEAKER, config.VOICE, config.RECOGNISER)
@click.option("--listen/--no-listen", default=True, help="Play a chirp and listen to it.")
@click.option("--json", "as_json", is_flag=True, help=f"Print {SCHEMA} on stdout.")
@click.pass_obj
def doctor(paths: Paths, /, listen: bool, as_json: bool, **options: object) -> None:
    """Look at voice, recogniser, devices, sound and disk.

    Each finding comes with its remedy. It plays a short chirp and listens to
    the room for four seconds; nothing of it is kept.

    The exit code is 0 where you can train by voice, else that of the first
    thing marked X: 24 for the log, 26 for a device, 27 for the voice, 28 for
    the recogniser.
    """
    from voicecoach.runtime.doctor import examine  # noqa: PLC0415  # slow, and not for --help

    diagnoses = []
    for diagnosis in examine(paths, settings_for(paths, options), listen=listen):
        diagnoses.append(diagnosis)
        if not as_json:
            _print(diagnosis)
    if as_json:
        rows = [
            {
                "what": one.what,
                "health": one.health.value,
                "finding": one.finding,
                "remedy": one.remedy or None,
                "figures": one.figures,
            }
            for one in diagnoses
        ]
        click.echo(json.dumps({"schema": SCHEMA, "checks": rows}, ensure_ascii=False, indent=2))
    sys.exit(next((one.exit_code for one in diagnoses if one.exit_code), 0))


def _print(diagnosis: Diagnosis) -> None:
    health = diagnosis.health.value
    click.secho(f"{MARKS[health]:<3}", fg=COLOURS[health], bold=True, nl=False)
    click.echo(f"{diagnosis.what:<12}{diagnosis.finding}")
    if diagnosis.remedy:
        click.echo(f"{'':15}{diagnosis.remedy}")
