from graphlib import TopologicalSorter

import pytest

from voicecoach.errors import LibraryError
from voicecoach.library.exercises import ID, Library
from voicecoach.training.exercise import ExerciseKind, Implement, Phase

LIBRARY = Library()
EXERCISES = tuple(LIBRARY)

MINIMAL = """
id = "{id}"
name = "plank"
kind = "hold"
primary = ["abdominals"]
"""


def write(directory, exercise_id, text):
    directory.mkdir(exist_ok=True)
    (directory / f"{exercise_id}.toml").write_text(text, encoding="utf-8")
    return Library(directory)


def test_the_article_s_exercises_are_there_under_their_ids():
    assert {
        "deadlift",
        "pull-up",
        "chin-up",
        "flexed-arm-hang",
        "negative-chin-up",
        "dumbbell-row",
        "one-arm-dumbbell-row",
        "chest-supported-dumbbell-row",
        "back-extension",
        "back-extension-hold",
        "seated-cable-row",
    } <= set(LIBRARY.ids)


@pytest.mark.parametrize(
    ("exercise", "variations"),
    [
        ("deadlift", ("conventional", "sumo", "hex-bar")),
        ("pull-up", ("shoulder-width", "wide", "narrow", "weighted")),
        ("chin-up", ("shoulder-width", "wide", "narrow", "weighted")),
        ("back-extension", ("bodyweight", "weighted")),
        ("seated-cable-row", ("wide", "close")),
    ],
)
def test_variations_have_their_ids(exercise, variations):
    assert tuple(one.id for one in LIBRARY.exercise(exercise).variations) == variations


@pytest.mark.parametrize("exercise", EXERCISES, ids=LIBRARY.ids)
def test_every_exercise_is_whole(exercise):
    assert ID.fullmatch(exercise.id)
    assert exercise.primary
    assert exercise.equipment
    assert exercise.source
    assert not set(exercise.primary) & set(exercise.secondary)


@pytest.mark.parametrize("exercise", EXERCISES, ids=LIBRARY.ids)
def test_who_is_harder_than_one_has_it_as_easier(exercise):
    for other in exercise.harder:
        assert exercise.id in LIBRARY.exercise(other).easier
    for other in exercise.easier:
        assert exercise.id in LIBRARY.exercise(other).harder


def test_no_exercise_is_harder_than_itself_however_far_one_climbs():
    def above(exercise_id: str, seen: tuple[str, ...] = ()) -> None:
        assert exercise_id not in seen
        for other in LIBRARY.exercise(exercise_id).harder:
            above(other, (*seen, exercise_id))

    for exercise_id in LIBRARY.ids:
        above(exercise_id)


def test_no_two_exercises_answer_to_one_name():
    names = [name for exercise in LIBRARY for name in exercise.spoken_names]
    assert len(names) == len(set(names))


def test_names_are_said_in_words():
    for exercise in LIBRARY:
        for name in exercise.spoken_names:
            assert name.replace(" ", "").isalpha(), name
            assert name == name.lower()


def test_a_pull_begins_with_the_lift_and_an_extension_with_the_way_down():
    assert LIBRARY.exercise("deadlift").first_phase is Phase.CONCENTRIC
    assert LIBRARY.exercise("pull-up").first_phase is Phase.CONCENTRIC
    assert LIBRARY.exercise("negative-chin-up").first_phase is Phase.ECCENTRIC
    assert LIBRARY.exercise("back-extension").first_phase is Phase.ECCENTRIC


def test_a_variation_may_change_what_carries_the_load():
    deadlift = LIBRARY.exercise("deadlift")
    pull_up = LIBRARY.exercise("pull-up")
    assert deadlift.implement_for(deadlift.variation("sumo")) is Implement.BARBELL
    assert deadlift.implement_for(deadlift.variation("hex-bar")) is Implement.HEX_BAR
    assert pull_up.implement_for(pull_up.variation("weighted")) is Implement.PLATE
    assert not pull_up.implement.is_loaded


def test_a_variation_is_set_up_first_and_without_one_the_ordinary_is():
    deadlift = LIBRARY.exercise("deadlift")
    conventional, sumo, _ = deadlift.variations
    assert tuple(deadlift.cues_for(sumo))[:1] == sumo.cues
    assert deadlift.cues_for(None) == deadlift.cues_for(conventional)
    assert deadlift.cues_for(sumo).execute == deadlift.cues.execute


def test_muscles_say_where_they_are_and_what_they_do():
    muscles = LIBRARY.muscles
    assert {
        "trapezius",
        "rear-deltoids",
        "rhomboids",
        "infraspinatus",
        "teres-major",
        "latissimus-dorsi",
        "erector-spinae",
        "external-obliques",
    } <= set(muscles)
    assert all(
        muscle.where.endswith(".") and muscle.does.endswith(".") for muscle in muscles.values()
    )
    main = {key for key, muscle in muscles.items() if muscle.main and muscle.region == "back"}
    assert main == {"trapezius", "latissimus-dorsi", "rhomboids", "erector-spinae"}


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("deadlift", "deadlift"),
        ("Dead Lift", "deadlift"),
        ("deadlfit", "deadlift"),
        ("trap bar", "deadlift"),
        ("pull ups", "pull-up"),
        ("pull-up", "pull-up"),
        ("chins", "chin-up"),
        ("single arm row", "one-arm-dumbbell-row"),
        ("seated row", "seated-cable-row"),
        ("roman chair", "back-extension"),
        ("incline", "chest-supported-dumbbell-row"),
        ("cable row", "seated-cable-row"),
        ("bench", "bench-press"),
        ("r d l", "romanian-deadlift"),
        ("squat", "squat"),
        ("press", "overhead-press"),
        ("bicep curls", "barbell-curl"),
        ("pushups", "push-up"),
        ("romainian dedlift", "romanian-deadlift"),
        ("hyperextention", "back-extension"),
    ],
)
def test_search_finds_what_people_call_it(text, first):
    assert LIBRARY.search(text)[0].id == first


