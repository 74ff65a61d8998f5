"""`voicecoach backup` and `voicecoach restore`: whole copies of the log, and what damage leaves."""

from __future__ import annotations

import json
import shutil
from datetime import datetime
from pathlib import Path

import click

from voicecoach.errors import LogError
from voicecoach.report.wording import counted
from voicecoach.runtime.paths import Paths
from voicecoach.store.backup import (
    Contents,
    back_up,
    backup_name,
    backups,
    contents,
    restore_from,
    whole,
)
from voicecoach.store.holding import held
from voicecoach.store.rescue import Rescue, damage, rescue

SCHEMA = "voicecoach.backups/1"

_FILE = click.Path(dir_okay=False, path_type=Path)


@click.command()
@click.argument("file", type=_FILE, required=False)
@click.option("--list", "list_them", is_flag=True, help="List the backups there are.")
@click.option("--json", "as_json", is_flag=True, help=f"With --list: print {SCHEMA} on stdout.")
@click.pass_obj
def backup(paths: Paths, file: Path | None, list_them: bool, as_json: bool) -> None:
    """Copy the training log, checked from end to end.

    FILE is where to; without it the copy lies among the others in the data
    directory. A session may go on meanwhile.
    """
    if list_them or as_json:
        _list(paths, as_json=as_json)
        return
    target = file or paths.backups / backup_name(datetime.now().astimezone())
    kept = back_up(paths.log, target)
    click.echo(f"{_in_words(kept)} copied to {target}")


@click.command()
@click.argument("file", type=_FILE, required=False)
@click.option("--rescue", "rescues", is_flag=True, help="Read what can be read of a damaged log.")
@click.option("--yes", is_flag=True, help="Do not ask.")
@click.pass_obj
def restore(paths: Paths, file: Path | None, rescues: bool, yes: bool) -> None:
    """Put a backup in the place of the training log.

    FILE is the backup, the latest where none is named; with --rescue it is a
    damaged log, your own where none is named. The log as it was is kept among
    the backups.
    """
    if rescues:
        _rescue(paths, file or paths.log, yes=yes)
        return
    there = backups(paths.backups)
    if file is None and not there:
        msg = "there is no backup"
        raise LogError(msg, place=str(paths.backups), remedy="name the file of one")
    chosen = file or there[-1]
    there_is = whole(chosen)
    if not yes:
        click.confirm(f"Put {chosen} in place, {_in_words(there_is)}?", abort=True)
    with held(paths.log, "voicecoach restore", datetime.now().astimezone()):
        _put_in_place(paths, chosen)
    click.echo(f"Restored {_in_words(there_is)} from {chosen}.")


def _rescue(paths: Paths, damaged: Path, *, yes: bool) -> None:
    wrong = damage(damaged)
    if not wrong:
        click.echo(f"{damaged} is whole: {_in_words(contents(damaged))}. Nothing to rescue.")
        return
    paths.backups.mkdir(mode=0o700, parents=True, exist_ok=True)
    stamp = backup_name(datetime.now().astimezone())
    target = paths.backups / f"rescued-{stamp}"
    outcome = rescue(damaged, target)
    _account(damaged, wrong[0], outcome, contents(target))
    if damaged.absolute() != paths.log.absolute():
        click.echo(f"It is kept as {target}; put it in place with: voicecoach restore {target}")
        return
    if not yes:
        click.confirm("Put what was read in the place of your log?", abort=True)
    with held(paths.log, "voicecoach restore", datetime.now().astimezone()):
        _put_in_place(paths, target)
    click.echo("Done. The log goes on from there.")


def _put_in_place(paths: Paths, chosen: Path) -> None:
    """Keep the log as it is, byte for byte, then replace what is in it."""
    if paths.log.is_file():
        paths.backups.mkdir(mode=0o700, parents=True, exist_ok=True)
        stamp = backup_name(datetime.now().astimezone())
        for side in ("", "-wal"):
            beside = paths.log.with_name(paths.log.name + side)
            if beside.is_file():
                aside = paths.backups / f"replaced-{stamp}{side}"
                shutil.copyfile(beside, aside)
                aside.chmod(0o600)
        click.echo(f"The log as it was is kept as {paths.backups / f'replaced-{stamp}'}")
    restore_from(chosen, paths.log)


def _account(damaged: Path, wrong: str, outcome: Rescue, read: Contents) -> None:
    click.echo(f"{damaged} is damaged: {wrong}")
    click.echo(f"Read: {_in_words(read)}.")
    if outcome.rebuilt:
        click.echo(
            f"{counted(outcome.rebuilt, 'session')} had lost their name and clock; "
            "their sets are whole."
        )
    for gap in outcome.gaps:
        of = f"of the session of {gap.started_at[:10]}" if gap.started_at else "of a session"
        click.echo(f"Lost: {counted(gap.facts, 'entry', 'entries')} {of}.")
    if not outcome.gaps:
        click.echo("Nothing is known to be lost.")


def _list(paths: Paths, *, as_json: bool) -> None:
    rows = [(path, contents(path)) for path in backups(paths.backups)]
    if as_json:
        found = [
            {
                "file": str(path),
                "sessions": inside.sessions,
                "sets": inside.sets,
                "first": inside.first or None,
                "last": inside.last or None,
                "bytes": path.stat().st_size,
            }
            for path, inside in rows
        ]
        click.echo(json.dumps({"schema": SCHEMA, "backups": found}, indent=2))
        return
    for path, inside in rows:
        click.echo(f"{path}  {_in_words(inside)}")
    if not rows:
        click.echo("There is no backup yet. Make one with: voicecoach backup")


def _in_words(inside: Contents) -> str:
    sets = counted(inside.sets, "set")
    said = f"{sets} in {counted(inside.sessions, 'session')}"
    return f"{said}, {inside.first[:10]} to {inside.last[:10]}" if inside.sessions else said
