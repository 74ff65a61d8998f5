from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from voicecoach.audio.ports import Clip
from voicecoach.audio.voices.cache import CachedVoice, ClipCache
from voicecoach.audio.voices.repertoire import Repertoire
from voicecoach.errors import ConfigError


class HummingVoice:
    """A voice whose every letter is a stretch of tone; it remembers what it was asked."""

    def __init__(self, name: str = "humming") -> None:
        self.name = name
        self.batches: list[list[str]] = []

    def render(self, text: str) -> Clip:
        return self.render_all((text,))[0]

    def render_all(self, texts: Sequence[str]) -> tuple[Clip, ...]:
        self.batches.append(list(texts))
        return tuple(self.hum(text) for text in texts)

    def hum(self, text: str) -> Clip:
        phase = np.cumsum(np.repeat([0.02 * (ord(letter) % 32) for letter in text], 400))
        silence = np.zeros(110)
        return Clip(np.int16(8000 * np.concatenate([silence, np.cos(phase), silence])), 22050)


def test_a_phrase_is_rendered_once_and_then_comes_from_disk(tmp_path: Path) -> None:
    voice = HummingVoice()
    first = CachedVoice(voice, ClipCache(tmp_path)).render("lift")
    second = CachedVoice(voice, ClipCache(tmp_path)).render("lift")
    np.testing.assert_array_equal(first.pcm, second.pcm)
    assert first.rate == second.rate
    assert voice.batches == [["lift"]]


def test_only_what_is_missing_is_rendered_in_one_batch(tmp_path: Path) -> None:
    voice = HummingVoice()
    cached = CachedVoice(voice, ClipCache(tmp_path))
    cached.render("two")
    clips = cached.render_all(["one", "two", "three", "one"])
    assert voice.batches == [["two"], ["one", "three"]]
    for clip, text in zip(clips, ["one", "two", "three", "one"], strict=True):
        np.testing.assert_array_equal(clip.pcm, voice.hum(text).pcm)


def test_another_voice_does_not_speak_from_the_first_ones_cache(tmp_path: Path) -> None:
    cache = ClipCache(tmp_path)
    CachedVoice(HummingVoice("a"), cache).render("lift")
    other = HummingVoice("b")
    CachedVoice(other, cache).render("lift")
    assert other.batches == [["lift"]]


def cut_short(data: bytes) -> bytes:
    return data[:-1]


def emptied(_: bytes) -> bytes:
    return b""


def one_bit_flipped(data: bytes) -> bytes:
    return data[:-100] + bytes([data[-100] ^ 1]) + data[-99:]


def foreign(_: bytes) -> bytes:
    return b'["not", "a", "clip"]\nabc'


def zeros(data: bytes) -> bytes:
    return bytes(len(data))


@pytest.mark.parametrize("damage", [cut_short, emptied, one_bit_flipped, foreign, zeros])
def test_a_damaged_file_is_rendered_again_and_mended(
    tmp_path: Path, damage: Callable[[bytes], bytes]
) -> None:
    voice = HummingVoice()
    whole = CachedVoice(voice, ClipCache(tmp_path)).render("lift")
    (file,) = tmp_path.iterdir()
    file.write_bytes(damage(file.read_bytes()))
    for _ in range(2):
        again = CachedVoice(voice, ClipCache(tmp_path)).render("lift")
        np.testing.assert_array_equal(again.pcm, whole.pcm)
    assert voice.batches == [["lift"], ["lift"]]


@given(damage=st.binary(max_size=300))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_no_file_content_can_upset_the_cache(tmp_path: Path, damage: bytes) -> None:
    cache = ClipCache(tmp_path)
    cache.put("lift", Clip(np.arange(50, dtype=np.int16), 8000))
    (file,) = tmp_path.iterdir()
    file.write_bytes(damage)
    assert cache.get("lift") is None


def test_no_half_written_file_is_left_behind(tmp_path: Path) -> None:
    CachedVoice(HummingVoice(), ClipCache(tmp_path)).render_all(["one", "two"])
    assert {file.suffix for file in tmp_path.iterdir()} == {".clip"}


def test_a_cache_that_cannot_be_written_costs_time_and_not_the_session(tmp_path: Path) -> None:
    folder = tmp_path / "cache"
    cache = ClipCache(folder)
    folder.rmdir()
    voice = HummingVoice()
    cached = CachedVoice(voice, cache)
    np.testing.assert_array_equal(cached.render("lift").pcm, cached.render("lift").pcm)
    assert voice.batches == [["lift"], ["lift"]]


def test_a_folder_that_cannot_be_made_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(ConfigError, match="VOICECOACH_CACHE_DIR") as refusal:
        ClipCache(tmp_path / "file" / "cache")
    assert str(tmp_path / "file" / "cache") in refusal.value.problem


@pytest.mark.skipif(sys.platform == "win32", reason="file times are coarse there")
def test_what_was_unused_for_longest_is_pruned_first(tmp_path: Path) -> None:
    cache = ClipCache(tmp_path)
    clip = Clip(np.zeros(1000, np.int16), 8000)
    for key in ("old", "older", "new"):
        cache.put(key, clip)
    assert cache.get("old") is not None
    assert cache.prune(4500) == 1
    assert cache.get("older") is None
    assert cache.get("old") is not None
    assert cache.get("new") is not None
    assert cache.prune(0) == 2


def test_a_repertoire_renders_each_phrase_once_at_the_speakers_rate() -> None:
    voice = HummingVoice()
    repertoire = Repertoire(voice, 48_000)
    repertoire.prepare(["ready", "lift", "ready"])
    repertoire.prepare(["lift", "rest"])
    assert voice.batches == [["ready", "lift"], ["rest"]]
    clip = repertoire.phrase("ready")
    assert clip.rate == 48_000
    assert clip.ms == pytest.approx(voice.hum("ready").ms, abs=1)
    assert repertoire.phrase("ready") is clip


def test_a_number_of_a_count_sounds_from_its_first_sample() -> None:
    repertoire = Repertoire(HummingVoice(), 48_000)
    number = repertoire.word("five")
    level = np.abs(number.pcm.astype(int))
    assert np.flatnonzero(level > level.max() * 0.02)[0] < 48
    assert repertoire.word("five") is number