def test_search_finds_by_equipment_all_that_needs_it():
    found = {exercise.id for exercise in LIBRARY.search("cable machine")}
    assert {"seated-cable-row", "lat-pulldown", "face-pull"} <= found


@pytest.mark.parametrize(
    ("mistyped", "meant"), [("hamstrngs", "hamstrings"), ("dumbells bench", "dumbbells bench")]
)
def test_search_forgives_typing_errors_in_muscles_and_equipment_too(mistyped, meant):
    assert LIBRARY.search(mistyped) == LIBRARY.search(meant) != ()


def test_the_whole_body_can_be_trained():
    trained = {muscle for exercise in LIBRARY for muscle in exercise.primary}
    assert {key for key, muscle in LIBRARY.muscles.items() if muscle.main} <= trained


def test_every_exercise_has_an_easier_or_a_harder_neighbour_and_each_names_the_other():
    exercises = {one.id: one for one in LIBRARY}
    alone = {key for key, one in exercises.items() if not (one.easier or one.harder)}
    assert alone == {"hamstring-stretch"}  # which only ever grows longer
    easier = {(other, key) for key, one in exercises.items() for other in one.easier}
    harder = {(key, other) for key, one in exercises.items() for other in one.harder}
    assert easier == harder
    tuple(TopologicalSorter({key: one.easier for key, one in exercises.items()}).static_order())


def test_search_finds_by_muscle_what_works_it_most_first():
    found = [exercise.id for exercise in LIBRARY.search("lower back")]
    assert found[:2] == ["back-extension", "back-extension-hold"]
    assert "dumbbell-row" in found  # where it only helps


@pytest.mark.parametrize("text", ["", "   ", "zumba", "\x00", "🏋️" * 1000])
def test_search_finds_nothing_where_nothing_is_meant(text):
    assert LIBRARY.search(text) == ()


@pytest.mark.parametrize(
    ("wrong", "remedy"),
    [("deadlfit", "did you mean deadlift?"), ("../deadlift", "deadlift"), ("x\0y", "list")],
)
def test_an_unknown_exercise_is_refused_with_the_nearest(wrong, remedy):
    with pytest.raises(LibraryError) as refused:
        LIBRARY.exercise(wrong)
    assert remedy in str(refused.value)
    assert str(refused.value).isprintable()


def test_an_exercise_of_one_s_own_joins_the_library(tmp_path):
    library = write(tmp_path / "exercises", "plank", MINIMAL.format(id="plank"))
    assert library.exercise("plank").kind is ExerciseKind.HOLD
    assert library.is_own("plank")
    assert not library.is_own("deadlift")
    assert library.search("plank")[0].id == "plank"


def test_one_s_own_takes_the_place_of_a_built_in_one(tmp_path):
    library = write(tmp_path / "exercises", "deadlift", MINIMAL.format(id="deadlift"))
    assert library.exercise("deadlift").name == "plank"


def test_a_directory_that_is_not_there_holds_nothing(tmp_path):
    assert Library(tmp_path / "nowhere").ids == LIBRARY.ids


@pytest.mark.parametrize(
    ("line", "place", "problem", "remedy"),
    [
        ('primary = ["rhomboid"]', 1, "'rhomboid' is no muscle", "did you mean rhomboids?"),
        ('harder = ["pullup"]', 1, "'pullup' is no exercise", "did you mean pull-up?"),
        ('kind = "rep"', 1, "kind = 'rep' is not known", "did you mean reps?"),
        ("aliases = [1]", 1, "aliases holds 1", "quotes"),
        ("lower_body = 1", 1, "lower_body = 1 is neither", "true or false"),
        ('colour = "red"', 1, "colour is not a key", "known are"),
        ("cues = 3", 1, "cues = 3 is not a table", "cues"),
        ('name = "x"\nname = "y"', 2, "not TOML", "mend"),
        ('id = "planks"', 1, "is not the name of its file, plank.toml", "name both alike"),
    ],
)
def test_a_mistake_in_an_exercise_names_its_line(tmp_path, line, place, problem, remedy):
    keys = {text.split(" =")[0] for text in line.splitlines()}
    rest = [
        text for text in MINIMAL.format(id="plank").splitlines() if text.split(" =")[0] not in keys
    ]
    library = write(tmp_path / "exercises", "plank", "\n".join([line, *rest]))
    with pytest.raises(LibraryError) as refused:
        library.exercise("plank")
    assert refused.value.place == f"{tmp_path / 'exercises' / 'plank.toml'}:{place}"
    assert problem in refused.value.problem
    assert remedy in refused.value.remedy


def test_a_second_mistake_is_counted(tmp_path):
    library = write(tmp_path / "exercises", "plank", 'id = "plank"\ncolour = 1\nshape = 2\n')
    with pytest.raises(LibraryError, match=r"\(and 2 more\)"):
        library.exercise("plank")


def test_two_variations_of_one_name_are_refused(tmp_path):
    variation = '[[variation]]\nid = "side"\nname = "side plank"\nchanges = "stance"\n'
    library = write(tmp_path / "exercises", "plank", MINIMAL.format(id="plank") + 2 * variation)
    with pytest.raises(LibraryError, match="2 variations have the id 'side'"):
        library.exercise("plank")
