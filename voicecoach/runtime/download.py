"""Fetching one file of known size and sha256: resumed, checked, over https only."""

from __future__ import annotations

import hashlib
import http.client
import ipaddress
import json
import re
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any
from urllib.parse import urlsplit

from voicecoach import __version__
from voicecoach.errors import ModelError

Progress = Callable[[int], None]
"""Told how many bytes of the whole are there: once at the start, then as they come."""

TIMEOUT_S = 30.0  # without a byte
BLOCK_BYTES = 1 << 16
ATTEMPTS = 5  # at one address, as long as each brings something

PARTIAL_CONTENT = 206
RANGE_NOT_SATISFIABLE = 416


class NotFetchedError(ModelError):
    """No address gave the file."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PinnedFile:
    """A file whose every byte is known beforehand, and the addresses it may come from."""

    urls: tuple[str, ...]  # the mirrors after the first
    size: int  # bytes
    sha256: str  # hexadecimal


def fetch(
    file: PinnedFile, target: Path, progress: Progress, *, timeout_s: float = TIMEOUT_S
) -> None:
    """Fetch `file` to `target`; what an earlier call left there is gone on with.

    The addresses are tried in turn. As the content is pinned, a part from one
    may be completed from the next.

    Raises:
        NotFetchedError: no address gave the file; the problem has the reason
            of each. What came is kept for the next call, unless it was wrong.
        ModelError: the file cannot be written.
    """
    reasons = []
    for url in file.urls:
        try:
            _fetch_from(url, file, target, progress, timeout_s)
        except _AddressFailedError as error:
            reasons.append(f"{urlsplit(url).hostname}: {error}")
        else:
            return
    raise NotFetchedError("; ".join(reasons), remedy="try again, or fetch the file by other means")


def check(path: Path, file: PinnedFile) -> None:
    """Compare a file at hand with what it should be.

    Raises:
        ModelError: it cannot be read, or its size or sha256 is another.
    """
    try:
        found = path.stat().st_size
        if found != file.size:
            msg = f"{found} bytes where {file.size} were to come"
            raise ModelError(msg, place=str(path), remedy="fetch the file anew")
        with path.open("rb") as stream:
            digest = hashlib.file_digest(stream, "sha256").hexdigest()
    except OSError as error:
        msg = f"the file cannot be read: {error.strerror or error}"
        raise ModelError(msg, place=str(path), remedy="name a file that can be read") from error
    if digest != file.sha256:
        msg = f"its sha256 is {digest}, not {file.sha256}"
        raise ModelError(msg, place=str(path), remedy="fetch the file anew")


def refused(url: str) -> str | None:
    """Return why a file may not come from `url`, or None where it may.

    Only https will do, but for this very machine, where nobody listens in.
    """
    parts = urlsplit(url)
    if parts.scheme == "https" and parts.hostname:
        return None
    if parts.scheme == "http" and _is_loopback(parts.hostname):
        return None
    return f"{url!r} is not an https address"


class _AddressFailedError(Exception):
    """One address did not give the file."""


def _fetch_from(
    url: str, file: PinnedFile, target: Path, progress: Progress, timeout_s: float
) -> None:
    reason = refused(url)
    if reason:
        raise _AddressFailedError(reason)
    part = _Part(target)
    for _ in range(ATTEMPTS):
        before = part.size
        try:
            _receive(url, file, part, progress, timeout_s)
        except (OSError, http.client.HTTPException) as error:
            # Broken off. It is worth another attempt if this one brought anything.
            if part.size <= before:
                raise _AddressFailedError(_reason(error)) from error
            continue
        try:
            check(target, file)
        except ModelError as error:
            part.discard()
            if before:  # the part of an earlier call may be to blame: once more from the start
                continue
            raise _AddressFailedError(error.problem) from error
        part.forget_origin()
        return
    msg = "the connection breaks off again and again"
    raise _AddressFailedError(msg)


def _receive(url: str, file: PinnedFile, part: _Part, progress: Progress, timeout_s: float) -> None:
    """Bring the part up to the whole, as far as the server's answer reaches."""
    if part.size > file.size:
        part.discard()
    progress(part.size)
    if part.size == file.size:
        return
    request = urllib.request.Request(  # noqa: S310 - the scheme was looked at
        url,
        headers={
            "Accept-Encoding": "identity",
            "User-Agent": f"voicecoach/{__version__}",
            **part.range_headers(url),
        },
    )
    try:
        answer = _opener(url).open(request, timeout=timeout_s)
    except urllib.error.HTTPError as error:
        error.close()
        if error.code == RANGE_NOT_SATISFIABLE and part.size:
            part.discard()
            _receive(url, file, part, progress, timeout_s)
            return
        msg = f"{error.code} {error.reason}"
        raise _AddressFailedError(msg) from error
    with answer:
        start, announced = _extent(answer)
        if announced not in (None, file.size):
            msg = f"{announced} bytes where {file.size} were to come"
            raise _AddressFailedError(msg)
        if start not in (0, part.size):
            msg = f"a part from byte {start} where one from {part.size} was asked for"
            raise _AddressFailedError(msg)
        with part.open_at(start, url, answer.headers) as stream:
            _copy(answer, stream, start, file, progress)


