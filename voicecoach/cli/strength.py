"""`voicecoach strength`: one-rep maximum, plates and warm-ups, without a session."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any

import click

from voicecoach.cli.exercise import as_json_option, to_json
from voicecoach.cli.max_test import max_test
from voicecoach.cli.settings import settings_for
from voicecoach.errors import UnitError
from voicecoach.library.equipment import read_equipment
from voicecoach.runtime.config import UNIT
from voicecoach.training import strength as reckoning
from voicecoach.training.exercise import Implement
from voicecoach.training.loading import Equipment, nearest_loadable
from voicecoach.training.notation import load_of
from voicecoach.training.plates import BARS, Stack, stacks_for
from voicecoach.training.strength import MOST_REPS, Formula
from voicecoach.training.warmup import ramp
from voicecoach.units import Load, Rpe, Unit

if TYPE_CHECKING:
    from voicecoach.runtime.paths import Paths

E1RM_SCHEMA = "voicecoach.e1rm/1"
PLATES_SCHEMA = "voicecoach.plates/1"
WARMUP_SCHEMA = "voicecoach.warmup/1"

MOST_LOADS = 20

NAMES = {
    Formula.EPLEY: "Epley",
    Formula.BRZYCKI: "Brzycki",
    Formula.LOMBARDI: "Lombardi",
    Formula.WATHAN: "Wathan",
    Formula.MAYHEW: "Mayhew",
    Formula.OCONNER: "O'Conner",
    Formula.LANDER: "Lander",
}


class LoadParameter(click.ParamType[Load]):
    """A load: 100kg, 225lb, or a number of the unit that is set."""

    name = "load"

    def convert(
        self, value: str | Load, param: click.Parameter | None, ctx: click.Context | None
    ) -> Load:
        if isinstance(value, Load):
            return value
        unit = ""
        if ctx is not None and value.replace(".", "", 1).isdecimal():
            unit = settings_for(ctx.obj)[UNIT].value
        try:
            return load_of(f"{value}{unit}")
        except UnitError as error:
            self.fail(f"{error.problem}; {error.remedy}", param, ctx)


class RpeParameter(click.ParamType[Rpe]):
    """A rate of perceived exertion: 5 to 10 in halves."""

    name = "rpe"

    def convert(
        self, value: str | Rpe, param: click.Parameter | None, ctx: click.Context | None
    ) -> Rpe:
        if isinstance(value, Rpe):
            return value
        try:
            return Rpe(Decimal(value))
        except (ArithmeticError, UnitError):
            self.fail(f"{value!r} is not on the scale; give 5 to 10, in halves", param, ctx)


LOAD = LoadParameter()
implement_option = click.option(
    "--implement",
    type=click.Choice([one.value for one in Implement]),
    default=Implement.BARBELL.value,
    show_default=True,
    help="What carries the load.",
)


@click.group()
def strength() -> None:
    """Reckon or test a one-rep maximum; plates for the bar, and warm-up sets."""


strength.add_command(max_test)


@strength.command("e1rm")
@click.argument("load", type=LOAD)
@click.argument("reps", type=click.IntRange(1, 100))
@click.option("--rpe", type=RpeParameter(), help="How hard it was: 5 to 10; 10 unless you say.")
@as_json_option
def e1rm(load: Load, reps: int, rpe: Rpe | None, as_json: bool) -> None:
    """Estimate the most you can lift once from REPS at LOAD, as 100kg 8.

    The coach itself goes by Epley, and by the chart where you name an RPE.
    """
    maxima = {one: reckoning.estimated_max(load, reps, one) for one in Formula}
    shown = maxima[Formula.EPLEY] if rpe is None else reckoning.max_from(load, reps, rpe)
    rep_maxes = [(n, reckoning.load_for(shown, n)) for n in range(1, MOST_REPS + 1)]
    if as_json:
        by_formula = {one.value: maximum.grams / 1000 for one, maximum in maxima.items()}
        click.echo(to_json({
            "schema": E1RM_SCHEMA,
            "load_kg": load.grams / 1000,
            "reps": reps,
            "rpe": None if rpe is None else float(rpe.value),
            "by_rpe_kg": None if rpe is None else shown.grams / 1000,
            "by_formula_kg": by_formula,
            "rep_maxes": [
                {"reps": n, "share": float(reckoning.fraction(n)), "load_kg": one.grams / 1000}
                for n, one in rep_maxes
            ],
        }))  # fmt: skip
        return
    unit = load.said_in(Unit.KG)
    click.echo(f"{reps} x {load.written(unit)} show a one-rep maximum of about")
    if rpe is not None:
        click.echo(f"  {'RPE chart':<10} {_about(shown, unit):>8}")
    for formula, maximum in maxima.items():
        click.echo(f"  {NAMES[formula]:<10} {_about(maximum, unit):>8}")
    if reps > MOST_REPS:
        click.echo(f"  More than {MOST_REPS} reps tell little; they are taken for {MOST_REPS}.")
    click.echo(f"By the chart of reps, someone who lifts {_about(shown, unit)} once can lift")
    for n, one in rep_maxes:
        share = f"{100 * reckoning.fraction(n):.1f} %"
        click.echo(f"  {_about(one, unit):>8} x {n:<2}  {share:>7}")


@strength.command("plates")
@click.argument("loads", type=LOAD, nargs=-1, required=True)
@click.option(
    "--implement",
    type=click.Choice([one.value for one in BARS]),
    default=Implement.BARBELL.value,
    show_default=True,
    help="The bar.",
)
@click.option("--nearest", is_flag=True, help="Where a load cannot be made, take the nearest.")
@as_json_option
@click.pass_obj
def plates(
    paths: Paths, loads: tuple[Load, ...], implement: str, nearest: bool, as_json: bool
) -> None:
    """Say which plates go on each side for LOADS, as 60kg 80kg 100kg.

    With several, the fewest plates are handled from one to the next. They are
    made with what you own; see `voicecoach equipment`.
    """
    if len(loads) > MOST_LOADS:
        msg = f"{len(loads)} loads are more than {MOST_LOADS}"
        raise click.UsageError(msg)
    there = _equipment(paths, loads[0])
    bar = Implement(implement)
    if nearest:
        loads = tuple(nearest_loadable(load, bar, there) for load in loads)
    stacks = stacks_for(loads, bar, there)
    if as_json:
        rows = [_loaded(load, stack) for load, stack in zip(loads, stacks, strict=True)]
        click.echo(to_json({"schema": PLATES_SCHEMA, **_bar_json(bar, there), "loads": rows}))
        return
    for load, stack in zip(loads, stacks, strict=True):
        click.echo(f"{load.written(there.unit):>8}  {_each_side(stack)}")


@strength.command("warmup")
@click.argument("load", type=LOAD)
@implement_option
@click.option("--from-floor", is_flag=True, help="The bar lies on the floor, as for a deadlift.")
@as_json_option
@click.pass_obj
def warmup(paths: Paths, load: Load, implement: str, from_floor: bool, as_json: bool) -> None:
    """Give the sets that warm you up for working sets at LOAD."""
    there = _equipment(paths, load)
    carrier = Implement(implement)
    working = nearest_loadable(load, carrier, there)
    sets = ramp(working, carrier, there, from_floor=from_floor)
    loads = (*(one.load for one in sets), working)
    stacks = stacks_for(loads, carrier, there) if carrier in BARS else None
    if as_json:
        rows: list[dict[str, Any]] = [
            {"load_kg": one.load.grams / 1000, "reps": one.reps} for one in sets
        ]
        for row, stack in zip(rows, stacks or (), strict=False):
            row["side"] = [float(plate) for plate in stack]
        click.echo(
            to_json({"schema": WARMUP_SCHEMA, "working_kg": working.grams / 1000, "sets": rows})
        )
        return
    unit = there.unit
    if working != load:
        click.echo(f"{load.written(unit)} cannot be made; for {working.written(unit)}:")
    if not sets:
        click.echo(f"{working.written(unit)} is light enough to begin with.")
        return
    for number, (reps, one) in enumerate(zip((*(s.reps for s in sets), None), loads, strict=True)):
        what = f"{reps:>2} x {one.written(unit):<8}" if reps else f"then {one.written(unit):<8}"
        side = f"  {_each_side(stacks[number])}" if stacks else ""
        click.echo(f"{what}{side}".rstrip())


def _equipment(paths: Paths, load: Load) -> Equipment:
    return read_equipment(paths.equipment).equipment or Equipment.usual(load.said_in(Unit.KG))


def _about(load: Load, unit: Unit) -> str:
    return f"{load.to(unit):.1f}{unit.value}"


def _each_side(stack: Stack) -> str:
    return " + ".join(f"{plate:f}" for plate in stack) + " each side" if stack else "the bar alone"


def _bar_json(bar: Implement, there: Equipment) -> dict[str, Any]:
    return {"unit": there.unit.value, "bar": float(there.bare(bar))}


def _loaded(load: Load, stack: Stack) -> dict[str, Any]:
    return {"load_kg": load.grams / 1000, "side": [float(plate) for plate in stack]}
