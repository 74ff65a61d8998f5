"""A model is fetched, checked to the byte and installed whole, or not at all."""

from __future__ import annotations

import hashlib
import io
import socket
import tarfile
import threading
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from voicecoach.errors import ConfigError, ModelError
from voicecoach.runtime.download import PinnedFile, fetch, refused
from voicecoach.runtime.models import (
    OfferedModel,
    Soundness,
    install,
    installed_models,
    offered_model,
    read_manifest,
    remove,
    verify,
)

NAME = "vosk-model-small-en-us-0.15"
FILES = {"am/final.mdl": bytes(range(256)) * 900, "conf/mfcc.conf": b"--sample-frequency=16000\n"}


def zipped(files: dict[str, bytes]) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        for name, content in files.items():
            archive.writestr(f"{NAME}/{name}", content)
    return packed.getvalue()


ARCHIVE = zipped(FILES)

Answer = Callable[["Request"], None]


class Request(BaseHTTPRequestHandler):
    """One request, answered as the test says for its path."""

    server: Mirror

    def do_GET(self) -> None:
        self.server.asked.append((self.path, dict(self.headers)))
        self.server.answers[self.path](self)

    def log_message(self, *_: object) -> None:
        pass

    def say(self, status: int, body: bytes = b"", **headers: object) -> None:
        self.send_response(status)
        for name, value in {"Content-Length": len(body), **headers}.items():
            self.send_header(name.replace("_", "-"), str(value))
        self.end_headers()
        self.wfile.write(body)


class Mirror(ThreadingHTTPServer):
    """A server on this machine, and what it was asked."""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Request)
        self.answers: dict[str, Answer] = {}
        self.asked: list[tuple[str, dict[str, str]]] = []

    def handle_error(self, *_: object) -> None:
        pass  # a client that hangs up is part of the tests

    def url(self, path: str) -> str:
        return f"http://127.0.0.1:{self.server_port}{path}"


@pytest.fixture
def mirror() -> Iterator[Mirror]:
    with Mirror() as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        yield server
        server.shutdown()
        thread.join()


@dataclass
class Watched:
    """What a progress bar would have drawn."""

    seen: list[int] = field(default_factory=list)

    def __call__(self, there: int) -> None:
        self.seen.append(there)


def pinned(*urls: str, content: bytes = ARCHIVE) -> OfferedModel:
    return OfferedModel(
        name=NAME,
        engine="vosk",
        language="en-us",
        licence="Apache-2.0",
        archive=PinnedFile(
            urls=urls, size=len(content), sha256=hashlib.sha256(content).hexdigest()
        ),
    )


def whole(request: Request) -> None:
    request.say(200, ARCHIVE, ETag='"v1"')


def ranged(request: Request) -> None:
    """Answer as a good server does: the part asked for, or all where the version has changed."""
    asked = request.headers["Range"]
    if asked is None or request.headers["If-Range"] not in (None, '"v1"'):
        whole(request)
        return
    start = int(asked.removeprefix("bytes=").removesuffix("-"))
    size = len(ARCHIVE)
    request.say(206, ARCHIVE[start:], Content_Range=f"bytes {start}-{size - 1}/{size}")


def broken_off(sent: int) -> Answer:
    def answer(request: Request) -> None:
        request.send_response(200)
        request.send_header("Content-Length", str(len(ARCHIVE)))
        request.send_header("ETag", '"v1"')
        request.end_headers()
        request.wfile.write(ARCHIVE[:sent])
        request.close_connection = True

    return answer


def in_turn(*answers: Answer) -> Answer:
    left = iter(answers)

    def answer(request: Request) -> None:
        next(left)(request)

    return answer


def files_of(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file() and not path.name.startswith(".")
    }


@pytest.fixture
def models(tmp_path: Path) -> Path:
    return tmp_path / "models"


def only_the_model_is_in(models: Path) -> bool:
    return [path.name for path in models.iterdir()] == [NAME]