def _copy(answer: Any, stream: IO[bytes], start: int, file: PinnedFile, progress: Progress) -> None:
    received = start
    progress(received)
    while block := answer.read(BLOCK_BYTES):
        received += len(block)
        if received > file.size:
            msg = f"more than the {file.size} bytes that were to come"
            raise _AddressFailedError(msg)
        with _on_disk(stream.name):
            stream.write(block)
        progress(received)
    if received < file.size:
        msg = f"the connection broke off after {received} of {file.size} bytes"
        raise ConnectionError(msg)


class _Part:
    """What has come of a file, and beside it the version of the file that it came from."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._origin = path.with_name(f"{path.name}.origin")

    @property
    def size(self) -> int:
        with _on_disk(self._path):
            return self._path.stat().st_size if self._path.exists() else 0

    def range_headers(self, url: str) -> dict[str, str]:
        """Ask for the rest only, and only if the server still has the version of the part."""
        if not self.size:
            return {}
        headers = {"Range": f"bytes={self.size}-"}
        try:
            origin = json.loads(self._origin.read_text(encoding="utf-8"))
        except (OSError, ValueError):
            return headers  # the sha256 will tell
        if isinstance(origin, dict) and origin.get("url") == url and origin.get("etag"):
            headers["If-Range"] = str(origin["etag"])
        return headers

    @contextmanager
    def open_at(
        self, start: int, url: str, headers: http.client.HTTPMessage
    ) -> Iterator[IO[bytes]]:
        """Open the file to write from `start` on, 0 or its end; what was written is kept."""
        with _on_disk(self._path):
            if start == 0:
                etag = headers.get("ETag", "")
                strong = etag if etag.startswith('"') else ""  # a weak one vouches for no bytes
                self._origin.write_text(json.dumps({"url": url, "etag": strong}), encoding="utf-8")
            # Unbuffered: each block is on its way to the disk before it is counted.
            stream = self._path.open("ab" if start else "wb", buffering=0)
        with stream:
            yield stream

    def discard(self) -> None:
        with _on_disk(self._path):
            self._path.unlink(missing_ok=True)
        self.forget_origin()

    def forget_origin(self) -> None:
        with _on_disk(self._origin):
            self._origin.unlink(missing_ok=True)


@contextmanager
def _on_disk(path: Path | str) -> Iterator[None]:
    """Tell a failure of our own disk from one of the network: both are OSError."""
    try:
        yield
    except OSError as error:
        msg = f"the download cannot be written: {error.strerror or error}"
        raise ModelError(
            msg, place=str(path), remedy="make room, or name another models directory"
        ) from error


def _extent(answer: Any) -> tuple[int, int | None]:
    """Return where the body of an answer begins, and the size of the whole if it says so."""
    if answer.status == PARTIAL_CONTENT:
        found = re.fullmatch(r"bytes (\d+)-\d+/(\d+|\*)", answer.headers.get("Content-Range", ""))
        if not found:
            msg = "a part of the file that does not say which"
            raise _AddressFailedError(msg)
        return int(found[1]), None if found[2] == "*" else int(found[2])
    length = answer.headers.get("Content-Length", "")
    return 0, int(length) if length.isdecimal() else None


class _CarefulRedirects(urllib.request.HTTPRedirectHandler):
    """Follows to https only; from this machine to this machine as well."""

    def redirect_request(
        self,
        req: urllib.request.Request,
        fp: IO[bytes],
        code: int,
        msg: str,
        headers: http.client.HTTPMessage,
        newurl: str,
    ) -> urllib.request.Request | None:
        secure = urlsplit(newurl).scheme == "https"
        if refused(newurl) or not (secure or _is_loopback(urlsplit(req.full_url).hostname)):
            fp.close()
            reason = f"a redirect to {newurl!r}, which is not an https address"
            raise _AddressFailedError(reason)
        return super().redirect_request(req, fp, code, msg, headers, newurl)


def _opener(url: str) -> urllib.request.OpenerDirector:
    handlers: list[urllib.request.BaseHandler] = [_CarefulRedirects()]
    if _is_loopback(urlsplit(url).hostname):
        handlers.append(urllib.request.ProxyHandler({}))
    return urllib.request.build_opener(*handlers)


def _is_loopback(host: str | None) -> bool:
    try:
        return ipaddress.ip_address(host or "").is_loopback
    except ValueError:
        return False


def _reason(error: BaseException) -> str:
    cause = error.reason if isinstance(error, urllib.error.URLError) else error
    if isinstance(cause, OSError) and cause.strerror:
        return cause.strerror
    return str(cause) or type(cause).__name__
