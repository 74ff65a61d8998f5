"""`voicecoach config`: the settings, and the completion of commands in a shell."""

from __future__ import annotations

import json
import shutil
import tempfile
import textwrap
from dataclasses import replace
from enum import Enum
from pathlib import Path
from typing import Any

import click

from voicecoach.cli.completing import setting_names, setting_values
from voicecoach.cli.completion import completion
from voicecoach.cli.editor import edit
from voicecoach.cli.settings import settings_for
from voicecoach.errors import ConfigError
from voicecoach.library.writing import write_whole
from voicecoach.runtime import config_file
from voicecoach.runtime.config import SETTINGS, Origin, setting_called, settings_of
from voicecoach.runtime.paths import Paths

SCHEMA = "voicecoach.config/1"


@click.group()
def config() -> None:
    """Show and change the settings.

    An option of a command wins over its environment variable, that over the
    file of settings, and that over the default.
    """


config.add_command(completion)


@config.command("list")
@click.option("--json", "as_json", is_flag=True, help=f"Print {SCHEMA} on stdout.")
@click.pass_obj
def list_settings(paths: Paths, as_json: bool) -> None:
    """List every setting, its value, and where that comes from."""
    settings = settings_for(paths)
    if as_json:
        rows = [
            {
                "name": one.name,
                "value": _plain(settings[one]),
                "origin": settings.origins[one.name].value,
                "default": _plain(one.default),
                "allowed": one.kind.about,
                "variable": one.variable,
                "about": one.about,
            }
            for one in SETTINGS.values()
        ]
        page = {"schema": SCHEMA, "file": str(paths.settings), "settings": rows}
        click.echo(json.dumps(page, ensure_ascii=False, indent=2))
        return
    names = max(len(name) for name in SETTINGS)
    values = max(len(_shown(settings[one])) for one in SETTINGS.values())
    margin = names + 2
    width = max(40, shutil.get_terminal_size().columns) - margin
    for one in SETTINGS.values():
        origin = settings.origins[one.name]
        whence = "" if origin is Origin.DEFAULT else f"({origin.value})"
        click.echo(f"{one.name:<{names}}  {_shown(settings[one]):<{values}}  {whence}".rstrip())
        about = f"{one.about} ({one.kind.about})"
        click.secho(textwrap.indent("\n".join(textwrap.wrap(about, width)), " " * margin), dim=True)


@config.command("get")
@click.argument("name", shell_complete=setting_names)
@click.pass_obj
def get_setting(paths: Paths, name: str) -> None:
    """Print the value of a setting; nothing where the choice is left to the coach."""
    value = _plain(settings_for(paths)[setting_called(name)])
    text = json.dumps(value) if isinstance(value, bool) else value
    click.echo("" if text is None else text)


@config.command("set", context_settings={"ignore_unknown_options": True})
@click.argument("name", shell_complete=setting_names)
@click.argument("value", shell_complete=setting_values)
@click.pass_obj
def set_setting(paths: Paths, name: str, value: str) -> None:
    """Keep a VALUE for a setting.

    What you wrote beside it in the file stays.
    """
    setting = setting_called(name)
    try:
        read = setting.kind.parse(value)
    except ConfigError as error:
        raise ConfigError(error.problem, place=setting.name, remedy=error.remedy) from error
    config_file.put(paths.settings, setting, read)
    settings = settings_of(paths.settings)
    click.echo(f"{setting.name} is {_shown(read)}")
    if settings.origins[setting.name] is Origin.ENVIRONMENT:
        click.echo(f"voicecoach: {setting.variable} is set too, and wins", err=True)


@config.command("unset")
@click.argument("name", shell_complete=setting_names)
@click.pass_obj
def unset_setting(paths: Paths, name: str) -> None:
    """Take a setting back to its default."""
    setting = setting_called(name)
    config_file.take_out(paths.settings, setting)
    click.echo(f"{setting.name} is {_shown(setting.default)}")


@config.command("path")
@click.pass_obj
def settings_path(paths: Paths) -> None:
    """Print where the file of settings is, or would be."""
    click.echo(paths.settings)


@config.command("edit")
@click.pass_obj
def edit_settings(paths: Paths) -> None:
    """Open the file of settings in $EDITOR.

    It is checked before it is kept; while it has mistakes the old one stays.
    """
    file = paths.settings
    before = config_file.text_of(file)
    with tempfile.TemporaryDirectory(prefix="voicecoach-") as directory:
        draft = Path(directory) / file.name
        draft.write_text(before, encoding="utf-8")
        while True:
            edit(draft)
            findings = settings_of(draft, environ={}).findings
            if not findings:
                break
            for finding in findings:
                click.echo(str(replace(finding, file=file.name)), err=True)
            if not click.confirm("Edit it again?", default=True, err=True):
                msg = "the settings stay as they were"
                raise ConfigError(msg, place=str(file))
        text = config_file.text_of(draft)
    if text == before:
        click.echo("The settings are unchanged.")
        return
    write_whole(file, text, ConfigError)
    click.echo(f"{file} is changed")


def _plain(value: object) -> Any:
    return value.value if isinstance(value, Enum) else value


def _shown(value: object) -> str:
    match _plain(value):
        case None:
            return "left to the coach"
        case bool() as flag:
            return "true" if flag else "false"
        case plain:
            return str(plain)
