"""Each fact of the article the first library was made from, and where it lives."""

import pytest

from voicecoach.library.exercises import Library
from voicecoach.library.routines import Routines
from voicecoach.training.prescription import HoldRange, RepTarget
from voicecoach.training.routine import PercentLoad

LIBRARY = Library()
ROUTINES = Routines(LIBRARY)


def text_of(exercise_id, field):
    """Return what an exercise says in one field, in small letters.

    A variation's sentences are under its id; the cues of any form under `cues`.
    """
    exercise = LIBRARY.exercise(exercise_id)
    variation = exercise.variation(field)
    if variation:
        said = (variation.name, *variation.cues, variation.works, *variation.equipment)
    elif field == "cues":
        said = tuple(exercise.cues_for(None))
    else:
        value = getattr(exercise, field)
        said = (value,) if isinstance(value, str) else value
    return " ".join(said).lower()


@pytest.mark.parametrize(
    ("fact", "exercise", "field", "words"),
    [
        ("two dumbbells of equal weight", "dumbbell-row", "load_advice", "two dumbbells of equal"),
        (
            "feet a bit wider than the shoulders",
            "dumbbell-row",
            "cues",
            "wider than your shoulders",
        ),
        ("knees and waist bent", "dumbbell-row", "cues", "bend your knees and hips"),
        ("back almost parallel to the ground", "dumbbell-row", "cues", "back is nearly level"),
        ("core engaged", "dumbbell-row", "cues", "core"),
        ("back straight, not hunched", "dumbbell-row", "faults", "hunching"),
        ("arms hang, palms facing in", "dumbbell-row", "cues", "hanging, palms facing in"),
        ("elbows just past the back", "dumbbell-row", "cues", "elbows just pass your back"),
        ("squeeze the shoulder blades", "dumbbell-row", "cues", "squeeze your shoulder blades"),
        ("works the lats", "dumbbell-row", "primary", "latissimus-dorsi"),
        ("and the lower trapezius", "dumbbell-row", "primary", "trapezius"),
        ("and the rhomboids", "dumbbell-row", "primary", "rhomboids"),
        ("and the erector spinae", "dumbbell-row", "secondary", "erector-spinae"),
        ("and the deltoids", "dumbbell-row", "secondary", "rear-deltoids"),
        ("knee and shin on the bench", "one-arm-dumbbell-row", "cues", "knee, shin and hand"),
        ("other foot slightly back", "one-arm-dumbbell-row", "cues", "slightly back"),
        ("elbow past the line of the back", "one-arm-dumbbell-row", "cues", "line of your back"),
        ("a stool will do", "one-arm-dumbbell-row", "cautions", "stool"),
        ("a bench at 45 degrees", "chest-supported-dumbbell-row", "cues", "forty five degrees"),
        ("on the chest, legs straight", "chest-supported-dumbbell-row", "cues", "legs straight"),
        ("weights up to the hips", "chest-supported-dumbbell-row", "cues", "up to your hips"),
        ("for who cannot hold the position", "dumbbell-row", "easier", "chest-supported"),
        ("hands about shoulder width", "pull-up", "shoulder-width", "about shoulder width"),
        ("hands facing out for pull-ups", "pull-up", "cues", "palms facing away"),
        ("hands facing in for chin-ups", "chin-up", "cues", "palms facing you"),
        ("a full hang", "pull-up", "cues", "full length, arms straight"),
        ("the chin clears the bar", "pull-up", "cues", "chin clears the bar"),
        ("wide works the lower lats", "pull-up", "wide", "lower lats"),
        ("narrow is inside shoulder width", "pull-up", "narrow", "closer than your shoulders"),
        (
            "narrow works lower traps, inner lats",
            "pull-up",
            "narrow",
            "lower trapezius and the inner",
        ),
        ("wide is outside shoulder width", "pull-up", "wide", "wider than your shoulders"),
        ("a weight belt when comfortable", "pull-up", "weighted", "weight belt"),
        ("chin-ups are easier", "pull-up", "easier", "chin-up"),
        ("slow lowering before the chin-up", "chin-up", "easier", "negative-chin-up"),
        ("the hang before the lowering", "negative-chin-up", "easier", "flexed-arm-hang"),
        ("jump up to the hang", "flexed-arm-hang", "cues", "jump up"),
        ("chin just above the bar", "flexed-arm-hang", "cues", "chin just above the bar"),
        ("as long as you can", "flexed-arm-hang", "cues", "as long as you can"),
        (
            "lower very slowly to straight arms",
            "negative-chin-up",
            "cues",
            "very slowly until your arms",
        ),
        ("a Roman chair", "back-extension", "equipment", "roman chair"),
        ("the pad at the pelvis", "back-extension", "cues", "hips on the pad"),
        ("heels below the pads", "back-extension", "cues", "heels just below"),
        ("arms crossed", "back-extension", "cues", "cross your arms over your chest"),
        ("head toward the floor", "back-extension", "cues", "head toward the floor"),
        ("torso in line with the legs", "back-extension", "cues", "in line with your legs"),
        ("slowly, in control", "back-extension", "cues", "slowly, in control"),
        ("a free weight across the chest", "back-extension", "weighted", "free weight across"),
        ("safe with proper form", "back-extension", "cautions", "safe"),
        ("helps against back pain", "back-extension", "cautions", "back pain"),
        ("targets the erector spinae", "back-extension", "primary", "erector-spinae"),
        ("hold the extended position", "back-extension-hold", "cues", "stay there"),
        ("a challenge for a few reps", "deadlift", "load_advice", "challenge"),
        ("overhand grip", "deadlift", "conventional", "overhand"),
        ("arms fully extended", "deadlift", "cues", "arms straight"),
        ("neither curved nor arched", "deadlift", "cues", "neither rounded nor arched"),
        ("stand fully erect, shoulders back", "deadlift", "cues", "stand tall, shoulders back"),
        ("lower slowly, knees bending", "deadlift", "cues", "slowly, bending your knees"),
        ("targets the traps", "deadlift", "primary", "trapezius"),
        ("and the lats", "deadlift", "primary", "latissimus-dorsi"),
        ("harmless with good form", "deadlift", "cautions", "good form"),
        ("the sumo style", "deadlift", "sumo", "wide"),
        ("a hex bar", "deadlift", "hex-bar", "inside the bar"),
        ("sit on the pad, feet on the rests", "seated-cable-row", "cues", "feet on the rests"),
        ("knees slightly bent", "seated-cable-row", "cues", "knees slightly bent"),
        ("lean forward, arms extended", "seated-cable-row", "cues", "lean forward"),
        ("pull to the abdomen", "seated-cable-row", "cues", "to your abdomen"),
        ("elbows just behind the back", "seated-cable-row", "cues", "elbows just behind your back"),
        ("a slight arch is fine", "seated-cable-row", "cautions", "slight arch"),
        ("return slowly", "seated-cable-row", "cues", "slowly"),
        (
            "feel the squeeze",
            "seated-cable-row",
            "activation",
            "squeeze between your shoulder blades",
        ),
        ("a wide grip", "seated-cable-row", "wide", "wide"),
        ("a close grip", "seated-cable-row", "close", "close"),
        ("shoulders lifted to the ears", "pull-up", "faults", "toward your ears"),
        ("excessive arching", "deadlift", "faults", "arching"),
        ("a doctor after a back injury", "deadlift", "cautions", "doctor"),
    ],
)
def test_the_exercises_say_it(fact, exercise, field, words):
    assert words in text_of(exercise, field), fact