def test_a_model_is_fetched_and_found_by_its_recogniser(mirror: Mirror, models: Path) -> None:
    mirror.answers["/model.zip"] = whole
    progress = Watched()
    done = install(pinned(mirror.url("/model.zip")), models, progress=progress)
    assert files_of(done.path) == FILES
    assert installed_models([models]) == (done,)
    assert installed_models([models], language="de") == ()
    assert only_the_model_is_in(models)
    assert progress.seen[0] == 0
    assert progress.seen[-1] == len(ARCHIVE)
    assert progress.seen == sorted(progress.seen)


def test_a_download_that_breaks_off_goes_on_where_it_was(mirror: Mirror, models: Path) -> None:
    mirror.answers["/model.zip"] = in_turn(broken_off(100_000), ranged)
    progress = Watched()
    done = install(pinned(mirror.url("/model.zip")), models, progress=progress)
    assert files_of(done.path) == FILES
    _, asked = mirror.asked[1]
    assert asked["Range"] == "bytes=100000-"
    assert asked["If-Range"] == '"v1"'
    assert progress.seen == sorted(progress.seen)


def test_a_download_given_up_goes_on_at_the_next_call(mirror: Mirror, models: Path) -> None:
    model = pinned(mirror.url("/model.zip"))
    mirror.answers["/model.zip"] = in_turn(
        broken_off(60_000), *[lambda request: request.say(503)] * 4
    )
    with pytest.raises(ModelError, match="503"):
        install(model, models)
    assert installed_models([models]) == ()
    mirror.asked.clear()
    mirror.answers["/model.zip"] = ranged
    install(model, models)
    assert [asked["Range"] for _, asked in mirror.asked] == ["bytes=60000-"]
    assert only_the_model_is_in(models)


def test_a_part_from_one_address_is_completed_from_the_next(mirror: Mirror, models: Path) -> None:
    mirror.answers["/first.zip"] = in_turn(
        broken_off(60_000), lambda request: request.say(500), lambda request: request.say(500)
    )
    mirror.answers["/second.zip"] = ranged
    done = install(pinned(mirror.url("/first.zip"), mirror.url("/second.zip")), models)
    assert files_of(done.path) == FILES
    path, asked = mirror.asked[-1]
    assert (path, asked["Range"], asked.get("If-Range")) == ("/second.zip", "bytes=60000-", None)


def test_a_server_that_knows_no_ranges_sends_all_of_it_again(mirror: Mirror, models: Path) -> None:
    mirror.answers["/model.zip"] = in_turn(broken_off(100_000), whole)
    done = install(pinned(mirror.url("/model.zip")), models)
    assert files_of(done.path) == FILES


def test_another_version_on_the_server_is_not_joined_to_the_part(
    mirror: Mirror, models: Path
) -> None:
    def changed(request: Request) -> None:
        assert request.headers["If-Range"] == '"v1"'
        request.say(200, ARCHIVE, ETag='"v2"')

    mirror.answers["/model.zip"] = in_turn(broken_off(100_000), changed)
    assert files_of(install(pinned(mirror.url("/model.zip")), models).path) == FILES


def test_a_part_that_was_wrong_is_fetched_anew(mirror: Mirror, models: Path) -> None:
    models.mkdir()
    (models / f".{NAME}.part").write_bytes(b"x" * 1000)
    mirror.answers["/model.zip"] = ranged
    done = install(pinned(mirror.url("/model.zip")), models)
    assert files_of(done.path) == FILES
    assert [asked.get("Range") for _, asked in mirror.asked] == ["bytes=1000-", None]


@pytest.mark.parametrize("size", [len(ARCHIVE), len(ARCHIVE) + 1])
def test_a_part_as_long_as_the_whole_or_longer_is_not_trusted(
    mirror: Mirror, models: Path, size: int
) -> None:
    models.mkdir()
    (models / f".{NAME}.part").write_bytes(b"x" * size)
    mirror.answers["/model.zip"] = ranged
    assert files_of(install(pinned(mirror.url("/model.zip")), models).path) == FILES


def test_a_server_without_the_range_asked_for_is_asked_for_all(
    mirror: Mirror, models: Path
) -> None:
    mirror.answers["/model.zip"] = in_turn(
        broken_off(100_000), lambda request: request.say(416), whole
    )
    assert files_of(install(pinned(mirror.url("/model.zip")), models).path) == FILES


