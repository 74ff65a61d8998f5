from dataclasses import replace

import pytest

from voicecoach.errors import Finding, RoutineError, UnitError
from voicecoach.library.blocks import block_of_line, block_toml
from voicecoach.library.document import MOST_BYTES
from voicecoach.library.exercises import Library
from voicecoach.library.routines import Routines, routine_id_of
from voicecoach.training.prescription import CountMode, HoldRange, ProgressRule, RepTarget, Tempo
from voicecoach.training.routine import FixedLoad
from voicecoach.units import Load, Unit

LIBRARY = Library()
BUILT_IN = Routines(LIBRARY)

GOOD = """\
name = "Mine"
unit = "lb"

[[workout]]
name = "Day"
warmup = "5min"

[[workout.block]]
exercise = "deadlift"
sets = 5
reps = "5+"
load = "225lb"
tempo = "2-0-X-0"
count = "paced"
rest = "3min"
progress = { rule = "linear", step = "5lb" }
"""

BLOCK = """
[[workout.block]]
exercise = "deadlift"
reps = "4-6"
"""


def routine(head="", block=BLOCK, name='name = "Mine"'):
    """Return a routine with lines added to its head, and its blocks."""
    return f'{name}\n{head}\n[[workout]]\nname = "A"\n{block}'


@pytest.fixture
def check(tmp_path):
    """Return the findings in a routine of that text."""

    def checked(text: str | bytes) -> tuple[Finding, ...]:
        file = tmp_path / "mine.toml"
        file.write_bytes(text if isinstance(text, bytes) else text.encode())
        return Routines(LIBRARY).check("mine.toml", base=tmp_path).findings

    return checked


@pytest.mark.parametrize("name", [file.id for file in BUILT_IN.files()])
def test_a_built_in_routine_has_no_mistake(name):
    assert BUILT_IN.check(name).findings == ()


def test_a_routine_is_read_as_it_is_written(tmp_path):
    (tmp_path / "mine.toml").write_text(GOOD)
    mine = Routines(LIBRARY, tmp_path).load("mine")
    (workout,) = mine.workouts
    (block,) = workout.blocks
    assert (mine.id, mine.name, mine.unit, mine.order) == ("mine", "Mine", Unit.LB, ("Day",))
    assert workout.warmup_s == 300
    assert (block.sets, block.reps) == (5, RepTarget(5, 5, to_failure=True))
    assert (block.load, block.rest_s) == (FixedLoad(Load.lb(225)), 180)
    assert (block.tempo, block.count) == (Tempo.parse("2-0-X-0"), CountMode.PACED)
    assert block.progress == ProgressRule(rule="linear", step_load=Load.lb(5))


def test_a_rule_of_waves_needs_no_sets_and_percentages_may_be_tested_anew(tmp_path):
    waves = block_of_line("squat progress 531 5kg", LIBRARY)
    percent = replace(
        block_of_line("squat 3x3 @ 85%", LIBRARY),
        progress=ProgressRule(rule="percent", retest_weeks=8),
    )
    blocks = (block_toml(one, Unit.KG) for one in (waves, percent))
    head = 'name = "Mine"\n[[workout]]\nname = "A"\n'
    (tmp_path / "mine.toml").write_text(head + "\n".join(blocks))
    checked = Routines(LIBRARY).check("mine.toml", base=tmp_path)
    assert checked.findings == ()
    assert checked.routine.workouts[0].blocks == (waves, percent)
    assert waves.progress == ProgressRule(rule="531", step_load=Load.kg(5))
    assert (waves.progress.in_waves, waves.sets, waves.load) == (True, 3, None)


@pytest.mark.parametrize(
    "line", ["squat 3x5 progress 531", "squat @ 85% progress 531", "plank progress 531"]
)
def test_a_line_leaves_to_the_waves_what_they_say(line):
    with pytest.raises(UnitError, match="rule '531'"):
        block_of_line(line, LIBRARY)


