from __future__ import annotations

import struct
import sys
import wave
from itertools import product
from pathlib import Path

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from voicecoach.audio.wavfile import WavWriter, read_clip
from voicecoach.errors import SoundFileError

soundfile = pytest.importorskip("soundfile", reason="needs: pip install soundfile")

SOUND = np.sin(np.linspace(0, 60, 4000)) * 0.7


def difference(pcm: np.ndarray, wanted: np.ndarray) -> float:
    return float(np.abs(pcm / 32768 - wanted).max())


CONTAINERS = ["WAV", "WAVEX", "AIFF", "FLAC"]
CODINGS = ["PCM_U8", "PCM_S8", "PCM_16", "PCM_24", "PCM_32", "FLOAT"]


@pytest.mark.parametrize(
    ("container", "coding"),
    [pair for pair in product(CONTAINERS, CODINGS) if soundfile.check_format(*pair)],
)
@pytest.mark.parametrize("channels", [1, 2])
def test_common_files_are_read(tmp_path: Path, container: str, coding: str, channels: int) -> None:
    path = tmp_path / "sound"
    data = np.stack([SOUND, SOUND * 0.5], axis=1)[:, :channels]
    soundfile.write(path, data, 22_050, format=container, subtype=coding)
    clip = read_clip(path)
    assert clip.rate == 22_050
    assert clip.pcm.dtype == np.int16
    precision = 1 / 100 if coding in {"PCM_U8", "PCM_S8"} else 2 / 32768
    assert difference(clip.pcm, data.mean(axis=1)) < precision


def test_a_file_that_python_wrote_comes_back_to_the_sample(tmp_path: Path) -> None:
    pcm = np.random.default_rng(0).integers(-32768, 32767, 999).astype("<i2")
    with wave.open(str(tmp_path / "a.wav"), "wb") as file:
        file.setparams((1, 2, 16_000, 0, "NONE", ""))
        file.writeframes(pcm.tobytes())
    np.testing.assert_array_equal(read_clip(tmp_path / "a.wav").pcm, pcm)


def test_little_endian_aiff_of_a_mac_is_read(tmp_path: Path) -> None:
    pcm = np.arange(-500, 500, dtype="<i2")
    rate = struct.pack(">HQ", 16383 + 14, 22_050 << 49)  # an 80-bit float
    common = struct.pack(">hIh", 1, len(pcm), 16) + rate + b"sowt" + b"\x00\x00"
    sound = struct.pack(">II", 0, 0) + pcm.tobytes()
    chunks = b"".join(
        name + struct.pack(">I", len(body)) + body
        for name, body in [(b"FVER", b"\xa2\x80\x51\x40"), (b"COMM", common), (b"SSND", sound)]
    )
    path = tmp_path / "said.aiff"
    path.write_bytes(b"FORM" + struct.pack(">I", 4 + len(chunks)) + b"AIFC" + chunks)
    clip = read_clip(path)
    assert clip.rate == 22_050
    np.testing.assert_array_equal(clip.pcm, pcm)


def test_a_session_is_written_block_by_block_left_and_right(tmp_path: Path) -> None:
    path = tmp_path / "session.wav"
    rng = np.random.default_rng(0)
    blocks = [rng.integers(-9000, 9000, (n, 2)).astype(np.int16) for n in (480, 0, 1, 7000)]
    with WavWriter(path, 48_000, channels=2) as writer:
        for block in blocks:
            writer.write(block[:, 0], block[:, 1])
    data, rate = soundfile.read(path, dtype="int16")
    assert rate == 48_000
    np.testing.assert_array_equal(data, np.concatenate(blocks))


def test_a_block_must_have_all_its_channels_at_one_length(tmp_path: Path) -> None:
    with WavWriter(tmp_path / "a.wav", 8000, channels=2) as writer:
        with pytest.raises(ValueError, match="2 arrays"):
            writer.write(np.zeros(3, np.int16))
        with pytest.raises(ValueError, match="2 arrays"):
            writer.write(np.zeros(3, np.int16), np.zeros(4, np.int16))


def test_a_file_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    path = tmp_path / "missing" / "a.wav"
    with pytest.raises(SoundFileError, match=r"missing.a\.wav cannot be written"):
        WavWriter(path, 8000)


@pytest.mark.parametrize("content", [b"", b"RIFF", b"text, not sound", bytes(5000)])
def test_what_is_no_sound_file_is_refused_by_name(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "mystery"
    path.write_bytes(content)
    with pytest.raises(SoundFileError) as refusal:
        read_clip(path)
    assert refusal.value.problem == f"{path} is neither WAV, AIFF nor FLAC"
    assert "16-bit PCM" in refusal.value.remedy


def test_a_missing_file_and_a_folder_are_refused_by_name(tmp_path: Path) -> None:
    with pytest.raises(SoundFileError, match="No such file"):
        read_clip(tmp_path / "none.wav")
    with pytest.raises(SoundFileError, match="cannot be read"):
        read_clip(tmp_path)


def test_an_impossible_rate_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "sound"
    soundfile.write(path, SOUND, 8000, format="AIFF", subtype="PCM_16")
    data = path.read_bytes()
    at = data.index(b"COMM") + 16
    path.write_bytes(data[:at] + b"\x7f\xff" + data[at + 2 :])
    with pytest.raises(SoundFileError, match="is damaged"):
        read_clip(path)


def test_a_coding_that_is_no_pcm_is_refused(tmp_path: Path) -> None:
    for name, container, coding in (("a", "WAV", "ULAW"), ("b", "AIFF", "ALAW")):
        soundfile.write(tmp_path / name, SOUND, 8000, format=container, subtype=coding)
        with pytest.raises(SoundFileError, match="is not PCM"):
            read_clip(tmp_path / name)


@given(at=st.integers(0, 60), byte=st.integers(0, 255), cut=st.integers(0, 300), aiff=st.booleans())
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_a_damaged_file_is_read_or_refused_and_never_worse(
    tmp_path: Path, at: int, byte: int, cut: int, aiff: bool
) -> None:
    path = tmp_path / "sound"
    soundfile.write(path, SOUND[:100], 8000, format="AIFF" if aiff else "WAV", subtype="PCM_16")
    data = bytearray(path.read_bytes())
    data[at % len(data)] = byte
    path.write_bytes(data[: len(data) - cut])
    try:
        outcome: object = read_clip(path).pcm.dtype
    except SoundFileError as refusal:
        outcome = refusal.problem.partition(" ")[0]
    assert outcome in {np.dtype(np.int16), str(path)}


@pytest.mark.skipif(sys.platform == "win32", reason="files with holes")
def test_a_file_too_large_to_be_a_recording_is_not_read(tmp_path: Path) -> None:
    path = tmp_path / "huge.wav"
    with path.open("wb") as file:
        file.truncate((1 << 30) + 1)
    with pytest.raises(SoundFileError, match="over 1 GB"):
        read_clip(path)
