"""Eight weeks led by the coach itself: typed words in, loads out, the log in between."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import UTC, datetime, timedelta

from voicecoach.runtime.driver import Driver
from voicecoach.runtime.interrupts import Interrupts
from voicecoach.runtime.opening import Request, open_session
from voicecoach.runtime.paths import Paths
from voicecoach.runtime.text_stage import PipedLines, TextStage
from voicecoach.session.coaching import COACHING
from voicecoach.session.state import State
from voicecoach.session.summary import advice
from voicecoach.store.log import TrainingLog
from voicecoach.training.prescription import SetKind
from voicecoach.units import Load, Unit

MONDAY = datetime(2026, 1, 5, 18, 0, tzinfo=UTC)

Reps = Callable[[int, int, Load | None], int]
"""Gives the reps of a set, by the day, its place and its load."""


def routine(paths: Paths, block: str) -> None:
    folder = paths.config / "routines"
    folder.mkdir(parents=True)
    head = 'name = "Mine"\n[[workout]]\nname = "A"\n[[workout.block]]\n'
    (folder / "mine.toml").write_text(head + block, encoding="utf-8")


def lead(
    paths: Paths,
    days: Sequence[int],
    reps: Reps,
    *,
    first: str = "",
    maxes: dict[str, Load] | None = None,
) -> tuple[list[list[str]], list[str]]:
    """Train on so many days after the first; return the working loads, and what was said last."""
    loads, said = [], []
    with TrainingLog.open(paths.log) as log:
        for day in days:
            request = Request(routine="mine", one_rep_maxes=(maxes or {}) if day == days[0] else {})
            state = open_session(request, paths, log, MONDAY + timedelta(days=day))
            answers = ["no"] if state.ask_injury else []
            working = [one for one in state.plan.blocks[0].sets if one.kind is SetKind.WORKING]
            if state.plan.blocks[0].asks_load:
                answers.append(first)
            for number, one in enumerate(working):
                answers += ["ready", "done", str(reps(day, number, one.load))]
            ended = led(state, log, answers)
            loads.append([f"{one.load.to(Unit.KG):f}" if one.load else first for one in working])
            said += [sentence for _, sentence in advice(ended)]
    return loads, said


def led(state: State, log: TrainingLog, answers: Sequence[str]) -> State:
    stage = TextStage(PipedLines(iter([f"{line}\n" for line in answers])), lambda _: None, Unit.KG)
    with Interrupts() as interrupts:
        return Driver(COACHING, stage, log, interrupts=interrupts).run(state)


def test_the_coach_leads_linear_progression_through_stalls(paths: Paths) -> None:
    """Starting Strength and StrongLifts 5x5: up every session; three misses, ten percent off."""
    routine(paths, 'exercise = "squat"\nsets = 1\nreps = 5\n'
                   'progress = { rule = "linear", step = "2.5kg" }\n')  # fmt: skip

    def strong_enough(day: int, _: int, load: Load | None) -> int:
        limit = Load.kg(75) if day < 21 else Load.kg(80)
        return 5 if load is None or load <= limit else 4

    days = [7 * week + day for week in range(8) for day in (0, 2, 4)]
    loads, said = lead(paths, days, strong_enough, first="70")
    assert [load for (load,) in loads] == [
        "70", "72.5", "75",
        "77.5", "77.5", "77.5",
        "67.5", "70", "72.5", "75", "77.5", "80",
        "82.5", "82.5", "82.5",
        "72.5", "75", "77.5", "80",
        "82.5", "82.5", "82.5",
        "72.5", "75",
    ]  # fmt: skip
    assert said[5] == (
        "Squat: a set fell short of five for the third time in a row"
        " and ten percent comes off, so next time sixty seven point five."
    )


def test_the_coach_leads_two_waves_of_five_three_one(paths: Paths) -> None:
    """J. Wendler, 5/3/1, of a maximum of 100 kg: the training maximum is 90, and then 92.5."""
    routine(paths, 'exercise = "bench-press"\nprogress = { rule = "531" }\n')
    asked = {0: (5, 5, 5), 1: (3, 3, 3), 2: (5, 3, 1), 3: (5, 5, 5)}

    def two_more_at_last(day: int, number: int, _: Load | None) -> int:
        week = day // 7 % 4
        return asked[week][number] + (2 if number == 2 and week != 3 else 0)

    loads, said = lead(
        paths,
        [7 * week for week in range(8)],
        two_more_at_last,
        maxes={"bench-press": Load.kg(100)},
    )
    assert loads == [
        ["57.5", "67.5", "77.5"],  # of 90: 58.5, 67.5, 76.5
        ["62.5", "72.5", "80"],  # 63, 72, 81
        ["67.5", "77.5", "85"],  # 67.5, 76.5, 85.5
        ["35", "45", "55"],  # 36, 45, 54
        ["60", "70", "77.5"],  # of 92.5: 60.125, 69.375, 78.625
        ["65", "75", "82.5"],  # 64.75, 74, 83.25
        ["70", "77.5", "87.5"],  # 69.375, 78.625, 87.875
        ["37.5", "45", "55"],  # 37, 46.25, 55.5
    ]
    assert said[3] == (
        "Bench press: the wave is over and two point five kilos go on the training max,"
        " so next time comes week one, up to seventy seven point five."
    )