def test_a_hold_without_a_rule_grows_and_reps_without_one_stay(check, tmp_path):
    text = routine(
        block='[[workout.block]]\nexercise = "back-extension-hold"\nhold = "15-30s"\n' + BLOCK
    )
    assert check(text) == ()
    (workout,) = Routines(LIBRARY).load(str(tmp_path / "mine.toml")).workouts
    hold, reps = workout.blocks
    assert (hold.hold, hold.progress.rule) == (HoldRange(15, 30), "hold")
    assert reps.progress.rule == "none"


def test_one_s_own_routine_comes_before_a_built_in_one(tmp_path):
    (tmp_path / "full-back.toml").write_text(GOOD)
    assert Routines(LIBRARY, tmp_path).load("full-back").name == "Mine"
    assert [file.own for file in Routines(LIBRARY, tmp_path).files() if file.id == "full-back"] == [
        True
    ]


@pytest.mark.parametrize("name", ["full-back", "Full back", "FULL_BACK", "  full  back "])
def test_a_name_is_found_however_it_is_written(name):
    assert BUILT_IN.load(name).id == "full-back"


def test_a_path_is_taken_from_the_place_that_named_it(tmp_path):
    (tmp_path / "plans").mkdir()
    (tmp_path / "plans" / "mine.toml").write_text(GOOD)
    assert BUILT_IN.load("plans/mine.toml", base=tmp_path).id == "mine"
    assert BUILT_IN.load("../plans/mine.toml", base=tmp_path / "plans").id == "mine"


@pytest.mark.parametrize(
    "name",
    [
        "",
        ".",
        "..",
        "../mine",
        "a/b",
        "a\\b",
        "a\0b",
        "mine.txt",
        "🏋️",
        "x" * 10_000,
        "$(reboot)",
        "-",
        "a;b",
    ],
)
def test_a_name_cannot_lead_out_of_the_directory(tmp_path, name):
    (tmp_path / "mine.toml").write_text(GOOD)
    inside = tmp_path / "routines"
    inside.mkdir()
    with pytest.raises(RoutineError) as refused:
        Routines(LIBRARY, inside).load(name)
    assert "cannot be the name of a routine" in refused.value.problem
    assert len(str(refused.value)) < 300
    assert str(refused.value).isprintable()


def test_a_routine_that_is_not_there_is_refused_with_the_nearest():
    with pytest.raises(
        RoutineError, match=r"there is no routine 'ful-back'; did you mean full-back\?"
    ):
        BUILT_IN.load("ful-back")
    with pytest.raises(RoutineError, match="there are back-at-home, "):
        BUILT_IN.load("zumba")


def test_names_of_other_alphabets_are_names():
    assert routine_id_of("Rücken am Montag") == "rücken-am-montag"


