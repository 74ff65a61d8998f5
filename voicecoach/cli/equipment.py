"""`voicecoach equipment`: what you own, so that every load can be made with it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from voicecoach.cli.exercise import as_json_option, to_json
from voicecoach.library.equipment import Owned, change_equipment, read_equipment
from voicecoach.training.loading import Equipment, Steps
from voicecoach.units import Unit

if TYPE_CHECKING:
    from voicecoach.runtime.paths import Paths

SCHEMA = "voicecoach.equipment/1"

ONE = ("unit", "bar", "hex-bar", "collar", "machine", "cable")
SEVERAL = ("plates", "dumbbells", "kettlebells", "at-hand")
KEYS = click.Choice([*ONE, *SEVERAL])


@click.group()
def equipment() -> None:
    """Say what you own: bars, plates, dumbbells, and what is at hand at all."""


@equipment.command("show")
@as_json_option
@click.pass_obj
def show_equipment(paths: Paths, as_json: bool) -> None:
    """Show what loads are made with."""
    owned = read_equipment(paths.equipment)
    if as_json:
        click.echo(to_json({"schema": SCHEMA, "equipment": _as_json(owned)}))
        return
    there = owned.equipment or Equipment.usual(Unit.KG)
    said = f"as {paths.equipment} has it" if owned.equipment else "the usual, until you say"
    click.echo(f"Loads in {there.unit.value}, {said}:")
    for name, value in _lines(there):
        click.echo(f"  {name:<12} {value}")
    at_hand = ", ".join(owned.at_hand) if owned.at_hand else "everything, until you say"
    click.echo(f"At hand: {at_hand}")
    if owned.equipment is None:
        click.echo("Say it with: voicecoach equipment set plates 25 20 10 10 5 2.5 1.25 --unit kg")


@equipment.command("set")
@click.argument("key", type=KEYS)
@click.argument("values", nargs=-1, required=True)
@click.option(
    "--unit", type=click.Choice([unit.value for unit in Unit]), help="Of every weight in the file."
)
@click.pass_obj
def set_equipment(paths: Paths, key: str, values: tuple[str, ...], unit: str | None) -> None:
    """Set KEY to VALUES; the rest of the file stays as it is, comments too.

    \b
    equipment set bar 15 --unit kg
    equipment set plates 25 2x20 10 5 2.5 1.25      each a pair, 2x20 two pairs
    equipment set dumbbells "2-10 by 1" "12-40 by 2"
    equipment set at-hand barbell bench "pull-up bar"
    """  # noqa: D301  # click reads \b
    if key in ONE and len(values) > 1:
        msg = f"{key} is one value, not {len(values)}"
        raise click.UsageError(msg)
    value = values[0] if key in ONE else list(values)
    changes: dict[str, object] = {} if unit is None else {"unit": unit}
    change_equipment(paths.equipment, changes | {_written(key): _numbers(value)})
    click.echo(f"{key} is set in {paths.equipment}")


@equipment.command("unset")
@click.argument("key", type=KEYS)
@click.pass_obj
def unset_equipment(paths: Paths, key: str) -> None:
    """Take KEY out of the file: it is as usual again."""
    change_equipment(paths.equipment, {_written(key): None})
    click.echo(f"{key} is as usual")


def _written(key: str) -> str:
    return key.replace("-", "_")


def _numbers(value: str | list[str]) -> object:
    """Return numbers as TOML writes them, and any other text as it is."""
    if isinstance(value, list):
        return [_numbers(one) for one in value]
    try:
        return int(value) if value.isdecimal() else float(value)
    except ValueError:
        return value


def _lines(there: Equipment) -> list[tuple[str, str]]:
    return [
        ("bar", f"{there.bar:f}"),
        ("hex bar", f"{there.hex_bar:f}"),
        *([("collars", f"{there.collar:f} each")] if there.collar else []),
        (
            "plates",
            ", ".join(f"{p.pairs} x {p.weight:f}" if p.pairs > 1 else f"{p.weight:f}"
                      for p in there.plates) + "  (pairs)",
        ),
        ("dumbbells", ", ".join(map(_steps, there.dumbbells))),
        ("kettlebells", ", ".join(map(_steps, there.kettlebells))),
        ("machine", _steps(there.machine)),
        ("cable", _steps(there.cable)),
    ]  # fmt: skip


def _steps(steps: Steps) -> str:
    if steps.first == steps.last:
        return f"{steps.first:f}"
    return f"{steps.first:f} to {steps.last:f} by {steps.step:f}"


def _as_json(owned: Owned) -> dict[str, Any]:
    there = owned.equipment
    weights = there and {
        "unit": there.unit.value,
        "bar": float(there.bar),
        "hex_bar": float(there.hex_bar),
        "collar": float(there.collar),
        "plates": [{"weight": float(p.weight), "pairs": p.pairs} for p in there.plates],
        "dumbbells": [_range(steps) for steps in there.dumbbells],
        "kettlebells": [_range(steps) for steps in there.kettlebells],
        "machine": _range(there.machine),
        "cable": _range(there.cable),
    }
    return {"weights": weights, "at_hand": owned.at_hand and list(owned.at_hand)}


def _range(steps: Steps) -> dict[str, float]:
    return {"first": float(steps.first), "last": float(steps.last), "step": float(steps.step)}
