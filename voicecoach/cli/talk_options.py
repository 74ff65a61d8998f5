"""How commands that talk with the athlete are told to: by voice on which devices, or typed."""

from __future__ import annotations

import sys
from collections.abc import Callable
from typing import Any, TypeVar

import click

from voicecoach.errors import DeviceError, VoicecoachError
from voicecoach.runtime.paths import Paths
from voicecoach.runtime.talking import Talk, typed_on_stdin

F = TypeVar("F", bound=Callable[..., Any])

_OPTIONS = (
    click.option("--text", is_flag=True, help="Type and read in place of speaking and hearing."),
    click.option("--mic", "microphone", help="The microphone, by name or a part of it."),
    click.option("--speaker", help="The speaker or earbuds, by name or a part of it."),
    click.option(
        "--recogniser", help="vosk, moonshine or pocketsphinx; the best there is by default."
    ),
    click.option("--voice", help="The coach's voice; see `voicecoach voices`."),
    click.option(
        "--buffer",
        "buffer_ms",
        type=click.IntRange(10, 1000),
        metavar="MS",
        help="Sound made ahead, 40 by default: more where a busy computer leaves gaps in it.",
    ),
)


def talk_options(command: F) -> F:
    """Give a command the options of `find_talk`."""
    for option in reversed(_OPTIONS):
        command = option(command)
    return command


def find_talk(paths: Paths, *, text: bool, **wishes: Any) -> Talk:
    """Return how to talk with the athlete: typed with `text`, else on the devices wished for.

    Raises DeviceError where there is none and nobody to ask whether to type instead.
    """
    if not text:
        try:
            return _spoken(paths, wishes)
        except DeviceError as error:
            _offer_text(error)
    return typed_on_stdin(click.echo)


def _spoken(paths: Paths, wishes: dict[str, Any]) -> Talk:
    """Find devices and engines. Raises DeviceError."""
    # Slow to import, and of no use to a session that is typed.
    from voicecoach.runtime.live_session import SpokenTalk, Wishes, find_rig  # noqa: PLC0415

    rig = find_rig(paths, Wishes(**wishes))
    click.echo(rig.description)
    return SpokenTalk(rig, lambda _, line: click.echo(line))


def _offer_text(error: VoicecoachError) -> None:
    """Offer to type where there is no sound; without a terminal to ask at, say so and end."""
    if not sys.stdin.isatty():
        raise error
    click.echo(f"voicecoach: {error.problem}", err=True)
    if not click.confirm("Type and read instead?", default=True):
        raise click.Abort