@pytest.mark.parametrize(
    ("block", "line", "problem", "remedy"),
    [
        ('exercise = "deadlfit"\nreps = 5', 7, "no exercise 'deadlfit'", "did you mean deadlift?"),
        ("reps = 5", 6, "exercise is missing", "exercise ="),
        ('exercise = "deadlift"\nreps = -5', 8, "reps: -5 cannot be read", '"4-6"'),
        ('exercise = "deadlift"\nreps = 0', 8, "reps: 0 is not a range within 1 and 100", '"4-6"'),
        ('exercise = "deadlift"\nreps = "6-4"', 8, "'6-4' is not a range", '"4-6"'),
        ('exercise = "deadlift"\nreps = [5]', 8, "[5] is neither", '"4-6"'),
        ('exercise = "deadlift"', 6, "neither reps nor a hold", "reps"),
        ('exercise = "deadlift"\nreps = 5\nhold = "15s"', 9, "either reps or a hold", "take one"),
        ('exercise = "deadlift"\nhold = "15s"', 8, "repeated, not held", "reps"),
        ('exercise = "flexed-arm-hang"\nreps = 5', 8, "held, not repeated", "hold"),
        (
            'exercise = "deadlift"\nreps = 5\nsets = 0',
            9,
            "sets = 0 is not a whole number",
            "1 to 50",
        ),
        ('exercise = "deadlift"\nreps = 5\nsets = "3"', 9, "sets = '3' is not a whole", "1 to 50"),
        ('exercise = "deadlift"\nreps = 5\nsets = true', 9, "sets = True is not", "1 to 50"),
        ('exercise = "deadlift"\nreps = 5\nload = "85"', 9, "load: '85' cannot be read", '"85%"'),
        ('exercise = "deadlift"\nreps = 5\nload = "85 stone"', 9, "cannot be read", '"100kg"'),
        ('exercise = "deadlift"\nreps = 5\nload = "100st"', 9, "cannot be read", '"100kg"'),
        ('exercise = "deadlift"\nreps = 5\ntempo = "2-0-1"', 9, "tempo: tempo '2-0-1'", "2-0-1-0"),
        ('exercise = "deadlift"\nreps = 5\ntempo = 2010', 9, "2010 is no tempo", "2-0-1-0"),
        ('exercise = "deadlift"\nreps = 5\ncount = "lound"', 9, "'lound' is not known", "aloud"),
        ('exercise = "deadlift"\nreps = 5\nrest = 90', 9, "rest: 90 cannot be read", '"90s"'),
        ('exercise = "deadlift"\nreps = 5\nresst = "90s"', 9, "resst is not a key", "mean rest?"),
        (
            'exercise = "deadlift"\nreps = 5\nvary = ["conventional",\n"sumoo"]',
            10,
            "'sumoo' is no variation of deadlift",
            "did you mean sumo?",
        ),
        (
            'exercise = "dumbbell-row"\nreps = 5\nvary = ["zigzag"]',
            9,
            "'zigzag' is no variation",
            "dumbbell-row has none",
        ),
        (
            'exercise = "deadlift"\nreps = 5\nvary = ["flexed-arm-hang"]',
            9,
            "flexed-arm-hang cannot be repeated",
            "own block",
        ),
        (
            'exercise = "pull-up"\nreps = 5\ninstead = ["chinup"]',
            9,
            "'chinup' is no exercise",
            "did you mean chin-up?",
        ),
        (
            'exercise = "deadlift"\nreps = 5\nprogress = { rule = "dubble" }',
            9,
            "there is no rule 'dubble'",
            "did you mean double?",
        ),
        (
            'exercise = "deadlift"\nreps = 5\nprogress = { rule = "hold" }',
            9,
            "does not judge repetitions",
            "another rule",
        ),
        (
            'exercise = "flexed-arm-hang"\nhold = "20s"\nprogress = { rule = "double" }',
            9,
            "does not judge a hold",
            "another rule",
        ),
        (
            'exercise = "deadlift"\nreps = 5\nprogress = { rule = "double", step = "5s" }',
            9,
            "progress by a load",
            "2.5kg",
        ),
        (
            'exercise = "deadlift"\nreps = 5\nprogress = { rule = "double", stepp = "5kg" }',
            9,
            "stepp is not a key",
            "did you mean step?",
        ),
        (
            'exercise = "deadlift"\nreps = 5\nprogress = { rule = "percent" }',
            9,
            "needs a load in percent",
            "85%",
        ),
        (
            'exercise = "deadlift"\nreps = 5\nprogress = { rule = "531" }',
            8,
            "rule '531' says itself what reps should be",
            "take it out",
        ),
        (
            'exercise = "deadlift"\nload = "85%"\nprogress = { rule = "531" }',
            8,
            "rule '531' says itself what load should be",
            "take it out",
        ),
        (
            'exercise = "plank"\nprogress = { rule = "531" }',
            7,
            "rule '531' needs a load, and plank has none",
            "double",
        ),
        (
            'exercise = "squat"\nreps = 5\nprogress = {rule = "percent", retest = 0}\nload = "9%"',
            9,
            "retest: 0 is not within 1 and 104 weeks",
            "8 weeks",
        ),
        (
            'exercise = "deadlift"\nreps = 5\nprogress = { rule = "linear", retest = 8 }',
            9,
            "only rule 'percent' goes by a test",
            "take it out",
        ),
        (
            'exercise = "deadlift"\nreps = 5\nprogress = { rule = "rpe" }',
            9,
            "needs a load by exertion",
            "RPE 8",
        ),
        ('exercise = "deadlift"\nreps = 5\nprogress = "double"', 9, "is not a table", "progress ="),
        (
            'exercise = "deadlift"\nreps = 5\nthen = [{ exercise = "pull-up", reps = 5 }]',
            9,
            "only a ladder has rungs",
            "ladder",
        ),
    ],
)
def test_a_mistake_in_a_block_is_found_on_its_line(check, block, line, problem, remedy):
    (finding,) = check(routine(block=f"\n[[workout.block]]\n{block}\n"))
    assert finding.line == line
    assert problem in finding.problem
    assert remedy in finding.remedy
    assert str(finding).startswith(f"mine.toml:{line}: ")


