"""`voicecoach rehearse`: a scripted session in virtual time."""

from __future__ import annotations

import json
from pathlib import Path

import click

from voicecoach.cli.settings import setting_options, settings_for
from voicecoach.report.sets import sets_table
from voicecoach.runtime import config
from voicecoach.runtime.paths import Paths


@click.command()
@click.argument("scenario", type=click.Path(path_type=Path), required=False)
@click.option(
    "--out",
    type=click.Path(dir_okay=False, path_type=Path),
    help="Write a stereo WAV: coach left, microphone right.",
)
@click.option(
    "--log",
    "log_path",
    type=click.Path(dir_okay=False, path_type=Path),
    help="Keep the log it writes at this path.",
)
@setting_options(
    config.VOICE, config.RATE, config.PITCH, config.STYLE, config.VOLUME, config.RECOGNISER
)
@click.option(
    "--replay",
    "journal",
    type=click.Path(dir_okay=False, path_type=Path),
    help="In place of a scenario: repeat the journal of a session, without sound.",
)
@click.option("--json", "as_json", is_flag=True, help="Print voicecoach.rehearsal/1 on stdout.")
@click.pass_obj
def rehearse(
    paths: Paths,
    /,
    scenario: Path | None,
    out: Path | None,
    log_path: Path | None,
    journal: Path | None,
    as_json: bool,
    **options: object,
) -> None:
    """Run SCENARIO, a scripted session, with real voice and recogniser in virtual time.

    The lifter's own log is not touched.
    """
    if (scenario is None) == (journal is None):
        msg = "name a scenario, or a journal with --replay"
        raise click.UsageError(msg)
    if journal is not None:
        _replay(journal)
        return
    assert scenario is not None  # noqa: S101  # one of the two was named
    from voicecoach.runtime import engines, rehearsal  # noqa: PLC0415  # slow, and not for --help
    from voicecoach.runtime.scenario import read_scenario  # noqa: PLC0415

    settings = settings_for(paths, options)
    script = read_scenario(scenario)
    outcome = rehearsal.rehearse(
        script,
        paths,
        recogniser=engines.recogniser(paths, settings[config.RECOGNISER]),
        coach_voice=engines.coach_voice(paths, settings),
        delivery=engines.delivery(settings),
        athlete_voice=engines.athlete_voice(paths, script.athlete_voice),
        out=out,
        log_path=log_path,
        show=None if as_json else lambda _, line: click.echo(line),
    )
    if as_json:
        click.echo(json.dumps(rehearsal.as_json(outcome), indent=2))
        return
    click.echo()
    click.echo(sets_table(outcome.sets, outcome.state.plan.unit))
    speed = outcome.virtual_seconds / outcome.wall_seconds
    click.echo(
        f"{outcome.virtual_seconds / 60:.1f} min in {outcome.wall_seconds:.1f} s"
        f" ({speed:.0f} times as fast), heard by {outcome.recogniser}"
    )


def _replay(journal: Path) -> None:
    """Print what the coach does with the events of a journal; stop where it does otherwise."""
    from voicecoach.errors import ScenarioError  # noqa: PLC0415
    from voicecoach.runtime.journal import replay  # noqa: PLC0415
    from voicecoach.session.effects import Speak  # noqa: PLC0415

    taken = 0
    for step in replay(journal):
        seconds = step.event.at_ms / 1000
        click.echo(f"{seconds:9.3f}  {step.event}")
        for effect in step.effects:
            if isinstance(effect, Speak):
                said = " ".join(prompt.text(step.after.unit) for prompt in effect.prompts)
                click.echo(f"{'':11}Coach: {said}")
            else:
                click.echo(f"{'':11}{effect}")
        if not step.same:
            msg = f"then the coach did {' '.join(step.noted or ())}"
            raise ScenarioError(
                msg, place=f"{journal}:{step.line}", remedy="it was written by another voicecoach"
            )
        taken += 1
    click.echo(f"{taken} events; the coach did what it did then.")
