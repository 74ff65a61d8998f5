"""Fitting the ears to a voice: what is recorded, what is asked for again, and what is kept."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest
from click.testing import CliRunner

from voicecoach.audio.ports import HEARING_RATE, Hypothesis, Pcm
from voicecoach.audio.recognisers.ctc import sounding
from voicecoach.audio.recognisers.moonshine import MoonshineRecogniser
from voicecoach.audio.recognisers.own_voice import OwnVoice, network_name
from voicecoach.audio.recognisers.phonemes import NUMBER, phoneme_network
from voicecoach.audio.recognisers.pronunciation import Pronunciations, dictionary_file
from voicecoach.audio.utterance import Utterance
from voicecoach.audio.wavfile import WavWriter
from voicecoach.cli.main import main
from voicecoach.errors import CalibrationError, DeviceError
from voicecoach.runtime import engines
from voicecoach.runtime.athlete import at_speech_level
from voicecoach.runtime.bench.corpus import active_level, read_corpus
from voicecoach.runtime.bench.moments import Moment
from voicecoach.runtime.enrolment import recording
from voicecoach.runtime.enrolment.account import Account
from voicecoach.runtime.enrolment.fitting import (
    Fitter,
    Sample,
    Trial,
    account,
    best_lean,
    dealt,
)
from voicecoach.runtime.enrolment.profile_file import named_profile
from voicecoach.runtime.enrolment.recording import (
    ATTEMPTS,
    PASSED_OVER,
    WORDS,
    Flaw,
    Line,
    flaw_of,
    record,
)
from voicecoach.runtime.enrolment.takes import Take, in_noise, moment_for
from voicecoach.runtime.paths import Paths
from voicecoach.runtime.recordings import Recordings

HUM = (3000 * np.sin(np.arange(HEARING_RATE // 2) * 0.3)).astype(np.int16)
HISS = np.random.default_rng(1).normal(0, 30, 2 * HEARING_RATE).astype(np.int16)
SILENCE = np.zeros(2 * HEARING_RATE, np.int16)


def utterance(
    moment: Moment, heard: str, *, pcm: Pcm = HUM, level_dbfs: float = -24.0
) -> Utterance:
    """Return an utterance that is clearly `heard`."""
    return Utterance(
        hypotheses=(Hypothesis(tuple(heard.split()), 0.0, 0.95),),
        grammar=moment.vocabulary.grammar,
        start_sample=0,
        speech_end_sample=len(pcm),
        decoded_sample=len(pcm),
        decided_sample=len(pcm),
        decode_ms=0.0,
        level_dbfs=level_dbfs,
        pcm=pcm,
    )


Answer = Callable[[str, Moment], Utterance | None]


def as_asked(text: str, moment: Moment) -> Utterance | None:
    return utterance(moment, text)


class PaperBooth:
    """A booth on paper: what the coach says is noted, and `answer` says what comes back."""

    def __init__(self, answer: Answer = as_asked, rooms: tuple[Pcm, ...] = (HISS,)) -> None:
        self._answer = answer
        self._rooms = list(rooms)
        self.said: list[str] = []

    def say(self, text: str) -> None:
        self.said.append(text)

    def room(self, seconds: float) -> Pcm:
        assert seconds > 0
        return self._rooms.pop(0)

    def listen(self, moment: Moment, seconds: float) -> Utterance | None:
        assert seconds > 0
        return self._answer(self.said[-1].rpartition(": ")[2].rstrip("."), moment)


def quietly(_: str) -> None:
    """Print nothing."""


def test_every_word_is_asked_for_twice_and_kept() -> None:
    booth, shown = PaperBooth(), list[str]()
    recorded = record(booth, shown.append)
    assert [take.text for take in recorded.takes] == [*WORDS, *WORDS]
    assert booth.said[0] == Line.OPENING.value
    assert booth.said[-1] == Line.THANKS.value
    assert len(shown) == 1 + 2 * len(WORDS)
    assert recorded.passed_over == ()
    assert recorded.noise_dbfs == pytest.approx(-61, abs=2)


def test_all_that_is_asked_for_means_something_and_no_two_alike_follow_each_other() -> None:
    meant = [moment_for(text).intent for text in WORDS]
    assert len(set(meant)) == len(WORDS)
    for one, other in pairwise(WORDS):
        assert one[:4] != other[:4]


def test_what_is_said_is_known_ahead() -> None:
    def once_nothing(text: str, moment: Moment) -> Utterance | None:
        return utterance(moment, text) if booth.said[-1].startswith("Once") else None

    booth = PaperBooth(once_nothing)
    record(booth, quietly)
    assert set(booth.said) <= set(recording.lines())


@pytest.mark.parametrize(
    ("fault", "line"),
    [
        (lambda _text, _moment: None, Line.NOTHING),
        (lambda text, moment: utterance(moment, text, level_dbfs=-52), Line.SOFT),
        (
            lambda text, moment: utterance(moment, text, pcm=np.full(9000, 32767, np.int16)),
            Line.LOUD,
        ),
    ],
)
def test_a_word_that_was_not_heard_well_is_said_again(fault: Answer, line: Line) -> None:
    def answer(text: str, moment: Moment) -> Utterance | None:
        again = booth.said[-1].startswith("Once more")
        return fault(text, moment) if text == "stop" and not again else utterance(moment, text)

    booth = PaperBooth(answer)
    recorded = record(booth, quietly)
    assert len(recorded.takes) == 2 * len(WORDS)
    at = booth.said.index("Say: stop.")
    assert booth.said[at + 1 : at + 3] == [line.value, "Once more: stop."]


def test_a_voice_must_stand_out_of_the_room() -> None:
    moment = moment_for("stop")
    soft = utterance(moment, "stop", level_dbfs=-40)
    assert flaw_of(soft, moment, -45.0) is Flaw.NOISE
    assert flaw_of(soft, moment, -60.0) is None


def test_a_word_heard_as_another_twice_is_how_it_is_said() -> None:
    def answer(text: str, moment: Moment) -> Utterance | None:
        return utterance(moment, "thirty" if text == "thirteen" else text)

    booth = PaperBooth(answer)
    recorded = record(booth, quietly)
    assert booth.said.count(Line.OTHER.value) == 2  # once a round
    assert [take.text for take in recorded.takes].count("thirteen") == 2


def test_a_word_that_cannot_be_heard_is_left_out_and_three_of_them_end_it() -> None:
    deaf = {"undo"}
    booth = PaperBooth(lambda text, moment: None if text in deaf else utterance(moment, text))
    recorded = record(booth, quietly)
    assert recorded.passed_over == ("undo", "undo")
    assert booth.said.count(Line.NOTHING.value) == 2 * ATTEMPTS
    booth = PaperBooth(lambda _text, _moment: None)
    with pytest.raises(CalibrationError, match="3 words were not heard") as caught:
        record(booth, quietly)
    assert "doctor" in caught.value.remedy
    assert booth.said.count(Line.PASSED_OVER.value) == PASSED_OVER


def test_a_loud_room_is_told_once_and_tried_all_the_same() -> None:
    loud = (HISS.astype(np.int32) * 20).astype(np.int16)
    booth = PaperBooth(
        lambda text, moment: utterance(moment, text, level_dbfs=-12), rooms=(loud, loud)
    )
    record(booth, quietly)
    assert booth.said[1:3] == [Line.NOISY.value, Line.STILL_NOISY.value]
    booth = PaperBooth(rooms=(loud, HISS))
    record(booth, quietly)
    assert Line.STILL_NOISY.value not in booth.said


def test_a_microphone_that_gives_nothing_is_told_before_anything_is_asked() -> None:
    booth = PaperBooth(rooms=(SILENCE,))
    with pytest.raises(DeviceError, match="gives nothing at all"):
        record(booth, quietly)
    assert booth.said == [Line.OPENING.value]


def test_what_was_recorded_can_be_kept_to_learn_from_it_anew(tmp_path: Path) -> None:
    from datetime import UTC, datetime  # noqa: PLC0415

    def answer(text: str, moment: Moment) -> Utterance | None:
        return utterance(moment, "thirty" if text == "thirteen" else text)

    recorded = record(PaperBooth(answer), quietly)
    keep = Recordings(tmp_path, datetime(2026, 1, 5, tzinfo=UTC), print).keep
    recording.keep_all(recorded, keep)
    texts = [one.text for one in read_corpus(tmp_path).commands]
    assert texts == [*WORDS, *WORDS]  # as it was asked for, whatever it was taken for


def test_what_was_said_twice_is_dealt_into_both_halves() -> None:
    takes = [Take(text=text, moment=moment_for(text), pcm=HUM) for text in (*WORDS, *WORDS, "stop")]
    one, other = dealt(takes)
    assert {take.text for take in one} == {take.text for take in other} == set(WORDS)
    assert abs(len(one) - len(other)) == 1
    assert len(one) + len(other) == len(takes)


def trial(text: str, anybody: Hypothesis, own: Hypothesis) -> Trial:
    take = Take(text=text, moment=moment_for(text), pcm=HUM)
    return Trial(take=take, anybody=(anybody,), own=(own,))


def test_the_ears_lean_no_more_than_it_helps() -> None:
    unsure = Hypothesis(("eight",), 0.0, 0.45)
    sure = Hypothesis(("eight",), 0.0, 0.9)
    nothing = Hypothesis(("eight",), 0.0, 0.05)
    assert best_lean([trial("eight", nothing, sure)]) == 0
    assert best_lean([trial("eight", nothing, unsure)]) > 0
    assert best_lean([trial("nine", nothing, replace(unsure, confidence=0.6))]) < 0
    assert account([trial("eight", nothing, sure)], None) == Account(missed=1)
    assert account([trial("eight", nothing, sure)], 0.0) == Account(understood=1)


def test_noise_is_as_loud_as_it_is_meant_to_be_and_always_the_same() -> None:
    noisy = in_noise(HUM, 3)
    assert np.array_equal(noisy, in_noise(HUM, 3))
    assert not np.array_equal(noisy, in_noise(HUM, 4))
    noise = noisy.astype(float) - HUM
    assert 20 * np.log10(active_level(HUM.astype(float)) / noise.std()) == pytest.approx(10, abs=1)
    assert np.abs(in_noise(np.full(9000, 32767, np.int16), 1)).max() <= 32767


@pytest.fixture(scope="module")
def own_corpus(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A dozen words of one person, and one of another."""
    folder = tmp_path_factory.mktemp("own")
    rows = []
    for number, (text, clip) in enumerate(zip(WORDS, spoken(folder, "en-gb"), strict=True)):
        for name in ("me", "you") if not number else ("me",):
            path = f"{name}-{number}.wav"
            with WavWriter(folder / path, HEARING_RATE) as wav:
                wav.write(clip)
            rows.append({"path": path, "text": text, "kind": "command", "voice": name})
    lines = (json.dumps(row) + "\n" for row in rows)
    (folder / "manifest.jsonl").write_text("".join(lines))
    return folder


