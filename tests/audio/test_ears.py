"""The ears: utterances out of a stream of samples, whatever blocks it comes in."""

from __future__ import annotations

import itertools
from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from voicecoach.audio.ears import Ears
from voicecoach.audio.ports import Hypothesis, Pcm
from voicecoach.audio.utterance import Utterance
from voicecoach.language.grammar import Grammar, number_slots
from voicecoach.language.template import Alternatives, parse_template

FRAME = 512
SPEECH_LEVEL = 3000


def grammar(*templates: str) -> Grammar:
    return Grammar(Alternatives(tuple(map(parse_template, templates))), number_slots())


COMMANDS = grammar("done [{reps}]", "stop", "{reps} [reps] [at {load} kilos]")


class Deciphering:
    """A recogniser for tests: the loudness of an utterance's samples tells its words.

    The first loud sample names the word said, so that a sound is "heard" only
    when its beginning was fed.
    """

    name = "deciphering"
    description = "deciphering by codebook"
    codebook = ("done", "stop", "eight", "eight reps at sixty kilos")

    def __init__(self, confidence: float = 0.9) -> None:
        self.confidence = confidence
        self.grammar: Grammar | None = None
        self.blocks: list[Pcm] = []
        self.decodings = 0

    def begin(self, grammar: Grammar) -> None:
        self.grammar = grammar
        self.blocks = []

    def feed(self, pcm: Pcm) -> None:
        self.blocks.append(pcm)

    def finish(self) -> tuple[Hypothesis, ...]:
        self.decodings += 1
        pcm = np.abs(np.concatenate(self.blocks))
        code = int(pcm[pcm > SPEECH_LEVEL / 2][0]) - SPEECH_LEVEL
        loud = np.concatenate([[False], pcm > SPEECH_LEVEL / 2]).astype(int)
        parts = np.flatnonzero(np.diff(loud) == 1)
        alike = len(set(pcm[pcm > SPEECH_LEVEL / 2])) == 1
        words = self.codebook[3 if code == 2 and len(parts) > 1 and alike else code]
        return (Hypothesis(tuple(words.split()), -0.1, self.confidence),)


def saying(word: str, ms: int = 300) -> Pcm:
    pcm = np.full(16 * ms, SPEECH_LEVEL + Deciphering.codebook.index(word), dtype=np.int16)
    pcm[1::2] *= -1
    return pcm


def silence(ms: int) -> Pcm:
    return np.zeros(16 * ms, dtype=np.int16)


@pytest.fixture(scope="module")
def ears(loudness) -> Callable[..., Ears]:
    def of(recogniser: Deciphering | None = None, **options: object) -> Ears:
        ticks = itertools.count()
        listening = Ears(
            recogniser or Deciphering(), loudness, clock=lambda: next(ticks) * 0.05, **options
        )  # type: ignore[arg-type]
        listening.listen(COMMANDS)
        return listening

    return of


def words(utterances: list[Utterance]) -> list[str]:
    return [" ".join(utterance.hypotheses[0].words) for utterance in utterances]


def test_a_word_after_which_nothing_may_follow_is_over_at_the_short_silence(ears) -> None:
    sound = np.concatenate([silence(1000), saying("stop"), silence(1000)])
    (utterance,) = ears().feed(sound)
    assert words([utterance]) == ["stop"]
    assert abs(utterance.start_sample - 16_000) < FRAME
    assert abs(utterance.speech_end_sample - 16 * 1300) < FRAME
    assert utterance.decided_sample - utterance.speech_end_sample == 3 * FRAME
    assert utterance.decode_ms == pytest.approx(50)
    assert utterance.latency_ms == pytest.approx(64 + 50)
    assert utterance.level_dbfs == pytest.approx(20 * np.log10(SPEECH_LEVEL / 32768), abs=1)


@pytest.mark.parametrize(("activity", "surer"), [(0.6, False), (0.99, True)])
def test_the_more_a_sound_is_like_speech_the_surer_is_what_it_said(activity, surer) -> None:
    class Likely:
        frame = FRAME

        def probability(self, frame: Pcm) -> float:
            return activity if np.abs(frame).max() > SPEECH_LEVEL / 2 else 0.0

        def reset(self) -> None:
            pass

    ears = Ears(Deciphering(confidence=0.8), Likely())
    ears.listen(COMMANDS)
    (utterance,) = ears.feed(np.concatenate([saying("stop"), silence(1000)]))
    confidence = utterance.hypotheses[0].confidence
    assert confidence > 0.8 if surer else confidence < 0.3


