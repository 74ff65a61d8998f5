"""What the coach will say can be rendered ahead; the moments of a session can be told."""

from __future__ import annotations

from voicecoach.session.events import SpeechEnded
from voicecoach.session.foresight import foreseen, outlook
from voicecoach.session.moments import moments
from voicecoach.training.prescription import CountMode, Drops
from voicecoach.units import Load, Unit


def texts(state) -> set[str]:
    return {prompt.text(Unit.KG) for prompt in foreseen(state)}


def test_an_ordinary_session_says_nothing_that_was_not_foreseen(gym, make_block, exercises) -> None:
    g = gym(
        make_block(load=Load.kg(100)),
        make_block(exercises["pull-up"], instead=(exercises["chin-up"],)),
        warmup_s=300,
        ask_injury=True,
    )
    before = texts(g.state)
    g.say("no")
    g.say("ready")
    for reps in ("six", "five", "four", "six"):
        g.do_set(reps)
        g.say("skip rest")
    spoken = {sentence for line in g.said[:-1] for sentence in line.split(". ") if sentence}
    foreseen_whole = " ".join(before)
    missing = {s for s in spoken if s.rstrip(".") not in foreseen_whole}
    assert missing == set()


def test_a_load_that_was_named_is_foreseen_from_then_on(gym, make_block) -> None:
    g = gym(make_block(asks_load=True))
    assert "Five at ninety." not in texts(g.state)
    g.say("ninety")
    assert "Five at ninety." in texts(g.state)


def test_what_is_foreseen_is_another_only_with_another_outlook(gym, make_block, exercises) -> None:
    g = gym(
        make_block(exercises["bench-press"], asks_load=True, drops=Drops(count=1)),
        make_block(exercises["split-squat"], instead=(exercises["chin-up"],)),
        warmup_s=60,
    )
    same = 0
    for line in (
        *("ready", "eighty", "ready", "pause", "resume", "done", "six", "no, five", "easy"),
        *("use seventy kilos", "skip rest", "skip set", "undo", "skip set", "ready"),
        *("done eight", "help", "wait", "undo", "chin up instead", "ready", "faster", "done"),
    ):
        before = g.state
        if line == "wait":
            g.pass_ms(8000)
        else:
            g.say(line)
        if outlook(g.state) == outlook(before):
            same += 1
            assert foreseen(g.state) == foreseen(before), line
    assert same >= 8


def test_nothing_is_foreseen_twice(gym) -> None:
    prompts = foreseen(gym().state)
    assert len(prompts) == len(set(prompts))


class Watched:
    """Collects the moments of a gym's session."""

    def __init__(self, g) -> None:
        self.names: list[tuple[str, int]] = []
        take = g.take

        def watched(event) -> None:
            before = g.state
            take(event)
            if not isinstance(event, SpeechEnded):
                return
            for moment in moments(before, g.state):
                self.names.append((moment.name, moment.number))

        g.take = watched


def test_the_questions_are_moments_once_they_have_been_asked(gym) -> None:
    g = gym()
    watched = Watched(g)
    g.say("repeat")
    assert watched.names == [("ready?", 1)]
    g.begin_set()
    g.say("done")
    assert watched.names[-1] == ("reps?", 1)
    g.say("five")
    assert watched.names[-1] == ("resting", 1)


def test_each_count_is_a_moment(gym, make_block) -> None:
    g = gym(make_block(load=Load.kg(60), count=CountMode.PACED, reps=(3, 3)))
    g.begin_set()
    seen = []
    for _ in range(2):
        before = g.state
        g.pass_ms(3000)
        seen += [m.name for m in moments(before, g.state)]
    assert seen == ["rep:1", "rep:2"]