def spoken(folder: Path, voice: str) -> list[Pcm]:
    """Return the words as one of the system's voices says them."""
    paths = Paths(data=folder, config=folder, cache=folder, model_dirs=())
    clips = engines.athlete_voice(paths, voice).render_all(WORDS)
    return [at_speech_level(clip).pcm for clip in clips]


def test_a_profile_is_made_from_recordings_where_it_helps_and_only_there(
    own_corpus: Path, tmp_path: Path
) -> None:
    command = ["--config-dir", str(tmp_path), "calibrate", "--json"]
    result = CliRunner().invoke(main, [*command, "--from", str(own_corpus), "--whose", "me"])
    if "is not installed" in result.output:
        pytest.skip("moonshine has no wheel for this machine")
    assert result.exit_code == 0, result.output
    report = json.loads(result.stdout)
    assert report["schema"] == "voicecoach.calibration/1"
    before, after = Account(**report["before"]), Account(**report["after"])
    assert before.total == after.total == 2 * len(WORDS)
    file = tmp_path / "voice.toml"
    assert file.exists() == (report["profile"] is not None)
    if file.exists():
        assert after.worth > before.worth
        assert after.wrong <= before.wrong
        assert named_profile(file).after == after


def test_words_become_likelier_to_ears_that_are_fitted_to_their_voice(
    moonshine: MoonshineRecogniser, tmp_path: Path
) -> None:
    """What a Frenchman says in quiet is learnt from, and heard in noise."""
    dictionary = dictionary_file()
    if dictionary is None:
        pytest.skip("pocketsphinx has no wheel for this machine")
    pronunciations = Pronunciations(dictionary)
    words = spoken(tmp_path, "fr")[:6]
    quiet, noisy = (
        [
            Sample(
                take=Take(text=text, moment=moment_for(text), pcm=pcm),
                pcm=pcm,
                frames=moonshine.frames_of(pcm),
            )
            for text, pcm in zip(WORDS, sounds, strict=False)
        ]
        for sounds in (words, [in_noise(pcm, 1) for pcm in words])
    )
    voice = Fitter(pronunciations).fitted(quiet)
    assert 0.05 < voice.shift_rms < 0.5
    assert fitted_to(voice, quiet, pronunciations) > 1.0
    assert fitted_to(voice, noisy, pronunciations) > 0.0


