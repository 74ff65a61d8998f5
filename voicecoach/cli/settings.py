"""Options that are settings too, and the settings of a command."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any, TypeVar

import click

from voicecoach.runtime.config import Flag, Setting, Settings, Whole, settings_of

if TYPE_CHECKING:
    from voicecoach.runtime.paths import Paths

Command = TypeVar("Command", bound=Callable[..., Any])


def setting_options(*settings: Setting[Any]) -> Callable[[Command], Command]:
    """Give a command an option for each of `settings`; hand what it gets to `settings_for`."""

    def with_options(command: Command) -> Command:
        for setting in reversed(settings):
            command = _option(setting)(command)
        return command

    return with_options


def _option(setting: Setting[Any]) -> Callable[[Command], Command]:
    name = f"--{setting.name}"
    about = f"{setting.about[:1].upper()}{setting.about[1:]}."
    match setting.kind:
        case Flag():
            return click.option(f"{name}/--no-{setting.name}", default=None, help=about)
        case Whole(low, high, unit):
            kind = click.IntRange(low, high)
            return click.option(name, type=kind, metavar="N", help=f"{about} In {unit}.")
        case kind if kind.choices:
            return click.option(name, type=click.Choice(kind.choices), help=about)
        case _:
            return click.option(name, metavar="NAME", help=about)


def settings_for(paths: Paths, options: Mapping[str, object] | None = None) -> Settings:
    """Return the settings of a command given `options`; what is wrong on the way is told.

    A slip in the file is a line on standard error, and what it would have
    set stays at its default: it keeps nobody from training.
    """
    given = {name.replace("_", "-"): value for name, value in (options or {}).items()}
    settings = settings_of(paths.settings, given)
    for finding in settings.findings:
        click.echo(f"voicecoach: {finding}", err=True)
    return settings
