"""`voicecoach devices`: microphones and speakers, by name."""

from __future__ import annotations

import json
from typing import Any

import click

from voicecoach.audio.devices import Device, Direction, choose, list_devices
from voicecoach.cli.settings import settings_for
from voicecoach.errors import DeviceError
from voicecoach.runtime import config
from voicecoach.runtime.paths import Paths

SCHEMA = "voicecoach.devices/1"

Usual = dict[Direction, Device | None]
"""The device taken each way where none is named; None where there is none."""


@click.command()
@click.option("--json", "as_json", is_flag=True, help=f"Print {SCHEMA} on stdout.")
@click.pass_obj
def devices(paths: Paths, as_json: bool) -> None:
    """List microphones and speakers.

    A device is taken by its name or a part of it:
    voicecoach start --speaker airpods
    """
    there = list_devices()
    settings = settings_for(paths)
    wanted = {
        Direction.INPUT: settings[config.MIC],
        Direction.OUTPUT: settings[config.SPEAKER],
    }
    usual = {direction: _usual(there, direction, wanted[direction]) for direction in Direction}
    if as_json:
        rows = [_as_json(device, usual) for device in there]
        click.echo(json.dumps({"schema": SCHEMA, "devices": rows}, ensure_ascii=False, indent=2))
        return
    for direction in Direction:
        _print(there, direction, usual[direction])
    if any(usual.values()):
        click.echo(
            "* is taken unless another is named: voicecoach start --mic NAME --speaker NAME\n"
            "and from then on: voicecoach config set speaker NAME"
        )


def _usual(there: tuple[Device, ...], direction: Direction, wanted: str | None) -> Device | None:
    """Return the device that `start` would take; None where there is none, or not the one set."""
    try:
        return choose(there, direction, wanted)
    except DeviceError as error:
        if wanted is not None and any(device.suits(direction) for device in there):
            click.echo(f"voicecoach: {error}", err=True)
        return None


def _as_json(device: Device, usual: Usual) -> dict[str, Any]:
    return {
        "name": device.name,
        "host": device.host,
        "inputs": device.inputs,
        "outputs": device.outputs,
        "rate": device.rate,
        "bluetooth": device.bluetooth,
        "default_microphone": device == usual[Direction.INPUT],
        "default_speaker": device == usual[Direction.OUTPUT],
    }


def _print(there: tuple[Device, ...], direction: Direction, usual: Device | None) -> None:
    suited = [device for device in there if device.suits(direction)]
    if not suited:
        click.echo(f"There is no {direction.value}.\n")
        return
    click.secho(f"{direction.value.capitalize()}s", bold=True)
    width = max(len(device.name) for device in suited)
    for device in suited:
        mark = "*" if device == usual else " "
        spoils = direction is Direction.INPUT and device.bluetooth
        remark = "; while it listens, its earbuds sound like a telephone" if spoils else ""
        details = f"{device.rate / 1000:g} kHz, {device.host}"
        click.echo(f"{mark} {device.name:<{width}}  {details}{remark}")
    click.echo()