def fitted_to(voice: OwnVoice, samples: Sequence[Sample], pronunciations: Pronunciations) -> float:
    """Return how many nats a word of `samples` has gained, in the mean."""
    network = phoneme_network()
    gains = []
    for one in samples:
        known = pronunciations.of(one.take.words)
        phones = tuple(NUMBER[phone] for word in one.take.words for phone in known[word][0])
        after, before = (
            sounding(network.read(frames), [phones])[0]
            for frames in (voice.moved(one.frames), one.frames)
        )
        gains.append(after - before)
    return float(np.mean(gains))


def test_ears_that_know_a_voice_tell_what_anybody_would_have_been_heard_to_say(
    moonshine: MoonshineRecogniser, tmp_path: Path
) -> None:
    moment = moment_for("stop")
    stop = spoken(tmp_path, "en-gb")[WORDS.index("stop")]
    usual = heard_by(moonshine, moment, stop)
    assert moonshine.as_anybody() is None
    try:
        moonshine.attune(OwnVoice(network=network_name(), shift=(0.3,) * 288, lean=0.5))
        own = heard_by(moonshine, moment, stop)
        assert moonshine.as_anybody() == usual
        assert own != usual
        assert "fitted" in moonshine.description
    finally:
        moonshine.attune(None)
    assert heard_by(moonshine, moment, stop) == usual


