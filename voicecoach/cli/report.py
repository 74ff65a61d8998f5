"""`voicecoach report`: years of training on one page."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from voicecoach.cli.log_reading import overview, unit_option
from voicecoach.errors import ConfigError

if TYPE_CHECKING:
    from voicecoach.runtime.paths import Paths


@click.command()
@click.option(
    "--html",
    "file",
    type=click.Path(dir_okay=False, path_type=Path),
    required=True,
    metavar="FILE",
    help="Write the page to this file; - is stdout.",
)
@unit_option
@click.pass_obj
def report(paths: Paths, file: Path, unit: str | None) -> None:
    """Write your training as one page: charts, calendar, muscles, records and the review.

    The page needs no network and no other file: send it, print it, keep it.
    """
    from voicecoach.library.writing import write_whole  # noqa: PLC0415 - heavy for a help text
    from voicecoach.report.page import page  # noqa: PLC0415 - the same

    text = page(overview(paths, unit))
    if str(file) == "-":
        click.echo(text, nl=False)
        return
    write_whole(file, text, ConfigError, durable=False)
    click.echo(f"{file}: {len(text.encode()) / 1000:,.0f} kB. Open it in a browser.")
