"""Speech models: what the manifest offers, what is installed, and the way from one to the other."""

from __future__ import annotations

import hashlib
import json
import re
import shutil
import tomllib
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from enum import Enum
from importlib import resources
from pathlib import Path
from typing import Any

from filelock import FileLock, Timeout

from voicecoach.errors import ModelError
from voicecoach.runtime.download import (
    NotFetchedError,
    PinnedFile,
    Progress,
    check,
    fetch,
    refused,
)
from voicecoach.runtime.paths import CHECKOUT, usable
from voicecoach.runtime.unpack import sync_folder, unpack

SCHEMA = "voicecoach.models/1"

RECORD = ".voicecoach.json"
"""In the folder of each installed model: what it is, and the size and sha256 of its files."""

_FORMER = ".former"
"""How the hidden name of a model ends that gives way to another of its name."""

# Models unpacked by hand are known by the names that vosk gives them.
_VOSK_NAME = re.compile(r"vosk-model(-small)?-(?P<language>[a-z]{2}(-[a-z]{2})?)-\d")
_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]*")


@dataclass(frozen=True, slots=True, kw_only=True)
class OfferedModel:
    """A model that can be installed."""

    name: str
    engine: str
    language: str
    licence: str
    archive: PinnedFile

    @property
    def archive_name(self) -> str:
        """The archive's file name, as the first address has it."""
        return self.archive.urls[0].rsplit("/", 1)[-1]


@dataclass(frozen=True, slots=True, kw_only=True)
class InstalledModel:
    """A model on this machine."""

    name: str
    path: Path
    engine: str
    language: str


class Soundness(Enum):
    """What a check of an installed model found."""

    WHOLE = "whole"
    DAMAGED = "damaged"
    UNKNOWN = "unknown"  # put there by hand: nothing to compare it with


@dataclass(frozen=True, slots=True, kw_only=True)
class Verification:
    """An installed model's soundness; `faults` has a line for each damaged file."""

    model: InstalledModel
    soundness: Soundness
    faults: tuple[str, ...] = ()


def read_manifest(path: Path | None = None) -> tuple[OfferedModel, ...]:
    """Return the models offered by the manifest at `path`, or by the package's own.

    Raises:
        ModelError: it cannot be read; the place names the file and the key.
    """
    if path is None:
        path = CHECKOUT / "models" / "manifest.toml"
        if not path.is_file():  # in a wheel it lies beside this module
            path = Path(str(resources.files("voicecoach.runtime") / "manifest.toml"))
    try:
        manifest = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:  # a TOML mistake and a wrong encoding are ValueErrors
        reason = getattr(error, "strerror", None) or error
        msg = f"the manifest cannot be read: {reason}"
        raise ModelError(msg, place=str(path), remedy="name a manifest of models") from error
    if manifest.get("schema") != SCHEMA:
        msg = f"schema {manifest.get('schema')!r}"
        raise ModelError(msg, place=str(path), remedy=f"it must be {SCHEMA!r}")
    tables = manifest.get("model", [])
    if not isinstance(tables, list):
        msg = f"model = {tables!r}"
        raise ModelError(msg, place=str(path), remedy="give each model a table [[model]]")
    return tuple(_offered(table, f"{path}: model {n}") for n, table in enumerate(tables, start=1))


def offered_model(name: str, manifest: Iterable[OfferedModel]) -> OfferedModel:
    """Return the model of that name. Raises ModelError, which names those there are."""
    offered = {model.name: model for model in manifest}
    try:
        return offered[name]
    except KeyError:
        msg = f"no model {name!r} is offered"
        raise ModelError(msg, remedy=f"choose one of: {', '.join(offered) or '(none)'}") from None


def installed_models(
    model_dirs: Iterable[Path], engine: str = "vosk", language: str = "en-us"
) -> tuple[InstalledModel, ...]:
    """Return the installed models of an engine for a language, in the order of the directories."""
    return tuple(
        model
        for model in all_installed_models(model_dirs)
        if (model.engine, model.language) == (engine, language)
    )


def all_installed_models(model_dirs: Iterable[Path]) -> tuple[InstalledModel, ...]:
    """Return every installed model. One of a name found before hides a later one."""
    found: dict[str, InstalledModel] = {}
    for directory in model_dirs:
        try:
            folders = sorted(entry for entry in directory.iterdir() if entry.is_dir())
        except OSError:  # not there yet, or not ours to read: no models in it
            continue
        for folder in map(_put_back, folders):
            model = _installed(folder)
            if model is not None:
                found.setdefault(model.name, model)
    return tuple(found.values())


