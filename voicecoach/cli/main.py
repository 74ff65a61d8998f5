"""The `voicecoach` command: its groups are imported only when they are called."""

from __future__ import annotations

import os
import sys
from importlib import import_module
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any, NoReturn

import click

from voicecoach import __version__
from voicecoach.errors import VoicecoachError

if TYPE_CHECKING:
    from click.shell_completion import CompletionItem

COMMANDS: dict[str, tuple[str, str]] = {
    "start": ("voicecoach.cli.start:start", "Train: the coach leads a workout by voice."),
    "demo": ("voicecoach.cli.demo:demo", "Hear a coach and an athlete go through a short workout."),
    "rehearse": ("voicecoach.cli.rehearse:rehearse", "Run a scripted session in virtual time."),
    "routine": ("voicecoach.cli.routine:routine", "Set up routines: make, show, change, check."),
    "exercise": ("voicecoach.cli.exercise:exercise", "Find exercises, and add your own."),
    "log": ("voicecoach.cli.log:log", "Tell the coach what you did, outside a routine."),
    "history": ("voicecoach.cli.history:history", "Show the sets in the log, and mend them."),
    "progress": ("voicecoach.cli.progress:progress", "Show where training leads, and why."),
    "report": ("voicecoach.cli.report:report", "Write your training as one page."),
    "backup": ("voicecoach.cli.backup:backup", "Copy the log, checked from end to end."),
    "restore": ("voicecoach.cli.backup:restore", "Put a backup back, or rescue a damaged log."),
    "strength": (
        "voicecoach.cli.strength:strength",
        "Reckon a one-rep maximum, plates and warm-ups.",
    ),
    "equipment": ("voicecoach.cli.equipment:equipment", "Say what you own, for loads to be made."),
    "import": ("voicecoach.cli.import_log:import_log", "Take in the log of another app."),
    "export": ("voicecoach.cli.export_log:export_log", "Write the log for other programs."),
    "models": ("voicecoach.cli.models:models", "Install and check speech models."),
    "voices": (
        "voicecoach.cli.voices:voices",
        "List the voices the coach can speak with, and hear them.",
    ),
    "devices": ("voicecoach.cli.devices:devices", "List microphones and speakers."),
    "doctor": ("voicecoach.cli.doctor:doctor", "Look whether all is well for training by voice."),
    "calibrate": ("voicecoach.cli.calibrate:calibrate", "Fit the ears to your own voice."),
    "config": ("voicecoach.cli.config:config", "Show and change the settings."),
    "bench": ("voicecoach.cli.bench:bench", "Measure how well the coach hears, and how soon."),
}
"""Each command with where it lives and its line in the help, so that the help imports none."""

INTERRUPTED = 130


class ShownError(click.ClickException):
    """An error of ours on its way out: one line on stderr, and its exit code."""

    def __init__(self, error: VoicecoachError) -> None:
        super().__init__(str(error))
        self.exit_code = error.exit_code  # type: ignore[misc]  # click reads it off the instance

    def show(self, file: IO[Any] | None = None) -> None:
        """Print the line."""
        click.echo(f"voicecoach: {self.message}", file=file or sys.stderr)


class LazyGroup(click.Group):
    """A group that imports a command when it is called for."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002
        """Return the names, in the order of a first day with the coach."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002
        """Import the command of that name."""
        if cmd_name not in COMMANDS:
            return None
        module, _, attribute = COMMANDS[cmd_name][0].partition(":")
        command: click.Command = getattr(import_module(module), attribute)
        return command

    def shell_complete(self, ctx: click.Context, incomplete: str) -> list[CompletionItem]:
        """Return the commands that begin so, without importing any, and the options."""
        from click.shell_completion import CompletionItem  # noqa: PLC0415  # the help needs none

        if incomplete.startswith("-"):
            return click.Command.shell_complete(self, ctx, incomplete)
        return [
            CompletionItem(name, help=line)
            for name, (_, line) in COMMANDS.items()
            if name.startswith(incomplete)
        ]

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002
        """Write the list of commands without importing any."""
        with formatter.section("Commands"):
            formatter.write_dl([(name, line) for name, (_, line) in COMMANDS.items()])

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command; an error of ours leaves as one line and its exit code."""
        try:
            return super().invoke(ctx)
        except VoicecoachError as error:
            raise ShownError(error) from error


_DIRECTORY = click.Path(file_okay=False, path_type=Path)


@click.group(cls=LazyGroup, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="voicecoach")
@click.option("--data-dir", type=_DIRECTORY, help="Where the training log is kept.")
@click.option("--config-dir", type=_DIRECTORY, help="Where your routines and exercises are kept.")
@click.option("--cache-dir", type=_DIRECTORY, help="Where rendered speech is kept.")
@click.option("--models-dir", type=_DIRECTORY, help="Where speech models are installed.")
@click.pass_context
def main(
    ctx: click.Context,
    data_dir: Path | None,
    config_dir: Path | None,
    cache_dir: Path | None,
    models_dir: Path | None,
) -> None:
    """An offline voice coach for strength training.

    Put in your earbuds, type `voicecoach start`, and train.
    """
    from voicecoach.runtime.paths import Paths  # noqa: PLC0415  # the help needs none of it

    if os.environ.get("NO_COLOR"):
        ctx.color = False
    ctx.obj = Paths.of(data=data_dir, config=config_dir, cache=cache_dir, models=models_dir)


def run() -> NoReturn:
    """Run the command line; the exit code is 130 when it was interrupted."""
    try:
        main(prog_name="voicecoach", standalone_mode=False)
    except click.exceptions.Exit as ended:
        sys.exit(ended.exit_code)
    except (click.Abort, KeyboardInterrupt):
        click.echo("voicecoach: interrupted", err=True)
        sys.exit(INTERRUPTED)
    except click.ClickException as error:
        error.show()
        sys.exit(error.exit_code)
    except BrokenPipeError:
        sys.stderr.close()  # the reader has gone, and a pager's end is no error
        sys.exit(0)
    sys.exit(0)