@pytest.mark.parametrize(
    ("muscle", "words"),
    [
        ("trapezius", "neck"),
        ("trapezius", "triangle"),
        ("rear-deltoids", "back of the shoulders"),
        ("rhomboids", "under the trapezius"),
        ("rhomboids", "diamond"),
        ("infraspinatus", "rotator cuff"),
        ("teres-major", "just above the lats"),
        ("latissimus-dorsi", "middle back"),
        ("erector-spinae", "all along the spine"),
        ("external-obliques", "round to the back"),
        ("abdominals", "upright"),
    ],
)
def test_the_muscles_say_where_they_are(muscle, words):
    found = LIBRARY.muscles[muscle]
    assert words in f"{found.where} {found.does}".lower()


@pytest.mark.parametrize(
    ("routine", "words"),
    [
        ("full-back", "85 to 90 percent"),
        ("full-back", "five to ten pounds"),
        ("full-back", "eight weeks"),
        ("full-back", "doctor"),
        ("full-back", "mirror"),
        ("full-back", "trainer"),
        ("full-back", "think of the muscle"),
        ("full-back", "square and rolled back"),
        ("full-back", "protein"),
        ("full-back", "whole grains"),
        ("full-back", "once a week"),
        ("full-back", "vary your grips"),
        ("full-back", "balance and posture"),
        ("back-at-home", "stool"),
        ("first-chin-up", "easier than a pull-up"),
        ("lower-back", "back pain"),
    ],
)
def test_the_routines_advise_it(routine, words):
    assert words in " ".join(ROUTINES.load(routine).advice).lower()


