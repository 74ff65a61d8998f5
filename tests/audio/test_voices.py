"""The real engine: espeak-ng through pyttsx3 on Linux, the system's own voice elsewhere."""

from __future__ import annotations

import shutil
import signal
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from voicecoach.audio.clips import SPEECH_LUFS, loudness
from voicecoach.audio.manner import FASTEST, HIGHEST, LOWEST, SLOWEST, Manner, Style
from voicecoach.audio.voices.cache import CachedVoice, ClipCache
from voicecoach.audio.voices.pyttsx3 import Pyttsx3Voice, installed_voices
from voicecoach.errors import VoiceError

pytestmark = pytest.mark.skipif(
    sys.platform == "linux" and shutil.which("espeak-ng") is None,
    reason="needs espeak-ng: apt-get install espeak-ng",
)
on_espeak = pytest.mark.skipif(sys.platform != "linux", reason="names espeak's voices")

SENTENCE = "Deadlift, set two of three. Four to six reps at one hundred kilos."


def test_the_coach_speaks_each_phrase_of_a_batch_in_order() -> None:
    texts = ["one", SENTENCE, "two"]
    one, sentence, two = Pyttsx3Voice().render_all(texts)
    assert sentence.ms > 3000
    assert 150 < one.ms < 800
    assert 150 < two.ms < 800
    assert one.pcm.tobytes() != two.pcm.tobytes()


def test_a_phrase_sounds_the_same_whatever_it_is_rendered_with() -> None:
    alone = Pyttsx3Voice().render("undo")
    _, among, _, again = Pyttsx3Voice().render_all(["Rest three minutes.", "undo", "one", "undo"])
    np.testing.assert_array_equal(among.pcm, alone.pcm)
    np.testing.assert_array_equal(again.pcm, alone.pcm)


def test_speech_has_one_loudness_and_no_silence_around_it() -> None:
    for clip in Pyttsx3Voice().render_all(["one", "seven", SENTENCE, "Rest three minutes."]):
        assert loudness(clip) == pytest.approx(SPEECH_LUFS, abs=1)
        level = np.abs(clip.pcm.astype(int))
        heard = np.flatnonzero(level > level.max() * 0.01)
        assert heard[0] < clip.rate * 0.015
        assert len(level) - heard[-1] < clip.rate * 0.06


def test_a_slower_coach_takes_longer() -> None:
    slow = Pyttsx3Voice(manner=Manner(words_a_minute=120)).render(SENTENCE)
    fast = Pyttsx3Voice(manner=Manner(words_a_minute=240)).render(SENTENCE)
    assert slow.ms > 1.6 * fast.ms


def test_a_higher_coach_speaks_as_fast_as_before() -> None:
    usual, high, low = (
        Pyttsx3Voice(manner=Manner(semitones=semitones)).render(SENTENCE)
        for semitones in (0, HIGHEST, LOWEST)
    )
    assert high.ms == pytest.approx(usual.ms, rel=0.12)
    assert low.ms == pytest.approx(usual.ms, rel=0.12)


@pytest.mark.parametrize("semitones", [LOWEST, HIGHEST])
@pytest.mark.parametrize("rate", [SLOWEST, FASTEST])
@pytest.mark.parametrize("style", Style)
def test_no_manner_that_can_be_set_is_refused(rate: int, semitones: int, style: Style) -> None:
    Pyttsx3Voice(manner=Manner(words_a_minute=rate, semitones=semitones, style=style))


@on_espeak
@pytest.mark.parametrize("name", ["en-gb", "gmw/en", "English (Great Britain)", "great britain"])
def test_a_voice_is_found_by_language_id_name_or_part_of_it(name: str) -> None:
    american = Pyttsx3Voice("en-us").render("Push the floor away.")
    british = Pyttsx3Voice(name).render("Push the floor away.")
    assert british.ms != american.ms


@on_espeak
def test_an_unknown_voice_is_refused_by_name_with_some_that_exist() -> None:
    with pytest.raises(VoiceError) as refusal:
        Pyttsx3Voice("nonesuch").render("ready")
    assert "'nonesuch'" in refusal.value.problem
    assert "en-us" in refusal.value.remedy
    assert "voicecoach voices" in refusal.value.remedy


@on_espeak
def test_the_voices_listed_can_be_asked_for() -> None:
    listed = {voice.id for voice in installed_voices()}
    assert "gmw/en-us" in listed