def install(
    offer: OfferedModel,
    directory: Path,
    *,
    archive: Path | None = None,
    progress: Progress = lambda _: None,
) -> InstalledModel:
    """Install a model in `directory`, from `archive` if it is at hand, else from its addresses.

    The archive's size and sha256 are checked before it is unpacked, and it is
    unpacked aside: the model's folder is whole from the instant it appears. A
    folder of that name gives way. `progress` is told the bytes that have come.

    Raises:
        ModelError: it cannot be fetched, is not what the manifest says, or
            cannot be unpacked; nothing is installed then.
        ConfigError: nothing can be written in `directory`.
    """
    usable(directory)
    with _alone(directory, offer.name):
        return _install(offer, directory, archive, progress)


@contextmanager
def _alone(directory: Path, name: str) -> Iterator[None]:
    """Keep a second installation of the same model out of the way of the first."""
    file = directory / f".{name}.lock"
    lock = FileLock(file)
    try:
        lock.acquire(timeout=0)
    except Timeout:
        msg = f"{name} is being installed by another voicecoach"
        raise ModelError(msg, place=str(directory), remedy="let it finish") from None
    try:
        yield
    finally:
        with suppress(OSError):  # on Windows it is still held; it is in nobody's way
            file.unlink()
        lock.release()


def _install(
    offer: OfferedModel, directory: Path, archive: Path | None, progress: Progress
) -> InstalledModel:
    target = directory / offer.name
    download = directory / f".{offer.name}.part"
    if archive is None:
        try:
            fetch(offer.archive, download, progress)
        except NotFetchedError as error:
            raise _fetch_by_hand(offer, error) from error
    else:
        check(archive, offer.archive)
    aside = directory / f".{offer.name}.unpacking"
    try:
        _remove_tree(aside)  # what a death in the middle left there
        aside.mkdir()
        unpack(archive or download, aside)
        root = _root_of(aside)
        _write_record(root, offer)
        _take_place(root, target)
    except OSError as error:
        raise _not_written(target, error) from error
    finally:
        shutil.rmtree(aside, ignore_errors=True)
    if archive is None:
        download.unlink(missing_ok=True)
    return InstalledModel(
        name=offer.name, path=target, engine=offer.engine, language=offer.language
    )


def verify(model: InstalledModel) -> Verification:
    """Compare every file of a model with what was recorded when it was installed."""
    record = _record(model.path)
    if record is None:
        return Verification(model=model, soundness=Soundness.UNKNOWN)
    faults = tuple(
        f"{name}: {fault}"
        for name, expected in sorted(record["files"].items())
        if (fault := _fault(model.path / name, expected))
    )
    return Verification(
        model=model, soundness=Soundness.DAMAGED if faults else Soundness.WHOLE, faults=faults
    )


def remove(model: InstalledModel) -> None:
    """Remove an installed model; from the first instant it is no longer found.

    Raises:
        ModelError: it cannot be removed.
    """
    aside = model.path.with_name(f".{model.name}.removing")
    try:
        _remove_tree(aside)
        model.path.rename(aside)
        _remove_tree(aside)
    except OSError as error:
        raise _not_written(model.path, error) from error


def _offered(table: Any, place: str) -> OfferedModel:
    if not isinstance(table, dict):
        msg = f"{table!r}"
        raise ModelError(msg, place=place, remedy="give the model a table")

    def get(key: str, kind: type, well_formed: Callable[[Any], object]) -> Any:
        value = table.get(key)
        if type(value) is not kind or not well_formed(value):
            msg = f"{key} = {value!r}"
            raise ModelError(msg, place=place, remedy=_FORMS[key])
        return value

    urls = get("urls", list, lambda urls: urls and all(isinstance(url, str) for url in urls))
    for url in urls:
        if refused(url):
            msg = f"urls: {refused(url)}"
            raise ModelError(msg, place=place, remedy=_FORMS["urls"])
    return OfferedModel(
        name=get("name", str, _NAME.fullmatch),
        engine=get("engine", str, _NAME.fullmatch),
        language=get("language", str, _NAME.fullmatch),
        licence=get("licence", str, bool),
        archive=PinnedFile(
            urls=tuple(urls),
            size=get("size", int, lambda size: size > 0),
            sha256=get("sha256", str, re.compile("[0-9a-f]{64}").fullmatch),
        ),
    )