def test_the_full_back_workout_is_the_article_s():
    routine = ROUTINES.load("full-back")
    a, b = (routine.workout(name) for name in routine.order)
    assert [block.exercise for block in a.blocks] == [
        "deadlift",
        "pull-up",
        "dumbbell-row",
        "back-extension",
    ]
    assert [block.exercise for block in b.blocks] == [
        "deadlift",
        "pull-up",
        "seated-cable-row",
        "back-extension",
    ]
    for workout in (a, b):
        assert workout.warmup_s == 300
        assert workout.blocks[1].instead == ("chin-up",)
        for block in workout.blocks:
            assert (block.sets, block.reps) == (3, RepTarget(4, 6))
    heavy = [block.load.percent for block in a.blocks if isinstance(block.load, PercentLoad)]
    assert heavy == [85, 85]
    assert routine.review_weeks == 8


def test_every_variation_of_the_article_has_its_turn_in_the_full_back_workout():
    routine = ROUTINES.load("full-back")
    turns = {block.exercise: block.vary for w in routine.workouts for block in w.blocks}
    assert turns["deadlift"] == ("conventional", "sumo", "hex-bar")
    assert turns["pull-up"] == ("shoulder-width", "wide", "narrow")
    assert turns["dumbbell-row"] == (
        "dumbbell-row",
        "one-arm-dumbbell-row",
        "chest-supported-dumbbell-row",
    )
    assert turns["seated-cable-row"] == ("wide", "close")


def test_at_home_two_arms_and_one_row_and_nothing_needs_a_roman_chair():
    (workout,) = ROUTINES.load("back-at-home").workouts
    exercises = [block.exercise for block in workout.blocks]
    assert {"dumbbell-row", "one-arm-dumbbell-row", "pull-up"} <= set(exercises)
    needed = {thing for one in exercises for thing in LIBRARY.exercise(one).equipment}
    assert not needed & {"roman chair", "cable machine"}


def test_the_way_to_the_chin_up_climbs_from_twenty_seconds_of_hanging():
    ((ladder,),) = (workout.blocks for workout in ROUTINES.load("first-chin-up").workouts)
    assert (ladder.exercise, ladder.hold.high) == ("flexed-arm-hang", 20)
    assert [rung.exercise for rung in ladder.then] == [
        "negative-chin-up",
        "chin-up",
        "pull-up",
        "pull-up",
    ]
    assert ladder.then[-1].vary == ("weighted",)


def test_the_extension_is_held_from_fifteen_seconds_to_thirty():
    (workout,) = ROUTINES.load("lower-back").workouts
    holds = [block.hold for block in workout.blocks if block.hold]
    assert holds == [HoldRange(15, 30)]