@pytest.mark.parametrize(
    ("text", "line", "problem"),
    [
        (routine('unit = "stone"'), 2, "unit = 'stone' is not known"),
        (routine('rotate = ["A", "B"]'), 2, "'B' is no workout"),
        (routine('rotate = ["A", "A"]'), 2, "rotate names workout 'A' 2 times"),
        (routine("rotate = 3"), 2, "rotate = 3 is not a list"),
        (routine("review_weeks = 0"), 2, "review_weeks = 0"),
        (routine('nmae = "x"'), 2, "nmae is not a key"),
        (routine(name=""), None, "name is missing"),
        (routine(name="name = 5"), 1, "name = 5 is not a text"),
        (routine(name='name = ""'), 1, "is not a line of 1 to 500 characters"),
        (routine(name='name = "' + "x" * 10_000 + '"'), 1, "is not a line of 1 to 500"),
        (routine(block=""), 3, "workout 'A' has no block"),
        (routine(block=BLOCK + '[[workout]]\nname = "a"\n' + BLOCK), 3, "2 workouts are named 'a'"),
        (routine(block=BLOCK * 10_000), 6, "block is there 10,000 times"),
        ('name = "x"\n', None, "there is no workout"),
        ('name = "x"\nworkout = "A"\n', 2, "workout is not a list of tables"),
        ('name = "x"\nworkout = []\n', 2, "there is no workout"),
    ],
)
def test_a_mistake_of_the_whole_is_found(check, text, line, problem):
    finding = check(text)[0]
    assert (finding.line, problem in finding.problem) == (line, True), finding


@pytest.mark.parametrize(
    ("content", "line", "problem"),
    [
        (b"name = \n", 1, "not TOML"),
        (b'name = "x"\nunit = kg\n', 2, "not TOML"),
        (b'name = "x', 1, "not TOML"),
        (b'name = "x"\n[[workout]\n', 2, "not TOML"),
        (b'name = "x"\nname = "y"\n', 2, "not TOML"),
        (b"\0" * 1000, 1, "not TOML"),
        (b'name = "caf\xe9"\n', 1, "is not text in UTF-8"),
        (b'name = "x"\n# \xff\xfe\n', 2, "is not text in UTF-8"),
        (b"x = " + b"[" * 50_000, None, "is nested too deeply"),
        (b"x = " + b"9" * 10_000, None, "not TOML"),
        (b"\0" * (MOST_BYTES + 1), None, "has 1,000,001 bytes"),
        (b"", None, "there is no workout"),
    ],
)
def test_what_is_no_toml_is_one_finding(check, content, line, problem):
    finding = check(content)[0]
    assert problem in finding.problem
    assert finding.line == line
    assert str(finding).isprintable()
    assert len(str(finding)) < 300


