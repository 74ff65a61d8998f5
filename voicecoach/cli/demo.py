"""`voicecoach demo`: a coach and an athlete go through a short workout, to be heard and read."""

from __future__ import annotations

from pathlib import Path

import click

from voicecoach.cli.settings import settings_for
from voicecoach.report.sets import sets_table
from voicecoach.runtime import config
from voicecoach.runtime.paths import Paths


@click.command()
@click.option(
    "--out",
    type=click.Path(dir_okay=False, path_type=Path),
    default=Path("demo.wav"),
    show_default=True,
    help="The sound: coach left, athlete right.",
)
@click.option("--play/--no-play", default=True, help="Play it, where there is a speaker.")
@click.pass_obj
def demo(paths: Paths, out: Path, play: bool) -> None:
    """Hear a coached workout: a synthesised athlete answers, the real recogniser listens.

    Nothing of it goes into your own log.
    """
    from voicecoach.runtime import demonstration, engines, rehearsal  # noqa: PLC0415  # slow
    from voicecoach.runtime.scenario import read_scenario  # noqa: PLC0415

    settings = settings_for(paths)
    script = read_scenario(demonstration.SCENARIO)
    ear = engines.recogniser(paths, settings[config.RECOGNISER])
    device = demonstration.find_speaker(settings[config.SPEAKER]) if play else None
    click.echo(f"A workout in virtual time, heard by {ear.description}.\n")
    lines: list[tuple[int, str]] = []

    def show(at_ms: int, line: str) -> None:
        lines.append((at_ms, line))
        if device is None:
            click.echo(line)

    outcome = rehearsal.rehearse(
        script,
        paths,
        recogniser=ear,
        coach_voice=engines.coach_voice(paths, settings),
        delivery=engines.delivery(settings),
        athlete_voice=engines.athlete_voice(paths, script.athlete_voice),
        out=out,
        show=show,
    )
    if device is not None:
        demonstration.play(device, out, lines, click.echo)
    click.echo(f"\nThe log it wrote:\n\n{sets_table(outcome.sets, outcome.state.plan.unit)}\n")
    for _, reason in outcome.advice:
        click.echo(reason)
    seconds = f"{outcome.virtual_seconds:.0f} s of training in {outcome.wall_seconds:.0f} s"
    click.echo(f"\n{seconds}, all of it in {out}: the coach on the left, the athlete on the right.")