@pytest.mark.parametrize(
    ("answer", "why"),
    [
        (lambda request: request.say(404), "404"),
        (lambda request: request.say(200, ARCHIVE[:-1]), "where"),
        (lambda request: request.say(200, ARCHIVE + b"x"), "where"),
        (lambda request: request.say(200, bytes(len(ARCHIVE))), "sha256"),
        (lambda request: request.say(206, ARCHIVE), "does not say which"),
        (
            lambda request: request.say(206, ARCHIVE[9:], Content_Range="bytes 9-99/*"),
            "from byte 9",
        ),
        (broken_off(0), "broke off"),
    ],
    ids=["missing", "short", "long", "wrong content", "some part", "another part", "hangs up"],
)
def test_the_mirror_is_tried_second(mirror: Mirror, models: Path, answer: Answer, why: str) -> None:
    mirror.answers["/bad.zip"] = answer
    with pytest.raises(ModelError, match=why):
        install(pinned(mirror.url("/bad.zip")), models)
    assert installed_models([models]) == ()
    mirror.answers["/good.zip"] = whole
    done = install(pinned(mirror.url("/bad.zip"), mirror.url("/good.zip")), models)
    assert files_of(done.path) == FILES
    assert only_the_model_is_in(models)


def test_more_than_was_to_come_is_cut_off(mirror: Mirror, models: Path) -> None:
    def endless(request: Request) -> None:
        request.send_response(200)  # and no length
        request.end_headers()
        while True:
            request.wfile.write(bytes(100_000))

    mirror.answers["/model.zip"] = endless
    with pytest.raises(ModelError, match="more than"):
        install(pinned(mirror.url("/model.zip")), models)
    kept = sum(path.stat().st_size for path in models.iterdir())
    assert kept <= len(ARCHIVE) + 1000


def test_a_redirect_is_followed_to_where_it_is_safe(mirror: Mirror, models: Path) -> None:
    mirror.answers["/old.zip"] = lambda request: request.say(302, Location=mirror.url("/new.zip"))
    mirror.answers["/new.zip"] = whole
    assert files_of(install(pinned(mirror.url("/old.zip")), models).path) == FILES


@pytest.mark.parametrize(
    "elsewhere",
    ["http://example.com/model.zip", "ftp://example.com/model.zip", "file:///etc/passwd"],
)
def test_a_redirect_to_anything_but_https_is_refused(
    mirror: Mirror, models: Path, elsewhere: str
) -> None:
    mirror.answers["/model.zip"] = lambda request: request.say(302, Location=elsewhere)
    with pytest.raises(ModelError):
        install(pinned(mirror.url("/model.zip")), models)
    assert installed_models([models]) == ()


@pytest.mark.parametrize(
    ("url", "fine"),
    [
        ("https://alphacephei.com/m.zip", True),
        ("http://127.0.0.1:8000/m.zip", True),
        ("http://[::1]/m.zip", True),
        ("http://alphacephei.com/m.zip", False),
        ("http://localhost.example.com/m.zip", False),
        ("ftp://127.0.0.1/m.zip", False),
        ("file:///m.zip", False),
        ("https:///m.zip", False),
        ("m.zip", False),
    ],
)
def test_models_come_over_https_or_from_this_machine(url: str, fine: bool) -> None:
    assert (refused(url) is None) == fine


