"""What the coach says of the next time, for every reason there is."""

from __future__ import annotations

import re
from decimal import Decimal
from pathlib import Path

import pytest

from voicecoach.language.advice import advice_sentence
from voicecoach.training.advice import Advice, Figures, Reason
from voicecoach.training.prescription import HoldTarget, RepTarget
from voicecoach.units import Load, Rpe, Unit

GOLDEN = Path(__file__).with_name("golden") / "advice.txt"

REPS = RepTarget(4, 6)
KG_100, KG_102 = Load.kg(100), Load.kg("102.5")


def case(
    reason: Reason,
    load: Load | None = None,
    target: RepTarget | HoldTarget = REPS,
    *,
    exercise: str = "deadlift",
    variation: str | None = None,
    sets: int = 3,
    aim: int = 6,
    **figures: object,
) -> Advice:
    return Advice(
        exercise=exercise,
        variation=variation,
        target=target,
        load=load,
        reason=reason,
        figures=Figures(sets=sets, aim=aim, **figures),  # type: ignore[arg-type]
    )


R = Reason
PERCENT_OFF = {"aim": 5, "misses": 3, "percent": Decimal(10), "before": KG_100}
OF_MAX = {"percent": Decimal(85), "one_rep_max": Load(126_667), "before": KG_100}
FIRST_SHARE = {"percent": Decimal(85), "one_rep_max": Load(70_589)}
WAVE = {
    "before": Load.kg(85),
    "one_rep_max": Load(107_667),
    "training_max": KG_100,
    "week": 2,
}
HELD = HoldTarget(20)

CASES: tuple[tuple[str, Advice], ...] = (
    ("deadlift", case(R.TOP_REACHED, KG_102, before=KG_100)),
    ("deadlift", case(R.TOP_REACHED, KG_102, sets=2, before=KG_100)),
    ("deadlift", case(R.TOP_REACHED, KG_102, sets=1, before=KG_100)),
    ("deadlift", case(R.TOP_REACHED_EASILY, Load.kg(105), before=KG_100)),
    ("deadlift", case(R.FELT_EASY, KG_102, reached=1, before=KG_100)),
    ("pull-up", case(R.READY_FOR_LOAD, Load(0), added=Load.kg("2.5"))),
    ("pull-up", case(R.READY_FOR_LOAD, None, reached=0, added=Load.kg("2.5"))),
    ("dumbbell row", case(R.HEAVIEST_REACHED, Load.kg(60), before=Load.kg(60))),
    ("dumbbell row", case(R.HEAVIEST_REACHED, Load.kg(60), reached=2, before=Load.kg(60))),
    ("deadlift", case(R.TOP_NOT_REACHED, KG_100, reached=2, weakest=5, before=KG_100)),
    ("deadlift", case(R.TOP_NOT_REACHED, KG_100, reached=0, weakest=4, before=KG_100)),
    ("pull-up", case(R.TOP_NOT_REACHED, Load(0), reached=1, weakest=4)),
    ("deadlift", case(R.SETS_MISSING, KG_100, sets=2, prescribed=3, before=KG_100)),
    ("back extension", case(R.SETS_MISSING, None, sets=1, prescribed=3)),
    ("squat", case(R.TARGET_REACHED, KG_102, aim=5, before=KG_100)),
    ("squat", case(R.TARGET_MISSED, KG_100, aim=5, misses=1, before=KG_100)),
    ("squat", case(R.TARGET_MISSED, KG_100, aim=5, misses=2, before=KG_100)),
    ("push-up", case(R.TARGET_MISSED, Load(0), aim=5, misses=3)),
    ("squat", case(R.THIRD_MISS, Load.kg(90), **PERCENT_OFF)),
    ("bench press", case(R.PERCENT_OF_MAX, Load.kg("107.5"), **OF_MAX)),
    (
        "bench press",
        case(R.EXERTION, KG_102, one_rep_max=Load(127_226), rpe=Rpe(Decimal("8.5")), before=KG_100),
    ),
    ("row", case(R.STALLED, Load.kg(90), stalls=3, percent=Decimal(10), before=KG_100)),
    ("pull-up", case(R.TOP_REACHED, Load.kg("2.5"))),
    ("pull-up", case(R.STALLED, Load(0), stalls=3, percent=Decimal(10), before=Load.kg("1.25"))),
    ("squat", case(R.FELT_HARD, KG_100, reached=3, weakest=6, before=KG_100)),
    ("squat", case(R.TOO_HARD, Load.kg("97.5"), weakest=3, before=KG_100)),
    ("plank", case(R.FELT_HARD, None, HELD, aim=20, weakest=20)),
    (
        "bench press",
        case(R.MAX_LOWERED, Load.kg("82.5"), misses=3, **OF_MAX | {"one_rep_max": Load(97_000)}),
    ),
    (
        "bench press",
        case(R.MAX_RAISED, Load.kg(60), aim=3, before=Load.kg(60), **FIRST_SHARE),
    ),
    ("bench press", case(R.RETEST_DUE, Load.kg("107.5"), weeks=9, **OF_MAX)),
    ("squat", case(R.WAVE_TRIED, Load.kg(85), **WAVE | {"week": 1})),
    ("squat", case(R.WAVE_NEXT, Load.kg(90), percent=Decimal(90), reached=8, **WAVE)),
    ("squat", case(R.WAVE_NEXT, Load.kg(90), percent=Decimal(90), reached=1, **WAVE)),
    ("squat", case(R.WAVE_EASY, Load.kg(60), percent=Decimal(60), reached=4, **WAVE | {"week": 4})),
    ("squat", case(R.WAVE_RAISED, Load.kg(90), added=Load.kg(5), **WAVE | {"week": 1})),
    (
        "squat",
        case(R.WAVE_LOWERED, Load.kg("77.5"), percent=Decimal(10), weakest=2, **WAVE | {"week": 1}),
    ),
    ("squat", case(R.SETS_MISSING, Load.kg(85), sets=1, prescribed=3, **WAVE | {"week": 1})),
    ("plank", case(R.HOLD_STALLED, None, HoldTarget(15), aim=20, weakest=17, misses=3)),
    ("plank", case(R.HOLD_REACHED, None, HELD, aim=15)),
    ("weighted plank", case(R.HOLD_REACHED, Load.kg(10), HELD, aim=15, before=Load.kg(10))),
    ("plank", case(R.HOLD_SHORT, None, HELD, aim=20, weakest=17)),
    ("plank", case(R.HOLD_AT_TOP, None, HoldTarget(60), aim=60)),
    ("plank", case(R.HOLD_AT_TOP, None, HoldTarget(30), aim=30, sets=1)),
    (
        "negative chin-up",
        case(
            R.RUNG_MASTERED,
            None,
            RepTarget(3, 5),
            exercise="negative-chin-up",
            aim=20,
            mastered="flexed-arm-hang",
        ),
    ),
    (
        "weighted pull-up",
        case(R.RUNG_MASTERED, exercise="pull-up", variation="weighted", mastered="pull-up"),
    ),
)