def test_a_word_that_may_go_on_is_waited_for_but_decoded_meanwhile(ears) -> None:
    (utterance,) = ears().feed(np.concatenate([saying("eight"), silence(1000)]))
    assert utterance.decided_sample - utterance.speech_end_sample == 9 * FRAME
    assert utterance.decoded_sample - utterance.speech_end_sample == 2 * FRAME
    assert utterance.latency_ms == pytest.approx(288)  # the decoding is hidden in the wait


def test_a_word_that_is_not_clear_is_waited_for_longer(ears) -> None:
    muffled = ears(Deciphering(confidence=0.7))
    (utterance,) = muffled.feed(np.concatenate([saying("eight"), silence(1000)]))
    assert utterance.decided_sample - utterance.speech_end_sample == 11 * FRAME


def test_stop_is_not_waited_for_though_more_may_follow(ears) -> None:
    listening = ears()
    listening.listen(grammar("stop [the] workout", "stop", "done [{reps}]"))
    (utterance,) = listening.feed(np.concatenate([saying("stop"), silence(1000)]))
    assert utterance.decided_sample - utterance.speech_end_sample == 3 * FRAME


def test_what_is_whole_but_not_clear_may_be_the_beginning_of_something_else(ears) -> None:
    muffled = ears(Deciphering(confidence=0.7))
    (utterance,) = muffled.feed(np.concatenate([saying("stop"), silence(1000)]))
    assert utterance.decided_sample - utterance.speech_end_sample == 6 * FRAME


def test_done_is_waited_for_because_a_number_may_follow(ears) -> None:
    (utterance,) = ears().feed(np.concatenate([saying("done"), silence(1000)]))
    assert utterance.decided_sample - utterance.speech_end_sample == 9 * FRAME


def test_what_more_can_mend_is_waited_for_less(ears) -> None:
    listening = ears()
    listening.listen(COMMANDS, mendable=lambda words: words == ("eight",))
    first, second = listening.feed(
        np.concatenate([saying("eight"), silence(1500), saying("done"), silence(1000)])
    )
    assert first.decided_sample - first.speech_end_sample == 6 * FRAME
    assert second.decided_sample - second.speech_end_sample == 9 * FRAME


def test_the_rest_of_a_set_joins_what_was_over(ears) -> None:
    sound = np.concatenate([saying("eight"), silence(900), saying("eight", 600), silence(1000)])
    first, second = ears().feed(sound)
    assert words([first, second]) == ["eight", "eight reps at sixty kilos"]
    assert (first.joined, second.joined) == (False, True)
    assert second.start_sample > first.speech_end_sample
    assert second.pcm[: len(first.pcm) - 9 * FRAME].tolist() == first.pcm[: -9 * FRAME].tolist()


def test_what_may_be_said_has_changed_when_the_rest_comes(ears) -> None:
    recogniser = Deciphering()
    listening = ears(recogniser)
    (first,) = listening.feed(np.concatenate([saying("eight"), silence(500)]))
    listening.listen(grammar("stop", "no {reps}"))
    (second,) = listening.feed(np.concatenate([saying("eight"), silence(500)]))
    assert words([first, second]) == ["eight", "eight reps at sixty kilos"]
    assert second.grammar == first.grammar == COMMANDS


@pytest.mark.parametrize(("after_ms", "second"), [(500, "stop"), (1200, "eight")])
def test_what_is_no_rest_or_comes_too_late_is_a_command_of_its_own(
    after_ms: int, second: str, ears
) -> None:
    sound = np.concatenate([saying("eight"), silence(after_ms), saying(second), silence(1000)])
    found = ears().feed(sound)
    assert words(found) == ["eight", second]
    assert not any(utterance.joined for utterance in found)


def test_a_set_said_with_a_pause_is_one_utterance(ears) -> None:
    sound = np.concatenate([saying("eight"), silence(256), saying("eight", 600), silence(1000)])
    assert words(ears().feed(sound)) == ["eight reps at sixty kilos"]