def test_without_a_network_it_says_what_to_fetch_and_what_to_type(models: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as nobody:
        port = nobody.getsockname()[1]
    urls = (f"http://127.0.0.1:{port}/{NAME}.zip", f"http://127.0.0.1:{port}/mirror/{NAME}.zip")
    with pytest.raises(ModelError) as caught:
        install(pinned(*urls), models)
    said = str(caught.value)
    assert all(url in said for url in urls)
    assert f"{len(ARCHIVE)} bytes" in said
    assert hashlib.sha256(ARCHIVE).hexdigest() in said
    assert f"voicecoach models install {NAME} --from {NAME}.zip" in said
    assert "\n" not in said


def test_a_server_that_falls_silent_is_not_waited_for_for_ever(models: Path) -> None:
    models.mkdir()
    with socket.create_server(("127.0.0.1", 0)) as silent:
        url = f"http://127.0.0.1:{silent.getsockname()[1]}/model.zip"
        with pytest.raises(ModelError, match="timed out"):
            fetch(pinned(url).archive, models / "part", lambda _: None, timeout_s=0.05)


def test_a_file_at_hand_needs_no_network(models: Path, tmp_path: Path) -> None:
    at_hand = tmp_path / "from-a-friend.zip"
    at_hand.write_bytes(ARCHIVE)
    done = install(pinned("https://example.invalid/model.zip"), models, archive=at_hand)
    assert files_of(done.path) == FILES
    assert at_hand.read_bytes() == ARCHIVE


@pytest.mark.parametrize("content", [ARCHIVE[:-1], ARCHIVE + b"x", bytes(len(ARCHIVE)), b""])
def test_a_wrong_file_at_hand_is_refused(models: Path, tmp_path: Path, content: bytes) -> None:
    at_hand = tmp_path / "model.zip"
    at_hand.write_bytes(content)
    with pytest.raises(ModelError) as caught:
        install(pinned("https://example.invalid/model.zip"), models, archive=at_hand)
    assert caught.value.place == str(at_hand)
    assert installed_models([models]) == ()


@pytest.mark.parametrize("name", ["not-there.zip", "."])
def test_a_file_at_hand_that_is_none_is_named(models: Path, tmp_path: Path, name: str) -> None:
    with pytest.raises(ModelError):
        install(pinned("https://example.invalid/model.zip"), models, archive=tmp_path / name)


def test_a_model_in_a_tar_is_installed_as_well(models: Path, tmp_path: Path) -> None:
    packed = io.BytesIO()
    with tarfile.open(fileobj=packed, mode="w:gz") as archive:
        for name, content in FILES.items():
            entry = tarfile.TarInfo(f"./{name}")
            entry.size = len(content)
            archive.addfile(entry, io.BytesIO(content))
    at_hand = tmp_path / "model.tar.gz"
    at_hand.write_bytes(packed.getvalue())
    offer = pinned("https://example.invalid/model.tar.gz", content=packed.getvalue())
    assert files_of(install(offer, models, archive=at_hand).path) == FILES


def test_an_archive_that_cannot_be_unpacked_leaves_nothing_behind(
    models: Path, tmp_path: Path
) -> None:
    at_hand = tmp_path / "model.zip"
    at_hand.write_bytes(b"PK, but no archive")
    offer = pinned("https://example.invalid/model.zip", content=at_hand.read_bytes())
    with pytest.raises(ModelError, match="cannot be unpacked"):
        install(offer, models, archive=at_hand)
    assert list(models.iterdir()) == []


@pytest.fixture
def installed(models: Path, tmp_path: Path) -> Path:
    at_hand = tmp_path / "model.zip"
    at_hand.write_bytes(ARCHIVE)
    return install(pinned("https://example.invalid/m.zip"), models, archive=at_hand).path


def test_an_installed_model_is_verified_file_by_file(models: Path, installed: Path) -> None:
    (model,) = installed_models([models])
    assert verify(model).soundness is Soundness.WHOLE
    content = bytearray(FILES["am/final.mdl"])
    content[1000] ^= 1
    (installed / "am/final.mdl").write_bytes(content)
    (installed / "conf/mfcc.conf").unlink()
    found = verify(model)
    assert found.soundness is Soundness.DAMAGED
    changed, missing = found.faults
    assert changed == "am/final.mdl: its content has changed"
    assert missing.startswith("conf/mfcc.conf: No such file")


def test_installing_again_mends_a_damaged_model(
    models: Path, installed: Path, tmp_path: Path
) -> None:
    (installed / "am/final.mdl").write_bytes(b"")
    (installed / "stray").write_bytes(b"")
    (models / f".{NAME}.unpacking").mkdir()  # from an install that was killed
    install(pinned("https://example.invalid/m.zip"), models, archive=tmp_path / "model.zip")
    assert files_of(installed) == FILES
    assert only_the_model_is_in(models)


def test_a_removed_model_is_gone(models: Path, installed: Path) -> None:
    (model,) = installed_models([models])
    remove(model)
    assert not installed.exists()
    assert list(models.iterdir()) == []
    with pytest.raises(ModelError):
        remove(model)


def test_a_model_unpacked_by_hand_is_found_by_its_name(tmp_path: Path) -> None:
    for name in ("vosk-model-en-us-0.22", "vosk-model-small-de-0.15", "holiday pictures"):
        (tmp_path / name / "am").mkdir(parents=True)
    (tmp_path / "vosk-model-small-en-us-0.15").mkdir()  # an empty folder is no model
    (found,) = installed_models([tmp_path])
    assert found.name == "vosk-model-en-us-0.22"
    assert verify(found).soundness is Soundness.UNKNOWN


def test_a_model_in_the_first_directory_hides_one_of_its_name(tmp_path: Path) -> None:
    for place in ("first", "second"):
        (tmp_path / place / "vosk-model-en-us-0.22" / "am").mkdir(parents=True)
    directories = [tmp_path / "nowhere", tmp_path / "first", tmp_path / "second"]
    (found,) = installed_models(directories)
    assert found.path.parent.name == "first"


def test_a_models_directory_that_cannot_be_is_named(tmp_path: Path) -> None:
    in_the_way = tmp_path / "models"
    in_the_way.touch()
    with pytest.raises(ConfigError) as caught:
        install(pinned("https://example.invalid/m.zip"), in_the_way)
    assert caught.value.place == str(in_the_way)


def test_the_manifest_of_the_package_pins_every_model_over_https() -> None:
    offers = read_manifest()
    assert offered_model(NAME, offers).archive == PinnedFile(
        urls=(
            f"https://alphacephei.com/vosk/models/{NAME}.zip",
            f"https://huggingface.co/rhasspy/vosk-models/resolve/main/en/{NAME}.zip",
        ),
        size=41_205_931,
        sha256="30f26242c4eb449f948e42cb302dd7a686cb29a3423a8367f99ff41780942498",
    )
    assert all(url.startswith("https://") for offer in offers for url in offer.archive.urls)


def test_a_model_that_is_not_offered_is_named_with_those_that_are() -> None:
    with pytest.raises(ModelError, match=f"'whisper'.*{NAME}"):
        offered_model("whisper", read_manifest())


WELL_FORMED = f"""
schema = "voicecoach.models/1"
[[model]]
name = "{NAME}"
engine = "vosk"
language = "en-us"
urls = ["https://example.com/m.zip"]
size = 5
sha256 = "{"0" * 64}"
licence = "Apache-2.0"
"""


@pytest.mark.parametrize(
    ("mistake", "named"),
    [
        (("/1", "/9"), "voicecoach.models/9"),
        (("size = 5", "size = -5"), "size = -5"),
        (("size = 5", "size = true"), "size = True"),
        (("size = 5", ""), "size = None"),
        (('"0', '"0g'), "sha256"),
        ((f'"{NAME}"', '"../../etc"'), "name = '../../etc'"),
        (("https:", "http:"), "http://example.com/m.zip"),
        (('["https://example.com/m.zip"]', "[]"), "urls = []"),
        (('["https://example.com/m.zip"]', "[7]"), "urls = [7]"),
        (("[[model]]", "[model]"), "model ="),
        (("[[model]]", "[[model"), "cannot be read"),
    ],
)
def test_a_mistake_in_a_manifest_is_named(
    tmp_path: Path, mistake: tuple[str, str], named: str
) -> None:
    path = tmp_path / "manifest.toml"
    path.write_text(WELL_FORMED)
    (offer,) = read_manifest(path)
    assert offer.name == NAME
    path.write_text(WELL_FORMED.replace(*mistake))
    with pytest.raises(ModelError) as caught:
        read_manifest(path)
    assert named in str(caught.value)
    assert str(path) in caught.value.place


@pytest.mark.parametrize("content", [b"\xff\xfe", None])
def test_a_manifest_that_cannot_be_read_is_named(tmp_path: Path, content: bytes | None) -> None:
    path = tmp_path / "manifest.toml"
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(ModelError, match="cannot be read"):
        read_manifest(path)


def test_a_record_that_was_tampered_with_is_no_crash(models: Path, installed: Path) -> None:
    (installed / ".voicecoach.json").write_text("[]")
    (found,) = installed_models([models])  # by its name
    assert verify(found).soundness is Soundness.UNKNOWN