def test_a_file_too_large_is_not_even_read(tmp_path):
    with (tmp_path / "zeros.toml").open("wb") as stream:
        stream.truncate(50_000_000)
    with pytest.raises(RoutineError, match="has 50,000,000 bytes, and 1,000,000 at most are read"):
        Routines(LIBRARY).load("zeros.toml", base=tmp_path)


def test_what_is_no_file_is_refused(tmp_path):
    (tmp_path / "folder.toml").mkdir()
    (tmp_path / "device.toml").symlink_to("/dev/null")
    for name, problem in (
        ("folder.toml", "is a directory"),
        ("nothing.toml", "there is no such file"),
        ("device.toml", "is no ordinary file"),
        ("a\0b.toml", "cannot be opened"),
        ("x" * 10_000 + ".toml", "cannot be opened"),
    ):
        with pytest.raises(RoutineError) as refused:
            Routines(LIBRARY).load(name, base=tmp_path)
        assert problem in refused.value.problem
        assert str(refused.value).isprintable()
        assert len(str(refused.value)) < 300


def test_a_file_as_windows_saves_it_is_read(check):
    assert check(b"\xef\xbb\xbf" + routine().replace("\n", "\r\n").encode()) == ()


def test_every_mistake_is_found_at_once_in_the_order_of_the_lines(check):
    findings = check(
        routine(
            'unit = "stone"\nrotate = ["B"]\ncolour = 1',
            block='[[workout.block]]\nexercise = "deadlfit"\nreps = -1\n'
            '[[workout.block]]\nexercise = "pull-up"\nsets = 99\nhold = "5s"\nreps = 5\nrest = 1\n',
        )
    )
    assert [finding.line for finding in findings] == [2, 3, 4, 8, 9, 12, 13, 15]
    assert [finding.key for finding in findings][-1] == "workout[0].block[1].rest"
    assert findings[3].value == "'deadlfit'"


def test_the_error_of_a_routine_names_the_first_mistake_and_counts_the_others(tmp_path):
    (tmp_path / "mine.toml").write_text(routine('unit = "stone"\ncolour = 1\nshape = 2'))
    with pytest.raises(RoutineError) as refused:
        Routines(LIBRARY, tmp_path).load("mine")
    error = refused.value
    assert str(error).startswith(
        f"{tmp_path / 'mine.toml'}:2: unit = 'stone' is not known (and 2 more)"
    )
    assert len(error.findings) == 3
    assert error.exit_code == 21
    assert "\n" not in str(error)


def test_a_file_of_nothing_but_mistakes_is_cut_short(check):
    assert len(check("\n".join(f"key{n} = 1" for n in range(5000)))) == 100


def test_a_broken_exercise_of_one_s_own_is_told_where_a_routine_uses_it(tmp_path):
    exercises = tmp_path / "exercises"
    exercises.mkdir()
    (exercises / "plank.toml").write_text('id = "plank"\nname = "plank"\nkind = "holdd"\n')
    (tmp_path / "mine.toml").write_text(
        routine(block='[[workout.block]]\nexercise = "plank"\nhold = "20s"\n')
    )
    findings = Routines(Library(exercises), tmp_path).check("mine").findings
    assert len(findings) == 1
    assert "plank.toml:3" in findings[0].problem


def test_two_files_of_one_name_are_one_clear_error(tmp_path):
    for name in ("My plan.toml", "my-plan.toml"):
        (tmp_path / name).write_text(GOOD)
    routines = Routines(LIBRARY, tmp_path)
    assert [file.id for file in routines.files()].count("my-plan") == 1
    with pytest.raises(RoutineError) as refused:
        routines.load("my plan")
    assert "My plan.toml and my-plan.toml are both the routine my-plan" in str(refused.value)
    assert "rename one of them" in str(refused.value)
    assert routines.check("full-back").findings == ()