_FORMS = {
    "name": "give letters, digits, dots and dashes",
    "engine": "give the recogniser's name, as vosk",
    "language": "give a language, as en-us",
    "licence": "give the licence, as Apache-2.0",
    "urls": "give a list of https addresses",
    "size": "give the archive's size in bytes",
    "sha256": "give the archive's sha256 as 64 hexadecimal digits, in lower case",
}


def _fetch_by_hand(offer: OfferedModel, error: NotFetchedError) -> ModelError:
    """Say all that it takes to install the model without this machine's network."""
    file = offer.archive
    return ModelError(
        f"{offer.name} could not be fetched ({error.problem})",
        remedy=(
            f"fetch {' or '.join(file.urls)} ({file.size} bytes, sha256 {file.sha256}) on any "
            f"machine, put it here, and run: voicecoach models install {offer.name} "
            f"--from {offer.archive_name}"
        ),
    )


def _not_written(path: Path, error: OSError) -> ModelError:
    return ModelError(
        f"the model's folder cannot be changed: {error.strerror or error}",
        place=str(path),
        remedy="give yourself the right to write it, or name another models directory",
    )


def _root_of(unpacked: Path) -> Path:
    """Return the folder of the model's files: archives mostly hold one folder around them."""
    entries = list(unpacked.iterdir())
    return entries[0] if len(entries) == 1 and entries[0].is_dir() else unpacked


def _take_place(folder: Path, target: Path) -> None:
    former = target.with_name(f".{target.name}{_FORMER}")
    _remove_tree(former)
    if target.exists():
        target.rename(former)
    folder.rename(target)
    sync_folder(target.parent)
    _remove_tree(former)


def _put_back(folder: Path) -> Path:
    """Undo what a death between the two renames of `_take_place` left: the former model stands."""
    if not folder.name.endswith(_FORMER):
        return folder
    name = folder.name.removeprefix(".").removesuffix(_FORMER)
    # Not while one is being installed; and where we may not write it stays as it lies.
    with suppress(ModelError, OSError), _alone(folder.parent, name):
        if not folder.with_name(name).exists():
            return folder.rename(folder.with_name(name))
    return folder


def _remove_tree(folder: Path) -> None:
    if folder.exists():
        shutil.rmtree(folder)


def _installed(folder: Path) -> InstalledModel | None:
    if folder.name.startswith("."):  # one that is on its way in or out
        return None
    record = _record(folder)
    if record is not None:
        return InstalledModel(
            name=folder.name, path=folder, engine=record["engine"], language=record["language"]
        )
    named = _VOSK_NAME.match(folder.name)
    if named is None or not (folder / "am").is_dir():
        return None
    return InstalledModel(name=folder.name, path=folder, engine="vosk", language=named["language"])


def _write_record(folder: Path, offer: OfferedModel) -> None:
    files = {
        path.relative_to(folder).as_posix(): {"size": path.stat().st_size, "sha256": _sha256(path)}
        for path in sorted(folder.rglob("*"))
        if path.is_file() and path != folder / RECORD
    }
    record = {
        "schema": SCHEMA,
        "name": offer.name,
        "engine": offer.engine,
        "language": offer.language,
        "licence": offer.licence,
        "archive_sha256": offer.archive.sha256,
        "files": files,
    }
    (folder / RECORD).write_text(json.dumps(record, indent=1), encoding="utf-8")
    sync_folder(folder)


def _record(folder: Path) -> dict[str, Any] | None:
    """Return what was recorded of a model, or None where there is nothing that can be read."""
    try:
        record = json.loads((folder / RECORD).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None
    keys = {"engine": str, "language": str, "files": dict}
    if isinstance(record, dict) and all(isinstance(record.get(k), t) for k, t in keys.items()):
        return record
    return None


def _fault(path: Path, expected: Any) -> str | None:
    try:
        if path.stat().st_size != expected["size"]:
            return f"{path.stat().st_size} bytes where {expected['size']} were installed"
        return None if _sha256(path) == expected["sha256"] else "its content has changed"
    except OSError as error:
        return error.strerror or str(error)


def _sha256(path: Path) -> str:
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()
