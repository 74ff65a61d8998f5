"""Sound files: WAV and AIFF read without help, FLAC through soundfile; WAV written as it grows."""

from __future__ import annotations

import struct
import wave
from collections.abc import Iterator
from pathlib import Path
from types import TracebackType
from typing import Self

import numpy as np
import numpy.typing as npt

from voicecoach.audio.ports import Clip, Pcm
from voicecoach.errors import SoundFileError

LARGEST = 1 << 30
"""Bytes of the largest file read whole: over an hour and a half of 48 kHz stereo."""

WAVE_PCM, WAVE_FLOAT, WAVE_EXTENSIBLE = 1, 3, 0xFFFE


def read_clip(path: Path) -> Clip:
    """Return the sound in the file at `path`, its channels averaged to one.

    Reads WAV and AIFF of 8, 16, 24 and 32 bits or floating point; FLAC and
    Ogg where the soundfile package is installed. Raises SoundFileError.
    """
    try:
        if path.stat().st_size > LARGEST:
            raise _unreadable(path, "is over 1 GB")
        data = path.read_bytes()
    except OSError as error:
        raise _unreadable(path, f"cannot be read: {error.strerror or error}") from error
    form, kind = data[:4], data[8:12]
    try:
        if form == b"RIFF" and kind == b"WAVE":
            return _wav(data)
        if form == b"FORM" and kind in {b"AIFF", b"AIFC"}:
            return _aiff(data)
    except (struct.error, ValueError, OverflowError) as error:
        raise _unreadable(path, f"is damaged: {error}") from error
    if form in {b"fLaC", b"OggS"}:
        return _by_soundfile(path)
    raise _unreadable(path, "is neither WAV, AIFF nor FLAC")


class WavWriter:
    """A 16-bit WAV file that grows block by block.

    `channels` arrays of equal length make up each block. The header is kept
    true by closing the file; use it as a context.
    """

    def __init__(self, path: Path, rate: int, *, channels: int = 1) -> None:
        try:
            self._file = path.open("wb")
        except OSError as error:
            msg = f"{path} cannot be written: {error.strerror or error}"
            raise SoundFileError(msg, remedy="name another file") from error
        self._wave = wave.open(self._file)  # noqa: SIM115  # closed by close()
        self._wave.setnchannels(channels)
        self._wave.setsampwidth(2)
        self._wave.setframerate(rate)
        self._channels = channels

    def write(self, *channels: Pcm) -> None:
        """Add one block: an array of samples for each channel, all of one length."""
        if len(channels) != self._channels or len({len(pcm) for pcm in channels}) != 1:
            msg = f"{self._channels} arrays of one length make a block"
            raise ValueError(msg)
        block = channels[0] if len(channels) == 1 else np.stack(channels, axis=1)
        self._wave.writeframes(block.astype("<i2").tobytes())

    def close(self) -> None:
        """Complete the header and close the file."""
        self._wave.close()
        self._file.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()


def _unreadable(path: Path, why: str) -> SoundFileError:
    return SoundFileError(f"{path} {why}", remedy="give a WAV file of 16-bit PCM")


def _chunks(data: bytes, order: str) -> Iterator[tuple[bytes, bytes]]:
    """Yield the chunks of a RIFF (`order` <) or FORM (`order` >) file.

    The last may be shorter than it says: a stream's header is written before
    its length is known.
    """
    at = 12
    while at + 8 <= len(data):
        name, size = struct.unpack_from(f"{order}4sI", data, at)
        yield name, data[at + 8 : at + 8 + size]
        at += 8 + size + size % 2


