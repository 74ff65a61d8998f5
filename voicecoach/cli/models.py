"""`voicecoach models`: the speech models that can be had, and those that are here."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import click
from click.shell_completion import CompletionItem

from voicecoach.errors import ModelError
from voicecoach.runtime.download import Progress
from voicecoach.runtime.models import (
    SCHEMA,
    InstalledModel,
    OfferedModel,
    Soundness,
    all_installed_models,
    install,
    offered_model,
    read_manifest,
    remove,
    verify,
)
from voicecoach.runtime.paths import Paths

VERIFICATION_SCHEMA = "voicecoach.verification/1"


def _names_offered(
    _ctx: click.Context, _param: click.Parameter, begun: str
) -> list[CompletionItem]:
    return [CompletionItem(m.name) for m in read_manifest() if m.name.startswith(begun)]


def _names_installed(
    ctx: click.Context, _param: click.Parameter, begun: str
) -> list[CompletionItem]:
    paths = ctx.find_object(Paths) or Paths.of()
    found = all_installed_models(paths.model_dirs)
    return [CompletionItem(model.name) for model in found if model.name.startswith(begun)]


manifest_option = click.option(
    "--manifest",
    type=click.Path(path_type=Path),
    help="Another manifest than the one that came with voicecoach.",
)


@click.group()
def models() -> None:
    """Install and check speech models.

    A model makes the coach hear better. It is fetched once, and checked to the
    byte; nothing else of voicecoach ever uses the network.
    """


@models.command("list")
@manifest_option
@click.option("--json", "as_json", is_flag=True, help="Print voicecoach.models/1 on stdout.")
@click.pass_obj
def list_models(paths: Paths, manifest: Path | None, as_json: bool) -> None:
    """List the models that can be installed, those that are, and what listens to you."""
    from voicecoach.audio.recognisers.choice import AND, name_of_best  # noqa: PLC0415  # slow

    offered = read_manifest(manifest)
    installed = {model.name: model for model in all_installed_models(paths.model_dirs)}
    rows = [_row(offer, installed.pop(offer.name, None)) for offer in offered]
    rows += [_row(None, model) for model in installed.values()]
    listens = name_of_best(paths.model_dirs)
    if as_json:
        click.echo(json.dumps({"schema": SCHEMA, "listens": listens, "models": rows}, indent=2))
        return
    for row in rows:
        size = f"{row['size'] / 1e6:.0f} MB" if row["size"] else "size unknown"
        details = (row["engine"], row["language"], size, row["licence"] or "licence unknown")
        click.echo(f"{row['name']}  ({', '.join(details)})")
        click.echo(f"  installed in {row['path']}" if row["path"] else "  not installed")
    if listens is not None:
        first, _, second = listens.partition(AND)
        verified = f", verified by {second}" if second else ""
        click.echo(f"sessions are heard by {first}{verified}")


@models.command("install")
@click.argument("name", required=False, shell_complete=_names_offered)
@click.option(
    "--from",
    "archive",
    type=click.Path(path_type=Path),
    help="An archive at hand, in place of the network.",
)
@manifest_option
@click.pass_obj
def install_model(
    paths: Paths, name: str | None, archive: Path | None, manifest: Path | None
) -> None:
    """Fetch, check and install a model.

    Without NAME it is the first in the list. A download that was cut short
    goes on where it stopped. One that is installed and whole is left alone.
    """
    offered = read_manifest(manifest)
    offer = offered_model(name or (offered[0].name if offered else ""), offered)
    here = next((m for m in all_installed_models(paths.model_dirs) if m.name == offer.name), None)
    if here and verify(here).soundness is Soundness.WHOLE:
        click.echo(f"{offer.name} is installed already, in {here.path}")
        return
    with _progress_bar(offer.name, offer.archive.size) as progress:
        done = install(offer, paths.models, archive=archive, progress=progress)
    click.echo(f"{done.name} is installed in {done.path}")


@models.command("verify")
@click.argument("names", nargs=-1, shell_complete=_names_installed)
@click.option("--json", "as_json", is_flag=True, help=f"Print {VERIFICATION_SCHEMA} on stdout.")
@click.pass_obj
def verify_models(paths: Paths, names: tuple[str, ...], as_json: bool) -> None:
    """Check every file of installed models.

    Without NAMES it is all of them.
    """
    found = all_installed_models(paths.model_dirs)
    chosen = [_installed_model(name, found) for name in names] or found
    verifications = [verify(model) for model in chosen]
    if as_json:
        rows = [
            {
                "name": v.model.name,
                "path": str(v.model.path),
                "soundness": v.soundness.value,
                "faults": list(v.faults),
            }
            for v in verifications
        ]
        click.echo(json.dumps({"schema": VERIFICATION_SCHEMA, "models": rows}, indent=2))
    else:
        if not verifications:
            click.echo("No model is installed. See: voicecoach models list")
        for v in verifications:
            click.echo(f"{v.model.name}: {_IN_WORDS[v.soundness]}")
            for fault in v.faults:
                click.echo(f"  {fault}")
    damaged = [v.model for v in verifications if v.soundness is Soundness.DAMAGED]
    if damaged:
        msg = f"damaged: {', '.join(model.name for model in damaged)}"
        raise ModelError(msg, remedy=f"run: voicecoach models install {damaged[0].name}")


@models.command("remove")
@click.argument("name", shell_complete=_names_installed)
@click.option("--yes", is_flag=True, help="Do not ask.")
@click.pass_obj
def remove_model(paths: Paths, name: str, yes: bool) -> None:
    """Remove the installed model NAME."""
    model = _installed_model(name, all_installed_models(paths.model_dirs))
    if not yes:
        click.confirm(f"Remove {model.path}?", abort=True, err=True)
    remove(model)
    click.echo(f"{name} is removed")


_IN_WORDS = {
    Soundness.WHOLE: "whole",
    Soundness.DAMAGED: "damaged",
    Soundness.UNKNOWN: "put there by hand, with nothing to compare it with",
}


@contextmanager
def _progress_bar(name: str, size: int) -> Iterator[Progress]:
    """Draw on stderr how much has come, where somebody may be looking."""
    from rich import progress as bars  # noqa: PLC0415 - slow, and only for this
    from rich.console import Console  # noqa: PLC0415

    columns = (
        bars.TextColumn("{task.description}"),
        bars.BarColumn(),
        bars.DownloadColumn(),
        bars.TransferSpeedColumn(),
        bars.TimeRemainingColumn(),
    )
    console = Console(stderr=True)
    with bars.Progress(*columns, console=console, disable=not console.is_terminal) as drawn:
        task = drawn.add_task(name, total=size)
        yield lambda there: drawn.update(task, completed=there)


def _installed_model(name: str, found: tuple[InstalledModel, ...]) -> InstalledModel:
    for model in found:
        if model.name == name:
            return model
    there = ", ".join(model.name for model in found) or "none"
    msg = f"no model {name!r} is installed"
    raise ModelError(msg, remedy=f"those installed: {there}")


def _row(offer: OfferedModel | None, model: InstalledModel | None) -> dict[str, Any]:
    known = offer or model
    assert known is not None  # noqa: S101 - a row is of one or the other
    return {
        "name": known.name,
        "engine": known.engine,
        "language": known.language,
        "licence": offer.licence if offer else None,
        "size": offer.archive.size if offer else None,
        "sha256": offer.archive.sha256 if offer else None,
        "urls": list(offer.archive.urls) if offer else [],
        "path": str(model.path) if model else None,
    }
