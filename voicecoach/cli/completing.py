"""What a shell offers while a command is being typed: names of routines, exercises and settings."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click
from click.shell_completion import CompletionItem

from voicecoach.errors import VoicecoachError

if TYPE_CHECKING:
    from voicecoach.runtime.paths import Paths


def routine_names(
    ctx: click.Context, _param: click.Parameter, incomplete: str
) -> list[CompletionItem]:
    """Return the routines whose name begins so; a path is left to the shell."""
    from voicecoach.runtime.opening import routines_of  # noqa: PLC0415  # slow

    if "/" in incomplete or incomplete.startswith("."):
        return [CompletionItem(incomplete, type="file")]
    names = [file.id for file in routines_of(_paths(ctx)).files()]
    return [CompletionItem(name) for name in names if name.startswith(incomplete.lower())]


def exercise_names(
    ctx: click.Context, _param: click.Parameter, incomplete: str
) -> list[CompletionItem]:
    """Return the exercises whose id begins so, else those that hold it."""
    from voicecoach.runtime.opening import library_of  # noqa: PLC0415  # slow

    wanted = incomplete.lower()
    ids = library_of(_paths(ctx)).ids
    found = [one for one in ids if one.startswith(wanted)] or [one for one in ids if wanted in one]
    return [CompletionItem(one) for one in found]


def setting_names(
    _ctx: click.Context, _param: click.Parameter, incomplete: str
) -> list[CompletionItem]:
    """Return the settings whose name begins so."""
    from voicecoach.runtime.config import SETTINGS  # noqa: PLC0415  # slow

    return [
        CompletionItem(setting.name, help=setting.about)
        for setting in SETTINGS.values()
        if setting.name.startswith(incomplete.lower())
    ]


def setting_values(
    ctx: click.Context, _param: click.Parameter, incomplete: str
) -> list[CompletionItem]:
    """Return what the setting named before may be."""
    from voicecoach.runtime.config import setting_called  # noqa: PLC0415  # slow

    try:
        choices = setting_called(ctx.params["name"]).kind.choices
    except (KeyError, VoicecoachError):
        return []
    return [CompletionItem(choice) for choice in choices if choice.startswith(incomplete)]


def _paths(ctx: click.Context) -> Paths:
    """Return the directories: nothing is carried out while a line is typed, so there are none."""
    from voicecoach.runtime.paths import Paths  # noqa: PLC0415  # slow

    named = ctx.find_root().params
    return Paths.of(data=named.get("data_dir"), config=named.get("config_dir"))