def sentences() -> list[str]:
    return [advice_sentence(advice, name, Unit.KG) for name, advice in CASES]


def test_every_reason_has_its_sentence() -> None:
    assert {advice.reason for _, advice in CASES} == set(Reason)


def test_the_coach_gives_its_reasons_in_these_words() -> None:
    assert sentences() == GOLDEN.read_text(encoding="utf-8").splitlines()


def test_the_exercise_just_done_need_not_be_named() -> None:
    said = advice_sentence(case(R.TOP_REACHED, KG_102, before=KG_100), "", Unit.KG)
    assert said == "All three sets reached six, so next time one hundred and two point five."


def test_pounds_are_said_in_pounds() -> None:
    advice = case(R.TOP_REACHED, Load.lb(230), before=Load.lb(225))
    assert advice_sentence(advice, "", Unit.LB).endswith("next time two hundred and thirty.")


def test_what_was_mastered_goes_by_its_spoken_name() -> None:
    _, advice = next(one for one in CASES if one[1].figures.mastered == "flexed-arm-hang")
    said = advice_sentence(advice, "negative chin-up", Unit.KG, mastered="flexed-arm hang")
    assert "the flexed-arm hang, so" in said


@pytest.mark.parametrize("sentence", sentences())
def test_advice_is_one_sentence_that_can_be_spoken(sentence: str) -> None:
    assert sentence[0].isupper()
    assert sentence.endswith(".")
    assert sentence.count(".") == 1
    assert re.fullmatch(r"[A-Za-z ,:'.-]+", sentence)
    assert len(sentence.split()) <= 30
