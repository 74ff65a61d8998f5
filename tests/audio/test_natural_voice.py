"""The neural voice from its wheel: what is the same each time, what moves, and what breaks."""

from __future__ import annotations

import importlib.util
from collections.abc import Iterator, Sequence

import numpy as np
import pytest

from voicecoach.audio.clips import SPEECH_LUFS, loudness
from voicecoach.audio.manner import COUNTING_WORDS_A_MINUTE, FASTEST, SLOWEST, Manner, Style
from voicecoach.audio.ports import Clip
from voicecoach.audio.voices import natural
from voicecoach.audio.voices.choice import FallbackVoice, choose_voice
from voicecoach.audio.voices.natural import NaturalEngine, NaturalVoice
from voicecoach.audio.voices.pyttsx3 import Pyttsx3Voice
from voicecoach.audio.voices.repertoire import Repertoire
from voicecoach.errors import VoiceError
from voicecoach.session.counting import BEAT_MS, number_prompt
from voicecoach.units import Unit

pytestmark = pytest.mark.skipif(
    importlib.util.find_spec("hibari") is None, reason="needs: pip install voicecoach[natural]"
)

SENTENCE = "Deadlift, set two of three."


@pytest.fixture(scope="module")
def engine() -> Iterator[NaturalEngine]:
    engine = NaturalEngine()
    yield engine
    engine.close()


def pitch(clip: Clip) -> float:
    """The fundamental of a clip's voiced parts: the median of the best lag's frequency."""
    frame, found = clip.rate // 20, []
    for start in range(0, len(clip.pcm) - frame, frame // 2):
        part = clip.pcm[start : start + frame].astype(float)
        spectrum = np.abs(np.fft.rfft(part * np.hanning(frame), 4 * frame)) ** 2
        lags = np.fft.irfft(spectrum)
        low, high = clip.rate // 400, clip.rate // 80
        best = low + int(lags[low:high].argmax())
        if lags[best] > 0.5 * lags[0]:
            found.append(clip.rate / best)
    return float(np.median(found))


def test_a_phrase_sounds_the_same_whatever_it_is_rendered_with(engine: NaturalEngine) -> None:
    voice = NaturalVoice(engine)
    alone = voice.render(SENTENCE)
    _, among = voice.render_all(["Rest three minutes.", SENTENCE])
    np.testing.assert_array_equal(among.pcm, alone.pcm)
    engine.close()
    np.testing.assert_array_equal(voice.render(SENTENCE).pcm, alone.pcm)


def test_the_voice_can_be_faster_and_higher_without_becoming_louder(engine: NaturalEngine) -> None:
    usual = NaturalVoice(engine).render(SENTENCE)
    fast = NaturalVoice(engine, Manner(words_a_minute=FASTEST)).render(SENTENCE)
    slow = NaturalVoice(engine, Manner(words_a_minute=SLOWEST)).render(SENTENCE)
    high = NaturalVoice(engine, Manner(semitones=4)).render(SENTENCE)
    assert slow.ms > 1.2 * usual.ms > 1.4 * fast.ms
    assert high.ms == pytest.approx(usual.ms, rel=0.05)
    assert pitch(high) == pytest.approx(pitch(usual) * 2 ** (4 / 12), rel=0.06)
    for clip in (usual, fast, slow, high):
        assert loudness(clip) == pytest.approx(SPEECH_LUFS, abs=0.5)


def test_the_energetic_coach_is_quicker_and_higher(engine: NaturalEngine) -> None:
    calm = NaturalVoice(engine).render(SENTENCE)
    energetic = NaturalVoice(engine, Manner(style=Style.ENERGETIC)).render(SENTENCE)
    assert energetic.ms < calm.ms
    assert pitch(energetic) > pitch(calm)


@pytest.mark.parametrize("which", ["natural", "system"])
def test_a_count_is_of_one_loudness_and_never_overlaps_itself(
    which: str, engine: NaturalEngine
) -> None:
    manner = Manner(words_a_minute=COUNTING_WORDS_A_MINUTE)
    voice = NaturalVoice(engine, manner) if which == "natural" else Pyttsx3Voice(manner=manner)
    # Every tenth number in each, and with them the longest there are.
    numbers = sorted({*range(1, 21), *range(27, 101, 10), 77, 88, 100})
    words = Repertoire(voice, 48_000)
    words.prepare_words(number_prompt(n).text(Unit.KG) for n in numbers)
    for number in numbers:
        clip = words.word(number_prompt(number).text(Unit.KG))
        assert clip.ms < BEAT_MS, number
        assert loudness(clip) == pytest.approx(SPEECH_LUFS, abs=1), number


def test_what_it_cannot_say_is_refused_by_name(engine: NaturalEngine) -> None:
    with pytest.raises(VoiceError, match="cannot say '三'"):
        NaturalVoice(engine).render("三")
    with pytest.raises(VoiceError, match="nothing to say"):
        NaturalVoice(engine).render(" \n ")
    assert NaturalVoice(engine).render("Ready.").ms > 200


def test_a_voice_that_would_have_to_be_downloaded_is_refused(
    monkeypatch: pytest.MonkeyPatch, tmp_path
) -> None:
    monkeypatch.setenv("HIBARI_HOME", str(tmp_path))
    engine = NaturalEngine("emma")
    try:
        with pytest.raises(VoiceError, match="'emma' is not on this computer; take heart"):
            NaturalVoice(engine).render("ready")
    finally:
        engine.close()
    assert not list(tmp_path.iterdir())


def test_the_best_voice_there_is_speaks_unasked() -> None:
    assert choose_voice(None, Manner()).name.startswith("hibari-")
    assert choose_voice("system", Manner()).name.startswith("pyttsx3/")
    assert choose_voice("en-gb", Manner()).name.startswith("pyttsx3/en-gb/")


def test_without_the_package_the_systems_voice_speaks(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(__import__("sys").modules, "hibari", None)
    natural.engine_of.cache_clear()
    assert choose_voice(None, Manner()).name.startswith("pyttsx3/")
    with pytest.raises(VoiceError, match=r"not installed; pip install voicecoach\[natural\]"):
        choose_voice("natural", Manner())


class Mute:
    """A voice that cannot say one thing."""

    name = "mute"

    def render(self, text: str) -> Clip:
        if text == "三":
            msg = "cannot"
            raise VoiceError(msg)
        return Clip(np.zeros(1, np.int16), 8000)

    def render_all(self, texts: Sequence[str]) -> tuple[Clip, ...]:
        return tuple(self.render(text) for text in texts)


class Hum(Mute):
    name = "hum"

    def render(self, text: str) -> Clip:
        return Clip(np.ones(2, np.int16), 8000)


def test_what_the_voice_cannot_say_the_other_says() -> None:
    voice = FallbackVoice(Mute(), Hum())
    assert [len(clip.pcm) for clip in voice.render_all(["ready", "三", "done"])] == [1, 2, 1]
    assert voice.name == "mute"


def test_an_engine_that_cannot_speak_at_all_is_tried_once(monkeypatch: pytest.MonkeyPatch) -> None:
    engine = NaturalEngine("nobody")
    voice = NaturalVoice(engine)
    with pytest.raises(VoiceError, match="'nobody' is not on this computer"):
        voice.render("ready")
    monkeypatch.setattr("sys.executable", "/nowhere")  # nothing more could be started
    with pytest.raises(VoiceError, match="'nobody' is not on this computer"):
        voice.render("set")
    engine.close()
