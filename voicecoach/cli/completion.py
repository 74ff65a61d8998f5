"""`voicecoach config completion`: commands, options and names completed by the shell."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

import click
from click.shell_completion import get_completion_class

from voicecoach.errors import ConfigError
from voicecoach.library.writing import write_whole
from voicecoach.runtime.paths import Paths

PROGRAM = "voicecoach"
VARIABLE = "_VOICECOACH_COMPLETE"


@dataclass(frozen=True, slots=True, kw_only=True)
class Shell:
    """Where a shell looks: its own start-up file, or a folder that it reads by itself."""

    name: str
    starts_with: str = ""  # relative to the home directory; empty where `reads` is enough
    reads: str = ""


SHELLS = {
    shell.name: shell
    for shell in (
        Shell(name="bash", starts_with=".bashrc"),
        Shell(name="zsh", starts_with=".zshrc"),
        Shell(name="fish", reads=".config/fish/completions/voicecoach.fish"),
    )
}


@click.command()
@click.argument("shell", type=click.Choice(list(SHELLS)), required=False)
@click.option("--print", "only_print", is_flag=True, help="Print the script; change nothing.")
@click.pass_context
def completion(ctx: click.Context, shell: str | None, only_print: bool) -> None:
    """Have the shell complete commands, routines and exercises.

    SHELL is the one you use, unless told. bash and zsh get one line in their
    start-up file; a second time changes nothing.
    """
    paths: Paths = ctx.obj
    chosen = SHELLS[shell or _usual()]
    script = _script(ctx.find_root().command, chosen)
    if only_print:
        click.echo(script)
        return
    home = Path.home()
    if chosen.reads:
        file = home / chosen.reads
        write_whole(file, script, ConfigError)
        click.echo(f"{file} is written")
    else:
        file = paths.config / f"completion.{chosen.name}"
        write_whole(file, script, ConfigError)
        _have_sourced(home / chosen.starts_with, file)
    click.echo(f"Open a new {chosen.name} for it.")


def _usual() -> str:
    """Return the lifter's shell. Raises ConfigError where it is none that is known."""
    name = Path(os.environ.get("SHELL", "")).name
    if name not in SHELLS:
        msg = f"the shell {name or 'you use'} is not known"
        raise ConfigError(msg, remedy=f"name one of {', '.join(SHELLS)}")
    return name


def _script(command: click.Command, shell: Shell) -> str:
    kind = get_completion_class(shell.name)
    assert kind is not None  # noqa: S101  # click knows these three
    return kind(command, {}, PROGRAM, VARIABLE).source().strip() + "\n"


def _have_sourced(start_up: Path, script: Path) -> None:
    """Add the line that reads `script` to a start-up file, where it does not stand there yet."""
    line = f'[ -f "{script}" ] && . "{script}"'
    try:
        text = start_up.read_text(encoding="utf-8") if start_up.exists() else ""
    except (OSError, UnicodeDecodeError) as error:
        msg = "cannot be read"
        raise ConfigError(msg, place=str(start_up), remedy=f"add to it by hand: {line}") from error
    if line in text.splitlines():
        click.echo(f"{start_up} reads it already")
        return
    try:
        with start_up.open("a", encoding="utf-8") as stream:  # it may be a link: never replaced
            newline = "" if not text or text.endswith("\n") else "\n"
            stream.write(f"{newline}\n# completion of voicecoach\n{line}\n")
    except OSError as error:
        msg = f"cannot be written: {error.strerror or error}"
        raise ConfigError(msg, place=str(start_up), remedy=f"add to it by hand: {line}") from error
    click.echo(f"{start_up} now reads {script}")
