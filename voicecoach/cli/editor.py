"""The lifter's own editor, opened on a file."""

from __future__ import annotations

from pathlib import Path

import click

from voicecoach.errors import ConfigError


def edit(file: Path) -> None:
    """Open `file` in $VISUAL or $EDITOR, and wait until it is closed.

    Raises:
        ConfigError: the editor is not there, or ends with an error.
    """
    try:
        click.edit(filename=str(file))
    except click.ClickException as error:
        msg = f"the editor {error.message}"
        raise ConfigError(msg, remedy="name one that is there, as: EDITOR=nano") from error