@pytest.mark.parametrize("text", ["", "  \n "])
def test_there_must_be_something_to_say(text: str) -> None:
    with pytest.raises(VoiceError, match="nothing to say"):
        Pyttsx3Voice().render(text)


def test_a_text_without_a_sound_is_refused() -> None:
    with pytest.raises(VoiceError, match=r"silent on '\.'|no sound for '\.'"):
        Pyttsx3Voice().render(".")


def test_a_text_is_never_taken_for_a_command() -> None:
    clip = Pyttsx3Voice().render('-v de --help "; exit 1; $(exit 1) <break/> \u00e9\u4e09')
    assert clip.ms > 500


@pytest.mark.parametrize("rate", [0, -5, 79, 451])
def test_a_rate_nobody_can_speak_at_is_refused(rate: int) -> None:
    with pytest.raises(VoiceError, match=f"{rate} words a minute"):
        Pyttsx3Voice(manner=Manner(words_a_minute=rate))


def test_a_voice_that_does_not_answer_is_given_up() -> None:
    with pytest.raises(VoiceError, match=r"no answer within 0\.001 s"):
        installed_voices(start_timeout_s=0.001)


PRESSED = """
import os, signal, threading
from voicecoach.audio.voices.pyttsx3 import Pyttsx3Voice
signal.signal(signal.SIGINT, lambda *_: None)
done = threading.Event()
def press():
    while not done.wait(0.005):
        os.killpg(0, signal.SIGINT)
threading.Thread(target=press).start()
try:
    print(len(Pyttsx3Voice().render_all(["one", "two"])))
finally:
    done.set()
"""


@pytest.mark.skipif(sys.platform == "win32", reason="no process groups of this kind")
def test_ctrl_c_does_not_take_the_coachs_voice_away() -> None:
    child = subprocess.run(
        [sys.executable, "-c", PRESSED],
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
        start_new_session=True,
    )
    assert (child.stdout, child.returncode) == ("2\n", 0), child.stderr


KILLED = """
import json, os, pathlib, signal, subprocess, sys, threading
from voicecoach.audio.voices.pyttsx3 import RENDERER
folder, phrases = pathlib.Path(sys.argv[1]), int(sys.argv[2])
child = subprocess.Popen((sys.executable, *RENDERER), stdin=subprocess.PIPE)
texts = [f"rest {number} seconds" for number in range(phrases)]
request = {"voice": None, "words_a_minute": 165, "texts": texts, "folder": str(folder)}
child.stdin.write(json.dumps(request).encode())
child.stdin.close()
while not any(folder.iterdir()):
    threading.Event().wait(0.001)
os.kill(os.getpid(), signal.SIGKILL)
"""


@on_espeak
def test_the_voice_stops_where_the_coach_is_killed(tmp_path: Path) -> None:
    phrases = 600
    command = [sys.executable, "-c", KILLED, str(tmp_path), str(phrases)]
    # All that it starts holds the pipe: it is at its end when the last of them is.
    coach = subprocess.run(command, capture_output=True, check=False, timeout=120)
    assert coach.returncode == -signal.SIGKILL, coach.stderr
    assert 0 < len(list(tmp_path.iterdir())) < phrases


@on_espeak
def test_a_missing_engine_is_named_with_the_remedy(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    # The child's loader finds a libespeak-ng that is no library, before the system's.
    for name in ("libespeak-ng.so.1", "libespeak.so.1"):
        (tmp_path / name).write_text("not a library")
    monkeypatch.setenv("LD_LIBRARY_PATH", str(tmp_path))
    with pytest.raises(VoiceError) as failure:
        Pyttsx3Voice().render("ready")
    assert "install espeak-ng" in failure.value.remedy


def test_a_cached_voice_needs_the_engine_once_a_phrase(tmp_path: Path) -> None:
    first = CachedVoice(Pyttsx3Voice(), ClipCache(tmp_path)).render_all(["one", "two", "one"])
    again = CachedVoice(Pyttsx3Voice(start_timeout_s=-60), ClipCache(tmp_path))
    for before, after in zip(first, again.render_all(["one", "two", "one"]), strict=True):
        np.testing.assert_array_equal(before.pcm, after.pcm)
    with pytest.raises(VoiceError, match="no answer"):
        again.render("three")