def _wav(data: bytes) -> Clip:
    chunks = dict(_chunks(data, "<"))
    if b"fmt " not in chunks or b"data" not in chunks:
        msg = "no fmt or data chunk"
        raise ValueError(msg)
    kind, channels, rate, _, _, bits = struct.unpack_from("<HHIIHH", chunks[b"fmt "])
    if kind == WAVE_EXTENSIBLE:
        (kind,) = struct.unpack_from("<H", chunks[b"fmt "], 24)
    if kind not in {WAVE_PCM, WAVE_FLOAT}:
        msg = f"encoding {kind} is not PCM"
        raise ValueError(msg)
    code = ("f" if kind == WAVE_FLOAT else "u" if bits == 8 else "i") + str(-(-bits // 8))
    return _clip(chunks[b"data"], f"<{code}", channels, rate)


def _aiff(data: bytes) -> Clip:
    chunks = dict(_chunks(data, ">"))
    if b"COMM" not in chunks or b"SSND" not in chunks:
        msg = "no COMM or SSND chunk"
        raise ValueError(msg)
    channels, _, bits, exponent, mantissa = struct.unpack_from(">HIHHQ", chunks[b"COMM"])
    rate = round(mantissa * 2.0 ** ((exponent & 0x7FFF) - 16383 - 63))  # an 80-bit float
    coding = chunks[b"COMM"][18:22] or b"NONE"
    codes = {
        b"NONE": f">i{-(-bits // 8)}",
        b"twos": f">i{-(-bits // 8)}",
        b"sowt": f"<i{-(-bits // 8)}",
        b"raw ": ">u1",
        b"fl32": ">f4",
        b"FL32": ">f4",
        b"fl64": ">f8",
    }
    if coding not in codes:
        msg = f"encoding {coding.decode('latin-1')} is not PCM"
        raise ValueError(msg)
    (offset,) = struct.unpack_from(">I", chunks[b"SSND"])
    return _clip(chunks[b"SSND"][8 + offset :], codes[coding], channels, rate)


def _clip(data: bytes, code: str, channels: int, rate: int) -> Clip:
    """Return the samples in `data`, coded as numpy's `code` or as i3, as a clip."""
    order, kind, width = code[0], code[1], int(code[2:])
    if width not in {"u": {1}, "i": {1, 2, 3, 4}, "f": {4, 8}}[kind]:
        msg = f"{8 * width} bits a sample"
        raise ValueError(msg)
    if channels < 1 or not 1000 <= rate <= 768_000:
        msg = f"{channels} channels at {rate} samples a second"
        raise ValueError(msg)
    whole = data[: len(data) - len(data) % (width * channels)]
    value: npt.NDArray[np.float64]
    if width == 3:
        padded = np.zeros((len(whole) // 3, 4), np.uint8)
        # The three bytes become the upper three of a 32-bit number.
        padded[:, 1:] = np.frombuffer(whole, np.uint8).reshape(-1, 3)[
            :, :: 1 if order == "<" else -1
        ]
        value = padded.view("<i4")[:, 0] / 2**31
    else:
        raw = np.frombuffer(whole, np.dtype(f"{order}{kind}{width}"))
        if kind == "f":
            value = np.nan_to_num(raw.astype(np.float64))
        elif kind == "u":
            value = (raw.astype(np.float64) - 128) / 128
        else:
            value = raw / 2.0 ** (8 * width - 1)
    mono = value.reshape(-1, channels).mean(axis=1)
    return Clip(np.clip(np.rint(mono * 32768), -32768, 32767).astype(np.int16), rate)


def _by_soundfile(path: Path) -> Clip:
    try:
        import soundfile  # noqa: PLC0415 - an optional package, and it loads a library
    except ImportError as error:
        msg = f"{path} is FLAC, and the soundfile package is not installed"
        raise SoundFileError(msg, remedy="pip install soundfile, or give WAV") from error
    try:
        data, rate = soundfile.read(path, dtype="float64", always_2d=True)
    except soundfile.SoundFileError as error:
        raise _unreadable(path, f"is damaged: {error}") from error
    mono = data.mean(axis=1)
    return Clip(np.clip(np.rint(mono * 32768), -32768, 32767).astype(np.int16), int(rate))
