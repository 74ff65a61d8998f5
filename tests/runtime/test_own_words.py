"""What the coach says itself is no command, though the microphone hears it."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from voicecoach.audio.ears import Ears
from voicecoach.audio.mixer import Mixer
from voicecoach.audio.ports import HEARING_RATE, Clip, Hypothesis, Pcm
from voicecoach.language.decide import Accepted, Ignored
from voicecoach.language.grammar import Grammar
from voicecoach.language.intents import IntentName
from voicecoach.language.prompts import Say, prompt
from voicecoach.language.vocabulary import Vocabulary
from voicecoach.runtime import engines
from voicecoach.runtime.hearing import Hearing
from voicecoach.runtime.mouth import Mouth
from voicecoach.runtime.paths import Paths
from voicecoach.runtime.rehearsal import rehearse
from voicecoach.runtime.scenario import read_scenario
from voicecoach.session.effects import Speak
from voicecoach.units import Unit

EVERYTHING_SHORT = Vocabulary(
    intents=frozenset({IntentName.READY, IntentName.STOP, IntentName.SKIP_REST})
)


class Loudness:
    """Voice activity for tests: sound is speech."""

    frame = 512

    def probability(self, frame: Pcm) -> float:
        return float(np.abs(frame).max() > 100)

    def reset(self) -> None:
        pass


class Always:
    """A recogniser that hears one phrase in every sound."""

    name = description = "always"

    def __init__(self, text: str) -> None:
        self._words = tuple(text.split())

    def begin(self, grammar: Grammar) -> None:
        pass

    def feed(self, pcm: Pcm) -> None:
        pass

    def finish(self) -> tuple[Hypothesis, ...]:
        return (Hypothesis(self._words, 0.0, 0.95),)


class Tone:
    """A voice that says everything in half a second."""

    name = "tone"

    def render(self, text: str) -> Clip:
        return Clip(np.full(12_000, 4000, np.int16), 24_000)

    def render_all(self, texts) -> tuple[Clip, ...]:
        return tuple(map(self.render, texts))


def heard(text: str, own: frozenset[str]) -> Accepted | Ignored:
    spans: list[tuple[int, int]] = []

    def own_words(from_ms: int, to_ms: int) -> frozenset[str]:
        spans.append((from_ms, to_ms))
        return own

    hearing = Hearing(Ears(Always(text), Loudness()), own_words=own_words)
    hearing.listen(EVERYTHING_SHORT)
    second = np.zeros(HEARING_RATE, np.int16)
    sound = np.full(HEARING_RATE // 2, 3000, np.int16)
    sound[::2] *= -1
    hearing.feed(np.concatenate([second, sound, second]))
    (one,) = hearing.heard
    assert all(600 < begin < 800 and 1400 < end < 1600 for begin, end in spans)
    assert isinstance(one.decision, Accepted | Ignored)
    return one.decision


@pytest.mark.parametrize(
    ("text", "own", "taken"),
    [
        ("ready", {"say", "ready"}, False),
        ("ready", {"push", "the", "floor", "away"}, True),
        ("i'm ready", {"say", "ready"}, True),
        ("skip rest", {"rest", "three", "minutes"}, True),
        ("stop", {"stop", "at", "the", "knee"}, True),
    ],
)
def test_a_word_of_the_coachs_own_is_no_command_while_it_sounds(
    text: str, own: set[str], taken: bool
) -> None:
    assert isinstance(heard(text, frozenset(own)), Accepted if taken else Ignored)


def test_the_mouth_knows_which_words_sound_when() -> None:
    mixer = Mixer(24_000)
    mouth = Mouth(mixer, lambda _: Tone(), Unit.KG, offset_ms=1000)
    mouth.perform(Speak(1, (prompt(Say.WHEN_READY), prompt(Say.LAST_ONE))))
    mixer.render(24_000 // 10)
    mouth.events()
    first, second = {"say", "ready", "when", "you", "are"}, {"last", "one"}
    assert mouth.own_words(1000, 1050) == first
    assert mouth.own_words(0, 900) == frozenset()
    mixer.render(24_000 * 3)
    mouth.events()
    ended = mouth.now_ms()
    assert mouth.own_words(1000, ended) == first | second
    assert mouth.own_words(1000, 1100) == first
    assert mouth.own_words(ended - 100, ended) == frozenset()


SCENARIO = """
routine = "full-back"
workout = "A"
echo_db = -20

[loads]
deadlift = "100kg"
dumbbell-row = "30kg"

[[says]]
when = "injury?"
text = "no"

[[says]]
when = "announcing"
exercise = "deadlift"
set = 1
after_ms = 4000
text = "ready"

[[says]]
when = "working"
set = 1
after_ms = 6000
text = "done"

[[says]]
when = "reps?"
text = "five"

[[says]]
when = "announcing"
exercise = "deadlift"
set = 2
after_ms = 800
text = "stop"
"""


def test_ready_is_heard_over_the_cues_and_stop_over_anything(
    tmp_path: Path, paths: Paths, moonshine
) -> None:
    file = tmp_path / "over.toml"
    file.write_text(SCENARIO)
    script = read_scenario(file)
    outcome = rehearse(
        script,
        paths,
        recogniser=moonshine,
        coach_voice=engines.coach_voice(paths),
        athlete_voice=engines.athlete_voice(paths, script.athlete_voice),
    )
    accepted = [
        one.decision.intent.name for one in outcome.heard if isinstance(one.decision, Accepted)
    ]
    assert accepted == [
        IntentName.NO, IntentName.READY,
        IntentName.DONE, IntentName.NUMBER, IntentName.STOP,
    ]  # fmt: skip
    announced = next(one for one in outcome.said if "set one of three" in one.text)
    assert announced.interrupted
    assert [one.reps for one in outcome.sets] == [5]
    # It never took its own question for an answer that it did not understand.
    assert not any("did not get that" in one.text for one in outcome.said)
