"""Unpacking an archive that is not trusted: files and folders only, none outside, none too big."""

from __future__ import annotations

import bz2
import gzip
import io
import lzma
import os
import stat
import tarfile
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path, PurePosixPath, PureWindowsPath
from typing import IO, NoReturn

from voicecoach.errors import ModelError

BLOCK_BYTES = 1 << 20


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """How large an archive may grow. Speech models shrink to about a half, bombs to nothing."""

    total_bytes: int = 8 << 30
    ratio: int = 10  # of the unpacked to the packed size
    free_bytes: int = 1 << 20  # below this the ratio does not matter
    entries: int = 20_000

    def allowed_bytes(self, packed: int) -> int:
        """Return the bytes that an archive of `packed` bytes may unpack to."""
        return min(self.total_bytes, max(self.free_bytes, self.ratio * packed))


def unpack(archive: Path, folder: Path, limits: Limits = Limits()) -> None:
    """Unpack a zip or tar (plain, gzip, bzip2 or xz) into `folder`, which is empty.

    Every file is written through to the disk. An entry whose name leads
    outside, that is there twice, or that is a link or a device spoils the
    whole archive.

    Raises:
        ModelError: an archive that is damaged, of another kind or unsafe;
            `folder` then holds part of it, for the caller to remove.
    """
    with _faults_in_words(archive):
        growth = _Growth(archive, limits)
        with archive.open("rb") as packed:
            is_zip = packed.read(2) == b"PK"
        if is_zip:
            _unpack_zip(archive, folder, growth)
        else:
            _unpack_tar(archive, folder, growth)


def sync_folder(folder: Path) -> None:
    """Write the names in a folder through to the disk."""
    if os.name == "nt":  # Windows opens no folders, and keeps their names by itself
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


class _Growth:
    """What has been unpacked so far: counted, never taken from the archive's word."""

    def __init__(self, archive: Path, limits: Limits) -> None:
        self._archive = archive
        self._entries = limits.entries
        self._names: set[str] = set()
        self.allowed = limits.allowed_bytes(archive.stat().st_size)
        self.left = self.allowed

    def place(self, name: str, folder: Path) -> Path:
        """Return where the entry of that name goes, under `folder` for certain."""
        path = PurePosixPath(name)
        # A name that is a way out on one system must be none on any.
        windows = PureWindowsPath(name)
        anchored = path.is_absolute() or windows.drive or windows.root
        if anchored or "\\" in name or "\0" in name or ".." in path.parts:
            self.refuse(f"the entry {name!r} leads outside")
        if str(path) in self._names:
            self.refuse(f"the entry {name!r} is there twice")
        self._names.add(str(path))
        if len(self._names) > self._entries:
            self.refuse(f"more than {self._entries} entries")
        return folder.joinpath(*path.parts)

    def refuse(self, problem: str) -> NoReturn:
        msg = f"unsafe archive: {problem}"
        raise ModelError(
            msg,
            place=str(self._archive),
            remedy="do not use it; fetch the model from the address in the manifest",
        )


class _Counted(io.BufferedIOBase):
    """Unpacked bytes, up to what is allowed: neither a file nor a tar's header may be a bomb."""

    def __init__(self, content: io.BufferedIOBase | IO[bytes], growth: _Growth) -> None:
        self._content = content
        self._growth = growth

    def read(self, size: int | None = -1, /) -> bytes:
        most = self._growth.left + 1
        block = self._content.read(most if size is None or size < 0 else min(size, most))
        self._growth.left -= len(block)
        if self._growth.left < 0:
            self._growth.refuse(f"it unpacks to more than {self._growth.allowed} bytes")
        return block


def _unpack_zip(archive: Path, folder: Path, growth: _Growth) -> None:
    with zipfile.ZipFile(archive) as opened:
        for entry in opened.infolist():
            target = growth.place(entry.filename, folder)
            kind = stat.S_IFMT(entry.external_attr >> 16)
            if kind not in (0, stat.S_IFREG, stat.S_IFDIR):
                growth.refuse(f"the entry {entry.filename!r} is a link or a device")
            if entry.filename.endswith("/"):  # is_dir() stumbles over a name that is empty
                _make_folder(target)
            else:
                with opened.open(entry) as content, _Counted(content, growth) as counted:
                    _write(counted, target)


def _unpack_tar(archive: Path, folder: Path, growth: _Growth) -> None:
    with (
        _decompressed(archive) as content,
        _Counted(content, growth) as counted,
        tarfile.open(fileobj=counted, mode="r|") as opened,
    ):
        for entry in opened:
            target = growth.place(entry.name, folder)
            if entry.isdir():
                _make_folder(target)
                continue
            file = opened.extractfile(entry) if entry.isreg() and not entry.issparse() else None
            if file is None:
                growth.refuse(f"the entry {entry.name!r} is a link or a device")
            with file:
                _write(file, target)


def _make_folder(folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)


def _write(content: io.BufferedIOBase | IO[bytes], target: Path) -> None:
    _make_folder(target.parent)
    with target.open("xb") as file:
        while block := content.read(BLOCK_BYTES):
            file.write(block)
        file.flush()
        os.fsync(file.fileno())


@contextmanager
def _decompressed(archive: Path) -> Iterator[io.BufferedIOBase]:
    with archive.open("rb") as packed:
        magic = packed.read(6)
        packed.seek(0)
        if magic.startswith(b"\x1f\x8b"):
            with gzip.GzipFile(fileobj=packed) as content:
                yield content
        elif magic.startswith(b"BZh"):
            with bz2.BZ2File(packed) as content:
                yield content
        elif magic == b"\xfd7zXZ\0":
            with lzma.LZMAFile(packed) as content:
                yield content
        else:
            yield packed


@contextmanager
def _faults_in_words(archive: Path) -> Iterator[None]:
    try:
        yield
    except FileExistsError as error:
        msg = f"unsafe archive: two entries of one name: {error.filename}"
        raise ModelError(msg, place=str(archive), remedy="do not use it") from error
    except (
        zipfile.BadZipFile,
        tarfile.TarError,
        gzip.BadGzipFile,
        lzma.LZMAError,
        zlib.error,
        EOFError,
        NotImplementedError,  # a zip packed in a way zipfile does not know
        RuntimeError,  # a zip that asks for a password
        ValueError,
    ) as error:
        msg = f"the archive cannot be unpacked: {error}"
        raise ModelError(msg, place=str(archive), remedy="fetch it anew") from error
    except OSError as error:
        msg = f"the archive cannot be unpacked: {error.strerror or error}"
        raise ModelError(
            msg, place=str(archive), remedy="make room, or name another models directory"
        ) from error
