"""An archive can put nothing but its own files into its own folder, and not too many."""

from __future__ import annotations

import gzip
import io
import stat
import tarfile
import zipfile
from pathlib import Path

import pytest

from voicecoach.errors import ModelError
from voicecoach.runtime.unpack import Limits, unpack

WAYS_OUT = [
    "../evil",
    "model/../../evil",
    "/evil",
    "//server/share/evil",
    "C:/evil",
    "C:evil",
    "..\\evil",
    "\\evil",
]

USUAL = Limits()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    inside = tmp_path / "deep" / "inside"
    inside.mkdir(parents=True)
    return inside


@pytest.fixture
def packed(tmp_path: Path) -> Path:
    return tmp_path / "model.archive"


def zip_to(path: Path, *entries: tuple[str | zipfile.ZipInfo, bytes]) -> None:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in entries:
            archive.writestr(name, content)


def tar_to(path: Path, *entries: tuple[tarfile.TarInfo, bytes], mode: str = "w") -> None:
    with tarfile.open(path, mode) as archive:  # type: ignore[call-overload]
        for entry, content in entries:
            entry.size = len(content)
            archive.addfile(entry, io.BytesIO(content))


def assert_refused(packed: Path, folder: Path, why: str, limits: Limits = USUAL) -> None:
    before = {path for path in packed.parent.rglob("*") if folder not in path.parents}
    with pytest.raises(ModelError, match=why) as caught:
        unpack(packed, folder, limits)
    assert caught.value.place == str(packed)
    after = {path for path in packed.parent.rglob("*") if folder not in path.parents}
    assert after == before


@pytest.mark.parametrize("name", WAYS_OUT)
def test_a_zip_writes_nothing_outside(packed: Path, folder: Path, name: str) -> None:
    zip_to(packed, ("model/fine", b"fine"), (name, b"evil"))
    assert_refused(packed, folder, "leads outside")


@pytest.mark.parametrize("name", WAYS_OUT)
def test_a_tar_writes_nothing_outside(packed: Path, folder: Path, name: str) -> None:
    tar_to(packed, (tarfile.TarInfo("model/fine"), b"fine"), (tarfile.TarInfo(name), b"evil"))
    assert_refused(packed, folder, "leads outside")


@pytest.mark.parametrize(
    "kind",
    [tarfile.SYMTYPE, tarfile.LNKTYPE, tarfile.CHRTYPE, tarfile.BLKTYPE, tarfile.FIFOTYPE],
)
def test_a_tar_holds_files_and_folders_only(packed: Path, folder: Path, kind: bytes) -> None:
    entry = tarfile.TarInfo("model/link")
    entry.type = kind
    entry.linkname = "/etc/passwd"
    tar_to(packed, (entry, b""))
    assert_refused(packed, folder, "link or a device")


def test_what_a_link_in_a_tar_would_reach_is_not_written(packed: Path, folder: Path) -> None:
    link = tarfile.TarInfo("model")
    link.type = tarfile.SYMTYPE
    link.linkname = str(folder.parent)
    tar_to(packed, (link, b""), (tarfile.TarInfo("model/evil"), b"evil"))
    assert_refused(packed, folder, "link or a device")


@pytest.mark.parametrize("kind", [stat.S_IFLNK, stat.S_IFIFO, stat.S_IFCHR])
def test_a_zip_holds_files_and_folders_only(packed: Path, folder: Path, kind: int) -> None:
    entry = zipfile.ZipInfo("model/link")
    entry.external_attr = (kind | 0o777) << 16
    zip_to(packed, (entry, b"/etc/passwd"))
    assert_refused(packed, folder, "link or a device")


def test_a_zip_bomb_is_stopped(packed: Path, folder: Path) -> None:
    zip_to(packed, ("model/zeros", bytes(20_000_000)))
    assert_refused(packed, folder, "unpacks to more than")
    written = sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())
    assert written <= USUAL.allowed_bytes(packed.stat().st_size) + 1


def test_a_zip_that_lies_about_its_size_is_stopped(packed: Path, folder: Path) -> None:
    zip_to(packed, ("model/zeros", bytes(20_000_000)))
    content = packed.read_bytes()
    real, said = (20_000_000).to_bytes(4, "little"), (5).to_bytes(4, "little")
    packed.write_bytes(content.replace(real, said))
    with pytest.raises(ModelError):
        unpack(packed, folder)
    written = sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())
    assert written <= USUAL.allowed_bytes(packed.stat().st_size) + 1