def heard_by(recogniser: MoonshineRecogniser, moment: Moment, pcm: Pcm) -> tuple[Hypothesis, ...]:
    recogniser.begin(moment.vocabulary.grammar)
    recogniser.feed(pcm)
    return recogniser.finish()


@pytest.mark.parametrize(
    ("arguments", "problem"),
    [
        ([], "2 voices speak here"),
        ([], "name one of me, you: --whose NAME"),
        (["--whose", "nobody"], "nobody is called nobody"),
        (["--whose", "you"], "1 utterances to learn from"),
    ],
)
def test_recordings_that_cannot_be_learnt_from_change_nothing(
    own_corpus: Path, tmp_path: Path, arguments: list[str], problem: str
) -> None:
    command = ["--config-dir", str(tmp_path), "calibrate"]
    result = CliRunner().invoke(main, [*command, "--from", str(own_corpus), *arguments])
    assert isinstance(result.exception, SystemExit)
    assert result.exit_code == 35
    assert problem in result.stderr
    assert not (tmp_path / "voice.toml").exists()


@pytest.mark.parametrize(
    "arguments",
    [["--text"], ["--show", "--forget"], ["--whose", "me"], ["--show", "--record", "x"]],
)
def test_what_makes_no_sense_together_is_refused(arguments: list[str]) -> None:
    result = CliRunner().invoke(main, ["calibrate", *arguments])
    assert result.exit_code == 2
