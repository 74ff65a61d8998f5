"""The end of a workout in words: what was done, what comes next time, and why."""

from __future__ import annotations

from voicecoach.training.prescription import ProgressRule, RepTarget, Rung, Standing


def test_the_next_rung_goes_by_its_own_name(gym, make_block, exercises) -> None:
    rung = Rung("negative-chin-up", None, RepTarget(3, 5), "negative chin-up")
    g = gym(
        make_block(
            exercises["pull-up"],
            sets=1,
            progress=ProgressRule(rule="ladder"),
            standing=Standing(next_rung=rung),
        )
    )
    g.do_set("six")
    assert "mastered the pull-up, so next time comes the negative chin-up." in g.last