@pytest.mark.parametrize("mode", ["w:gz", "w:bz2", "w:xz"])
def test_a_tar_bomb_is_stopped(packed: Path, folder: Path, mode: str) -> None:
    tar_to(packed, (tarfile.TarInfo("model/zeros"), bytes(20_000_000)), mode=mode)
    assert_refused(packed, folder, "unpacks to more than")


def test_a_tar_whose_header_is_the_bomb_is_stopped(packed: Path, folder: Path) -> None:
    header = tarfile.TarInfo("header")
    header.type = tarfile.XHDTYPE
    header.size = 50_000_000
    packed.write_bytes(gzip.compress(header.tobuf() + bytes(50_000_000)))
    assert_refused(packed, folder, "unpacks to more than")


def test_an_archive_of_too_many_files_is_stopped(packed: Path, folder: Path) -> None:
    zip_to(packed, *[(f"model/{number}", b"") for number in range(11)])
    assert_refused(packed, folder, "more than 10 entries", Limits(entries=10))


def test_an_entry_that_is_there_twice_is_refused(packed: Path, folder: Path) -> None:
    tar_to(packed, (tarfile.TarInfo("a/b"), b"1"), (tarfile.TarInfo("a//b"), b"2"))
    assert_refused(packed, folder, "twice")


def test_a_file_where_a_folder_must_be_is_refused(packed: Path, folder: Path) -> None:
    tar_to(packed, (tarfile.TarInfo("a"), b"1"), (tarfile.TarInfo("a/b"), b"2"))
    assert_refused(packed, folder, "archive")


@pytest.mark.parametrize(
    "content",
    [b"", b"PK", b"PK\x03\x04 cut short", b"\x1f\x8b cut short", b"BZh9 cut", b"\xfd7zXZ\0 cut"],
)
def test_what_is_no_archive_is_called_so(packed: Path, folder: Path, content: bytes) -> None:
    packed.write_bytes(content)
    assert_refused(packed, folder, "cannot be unpacked")


@pytest.mark.parametrize("mode", ["w", "w:gz", "w:bz2", "w:xz"])
def test_a_tar_cut_short_is_refused(packed: Path, folder: Path, mode: str) -> None:
    noise = bytes(n * n % 251 for n in range(60_000))
    tar_to(packed, (tarfile.TarInfo("a"), noise), mode=mode)
    packed.write_bytes(packed.read_bytes()[:-12_000])
    assert_refused(packed, folder, "cannot be unpacked")


def test_a_zip_with_a_flipped_bit_is_refused(packed: Path, folder: Path) -> None:
    zip_to(packed, ("a", bytes(range(256)) * 40))
    content = bytearray(packed.read_bytes())
    content[200] ^= 4
    packed.write_bytes(content)
    assert_refused(packed, folder, "cannot be unpacked")


def test_folders_and_empty_files_are_unpacked(packed: Path, folder: Path) -> None:
    directory = tarfile.TarInfo("./")
    directory.type = tarfile.DIRTYPE
    within = tarfile.TarInfo("./model/")
    within.type = tarfile.DIRTYPE
    tar_to(packed, (directory, b""), (within, b""), (tarfile.TarInfo("./model/empty"), b""))
    unpack(packed, folder)
    assert (folder / "model" / "empty").read_bytes() == b""


def test_an_entry_without_a_name_is_refused(tmp_path: Path) -> None:
    packed = tmp_path / "model.zip"
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("x", b"content")
    # The name's length and the name go, in the entry and in the directory at the end.
    content = packed.read_bytes()
    local = content.replace(b"\x01\x00\x00\x00x", b"\x00\x00\x00\x00", 1)
    directory = local.index(b"PK\x01\x02")
    entry = bytearray(local[directory:])
    entry[28] = 0
    del entry[46]
    entry[-10:-6] = (46).to_bytes(4, "little")
    entry[-6:-2] = directory.to_bytes(4, "little")
    packed.write_bytes(local[:directory] + entry)
    (tmp_path / "into").mkdir()
    with pytest.raises(ModelError):
        unpack(packed, tmp_path / "into")
    assert list((tmp_path / "into").iterdir()) == []