def test_whether_more_may_come_can_be_told_from_outside(ears) -> None:
    impatient = ears(may_continue=lambda _grammar, _words: False)
    sound = np.concatenate([saying("eight"), silence(256), saying("stop"), silence(1000)])
    assert words(impatient.feed(sound)) == ["eight", "stop"]


def test_what_becomes_legal_in_mid_word_is_heard_from_its_beginning(loudness) -> None:
    recogniser = Deciphering()
    listening = Ears(recogniser, loudness)
    listening.listen(COMMANDS)
    listening.feed(np.concatenate([silence(500), saying("stop", 100)]))
    more = grammar("stop", "go back")
    listening.listen(more)
    assert recogniser.grammar == more
    (utterance,) = listening.feed(np.concatenate([saying("stop", 100), silence(1000)]))
    assert words([utterance]) == ["stop"]
    assert utterance.grammar == more
    assert utterance.speech_end_sample - utterance.start_sample > 16 * 150


def test_what_becomes_legal_while_more_is_waited_for_is_heard_anew(loudness) -> None:
    recogniser = Deciphering()
    listening = Ears(recogniser, loudness)
    listening.listen(COMMANDS)
    assert listening.feed(np.concatenate([saying("eight"), silence(200)])) == []
    more = grammar("{reps} [reps]", "weight {load}")
    listening.listen(more)
    (utterance,) = listening.feed(silence(1000))
    assert words([utterance]) == ["eight"]
    assert utterance.grammar == recogniser.grammar == more
    assert recogniser.decodings == 2


def test_deaf_ears_hear_out_what_is_being_said(ears) -> None:
    listening = ears()
    listening.feed(np.concatenate([silence(500), saying("done")]))
    listening.listen(None)
    (first,) = listening.feed(silence(1000))
    assert first.grammar == COMMANDS
    assert listening.feed(np.concatenate([saying("stop"), silence(1000)])) == []
    only_stop = grammar("stop")
    listening.listen(only_stop)
    (second,) = listening.feed(np.concatenate([saying("stop"), silence(1000)]))
    assert second.grammar == only_stop


def test_the_ears_are_quiet_unless_something_is_being_said(ears) -> None:
    listening = ears()
    listening.feed(silence(500))
    assert listening.quiet
    listening.feed(saying("done"))
    assert not listening.quiet
    listening.feed(silence(1000))
    assert listening.quiet


def test_skipped_silence_counts_and_ends_an_utterance(ears) -> None:
    listening = ears()
    listening.feed(silence(200))
    listening.feed(saying("done"))
    (utterance,) = listening.skip(16 * 600_000)
    assert words([utterance]) == ["done"]
    assert utterance.decided_sample < 16 * 1000
    assert listening.position == 16 * 600_500
    (later,) = listening.feed(np.concatenate([silence(100), saying("stop"), silence(500)]))
    assert abs(later.start_sample - 16 * 600_600) < FRAME


def test_flushing_ends_what_is_being_said(ears) -> None:
    listening = ears()
    assert listening.flush() == []
    assert listening.feed(saying("done")) == []
    assert words(listening.flush()) == ["done"]
    assert listening.quiet


def test_a_click_is_never_decoded(loudness) -> None:
    recogniser = Deciphering()
    listening = Ears(recogniser, loudness)
    listening.listen(COMMANDS)
    assert listening.feed(np.concatenate([silence(320), saying("done", 20), silence(1000)])) == []
    assert recogniser.decodings == 0


SESSION = np.concatenate(
    [
        silence(777), saying("done"), silence(900),
        saying("eight"), silence(256), saying("eight", 500), silence(401),
        saying("done", 15), silence(613), saying("stop", 333), silence(700),
        saying("eight", 250), silence(640), saying("eight", 450), silence(500),
    ]
)  # fmt: skip


@settings(max_examples=30)
@given(st.lists(st.integers(160, 3200), min_size=1, max_size=12))  # 10 to 200 ms
def test_the_size_of_the_blocks_changes_nothing(ears, sizes: list[int]) -> None:
    whole = ears().feed(SESSION)
    listening = ears()
    in_blocks: list[Utterance] = []
    at = 0
    for size in itertools.cycle(sizes):
        in_blocks += listening.feed(SESSION[at : at + size])
        at += size
        if at >= len(SESSION):
            break
    assert in_blocks == whole
    longer = "eight reps at sixty kilos"
    assert words(whole) == ["done", longer, "stop", "eight", longer]
    assert listening.position == len(SESSION)


def test_a_phrase_that_is_hardly_heard_cuts_nobody_off(loudness) -> None:
    class Doubting(Deciphering):
        def finish(self) -> tuple[Hypothesis, ...]:
            return tuple(replace(one, confidence=0.1) for one in super().finish())

    listening = Ears(Doubting(), loudness)
    listening.listen(COMMANDS)
    (utterance,) = listening.feed(np.concatenate([saying("stop"), silence(1000)]))
    assert utterance.decided_sample - utterance.speech_end_sample == 11 * FRAME


class Nearness:
    """Voice activity for tests: whatever is no silence is speech."""

    frame = FRAME

    def probability(self, frame: Pcm) -> float:
        return float(np.abs(frame).max() > 10)

    def reset(self) -> None:
        pass


LEAK = np.tile(np.array([SPEECH_LEVEL // 20, -SPEECH_LEVEL // 20], np.int16), 8000)
"""A second of the coach's voice, 26 dB under the lifter's."""


class LoudEnough(Deciphering):
    """Hears nothing in what is as soft as the leak."""

    def finish(self) -> tuple[Hypothesis, ...]:
        loudest = np.abs(np.concatenate(self.blocks)).max()
        if loudest > SPEECH_LEVEL / 2:
            return super().finish()
        self.decodings += 1
        return ()


def over_the_coach(*, sounded: bool = True) -> tuple[LoudEnough, Ears]:
    """Return ears that have heard the coach's voice leak for a second, and hear it still."""
    recogniser = LoudEnough()
    listening = Ears(recogniser, Nearness())
    listening.listen(COMMANDS, over_voice=True, sounded=lambda _begin, _end: sounded)
    listening.feed(np.concatenate([LEAK, silence(500)]))
    recogniser.decodings = 0
    return recogniser, listening


@pytest.mark.parametrize(("sounded", "decodings"), [(True, 0), (False, 1)])
def test_what_leaks_of_the_coach_is_not_decoded_while_it_sounds(
    sounded: bool, decodings: int
) -> None:
    recogniser, listening = over_the_coach(sounded=sounded)
    (utterance,) = listening.feed(np.concatenate([LEAK, silence(500)]))
    assert recogniser.decodings == decodings
    assert utterance.hypotheses == ()


def test_who_speaks_while_the_coach_is_in_their_ears_is_heard_each_time() -> None:
    listening = Ears(Deciphering(), Nearness())
    listening.listen(COMMANDS, over_voice=True, sounded=lambda _begin, _end: True)
    stop = np.concatenate([silence(3000), saying("stop", 400), silence(500)])
    assert words(listening.feed(np.concatenate([stop] * 3))) == ["stop"] * 3


def test_a_voice_over_the_leak_is() -> None:
    _, listening = over_the_coach()
    (utterance,) = listening.feed(np.concatenate([LEAK, saying("stop"), silence(500)]))
    assert words([utterance]) == ["stop"]
    assert utterance.over


def test_who_speaks_before_the_coach_does_is_heard_from_the_beginning() -> None:
    _, listening = over_the_coach()
    listening.listen(COMMANDS)
    listening.feed(saying("eight", 200))
    listening.listen(COMMANDS, over_voice=True)
    (utterance,) = listening.feed(np.concatenate([silence(96), saying("eight", 200), LEAK]))
    assert words([utterance]) == ["eight reps at sixty kilos"]
    assert utterance.over
    assert utterance.decided_sample - utterance.speech_end_sample < 16 * 300


def test_the_coach_is_not_the_rest_of_what_somebody_said() -> None:
    recogniser, listening = over_the_coach()
    listening.listen(COMMANDS)
    (first,) = listening.feed(np.concatenate([saying("eight"), silence(400)]))
    listening.listen(COMMANDS, over_voice=True)
    (second,) = listening.feed(np.concatenate([LEAK, silence(500)]))
    assert words([first]) == ["eight"]
    assert not second.joined
    assert recogniser.decodings == 2


def test_an_ear_that_cannot_write_freely_writes_nothing(ears) -> None:
    assert ears().write_down() == ""
