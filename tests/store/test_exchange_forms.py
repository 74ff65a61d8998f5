"""Files of other apps, each in its forms: what a person reads in them is what is read."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path

import pytest

from voicecoach.errors import ExchangeError
from voicecoach.store.exchange.forms import FORMS, Left
from voicecoach.store.exchange.notation import Notation
from voicecoach.store.exchange.rows import ImportedSet, RowFinding
from voicecoach.store.exchange.source import Source, open_source
from voicecoach.training.prescription import SetKind
from voicecoach.units import Load, Rpe, Unit

REAL_EXPORTS = Path(__file__).parents[3] / "shared" / "data" / "imports"

STRONG = (
    "Date,Workout Name,Duration,Exercise Name,Set Order,Weight,Reps,Distance,Seconds,"
    "Notes,Workout Notes,RPE\n"
)
STRONG_SHORT = (
    "Date,Workout Name,Duration,Exercise Name,Set Order,Weight,Reps,Distance,Seconds,RPE\n"
)
STRONG_SEMICOLON = (
    "Workout #;Date;Workout Name;Duration (sec);Exercise Name;Set Order;Weight (kg);Reps;RPE;"
    "Distance (meters);Seconds;Notes;Workout Notes\n"
)
HEVY = (
    "title,start_time,end_time,description,exercise_title,superset_id,exercise_notes,"
    "set_index,set_type,weight_kg,reps,distance_km,duration_seconds,rpe\n"
)
FITNOTES = "Date,Exercise,Category,Weight,Weight Unit,Reps,Distance,Distance Unit,Time,Comment\n"
FITNOTES_IOS = (
    "Date,Exercise,Category,Weight (kg),Weight (lbs),Reps,Distance,Distance Unit,Time,Notes,Kind\n"
)
FITBOD = (
    "Date,Exercise,Reps,Weight(kg),Duration(s),Distance(m),Incline,Resistance,isWarmup,Note,"
    "multiplier\n"
)
STRONGLIFTS = (
    "Date (yyyy/mm/dd),Workout,Workout Name,Program Name,Body Weight (KG),Exercise,Sets×Reps,"
    "Sets×Time,Top Set (Reps×KG),e1RM (KG),Reps,Volume (KG),Workout Volume (KG),"
    "Duration (hours),Start Time (h:mm),End Time (h:mm),Notes,"
    "Set 1 (Reps),Set 1 (KG),Set 2 (Reps),Set 2 (KG),Set 3 (Reps),Set 3 (KG)\n"
)
LIFTOSAUR = (
    "Workout DateTime,Program,Day Name,Exercise,Is Warmup Set?,Required Reps,Completed Reps,"
    "Is AMRAP?,Required RPE,Completed RPE,Log RPE?,Required Weight Value,Required Weight Unit,"
    "Completed Weight Value,Completed Weight Unit,Ask Weight?,Completed Reps Time,"
    "Target Muscles,Synergist Muscles,Notes\n"
)
LIFTLOG = "SessionId,Timestamp,Exercise,Weight,WeightUnit,Reps,TargetReps,Notes\n"

Opener = Callable[..., Source]


@pytest.fixture
def written(tmp_path: Path) -> Opener:
    """A maker of sources from text, or bytes."""

    def write(content: str | bytes, named: str | None = None) -> Source:
        file = tmp_path / "export.csv"
        file.write_bytes(content.encode() if isinstance(content, str) else content)
        return open_source(file, named)

    return write


def sets_of(source: Source, **notation: object) -> list[ImportedSet]:
    """Return the sets of a source that has nothing to complain of."""
    told = list(source.sets(notation_for(source, **notation)))
    assert [str(one) for one in told if isinstance(one, RowFinding)] == []
    return [one for one in told if isinstance(one, ImportedSet)]


def findings_of(source: Source, **notation: object) -> list[str]:
    told = source.sets(notation_for(source, **notation))
    return [str(one) for one in told if isinstance(one, RowFinding)]


def notation_for(source: Source, **given: object) -> Notation:
    evidence = source.evidence()
    order = next(iter(evidence.orders), None)
    settled = {"zone": UTC, "order": order, "decimal_comma": evidence.decimal_comma}
    return Notation(**{**settled, **given})  # type: ignore[arg-type]


def gist(one: ImportedSet) -> tuple[object, ...]:
    """Return what a lifter would read out of a set."""
    result = one.result
    load = result.load.written(one.workout.unit) if result.load else ""
    return (one.exercise, one.kind.value, result.reps or result.hold_s, load)


def test_strong_with_commas_has_to_be_told_its_unit(written: Opener) -> None:
    source = written(
        STRONG
        + '2026-07-06 17:59:12,"Push, heavy",1h 5m,Bench Press (Barbell),W,60.0,10.0,0,0.0,"","",\n'
        + '2026-07-06 17:59:12,"Push, heavy",1h 5m,Bench Press (Barbell),1,225.0,5.0,0,0.0,'
        '"left side","slept badly",8.5\n'
        + '2026-07-06 17:59:12,"Push, heavy",1h 5m,Bench Press (Barbell),Rest Timer,0,0,0,180,,,\n'
        + '2026-07-06 17:59:12,"Push, heavy",1h 5m,Bench Press (Barbell),D,135,12.0,0,0.0,,,\n'
        + '2026-07-06 17:59:12,"Push, heavy",1h 5m,Bench Press (Barbell),F,95,9.0,0,0.0,,,\n'
        + '2026-07-06 17:59:12,"Push, heavy",1h 5m,Plank,1,0.0,0,0,60.0,"","",\n'
    )
    assert source.name == "strong"
    assert source.names_no_unit
    sets = sets_of(source, unit=Unit.LB)
    assert [gist(one) for one in sets] == [
        ("Bench Press (Barbell)", "warmup", 10, "60lb"),
        ("Bench Press (Barbell)", "working", 5, "225lb"),
        ("Bench Press (Barbell)", "drop", 12, "135lb"),
        ("Bench Press (Barbell)", "failure", 9, "95lb"),
        ("Plank", "working", 60, ""),
    ]
    assert sets[1].result.rpe == Rpe(Decimal("8.5"))
    assert sets[1].result.note == "left side"
    assert sets[1].workout.note == "slept badly"
    assert sets[1].workout.title == "Push, heavy"
    assert sets[0].workout.duration_s == 3900
    assert sets[0].at == datetime(2026, 7, 6, 17, 59, 12, tzinfo=UTC)
    assert sets[-1].result.hold_s == 60
    assert sets[-1].result.load == Load(0)


def test_strong_in_its_short_form(written: Opener) -> None:
    source = written(STRONG_SHORT + "2026-07-06 17:59:12,Push,45m,Squat (Barbell),1,100,5,0,0,8\n")
    assert [gist(one) for one in sets_of(source, unit=Unit.KG)] == [
        ("Squat (Barbell)", "working", 5, "100kg")
    ]


def test_strong_with_semicolons_has_its_unit_and_decimal_commas(written: Opener) -> None:
    text = STRONG_SEMICOLON + (
        '"1";"2026-07-06 17:59:12";"Push";"3605";"Squat (Barbell)";"1";"102,5";"5";"8,5";;;;""\n'
        '"1";"2026-07-06 17:59:12";"Push";"3605";"Squat (Barbell)";"2";"1.002,5";"5";;;;;""\n'
    )
    source = written(text.encode("utf-8-sig"))
    assert not source.names_no_unit
    first, second = sets_of(source)
    assert first.result.load == Load.kg("102.5")
    assert first.result.rpe == Rpe(Decimal("8.5"))
    assert second.result.load == Load.kg("1002.5")
    assert first.workout.duration_s == 3605


def test_strong_with_a_unit_in_each_row(written: Opener) -> None:
    header = STRONG_SEMICOLON.replace("Weight (kg);", "Weight;Weight Unit;")
    source = written(
        header
        + "1;2026-07-06 17:59:12;Push;3605;Squat (Barbell);1;225;lbs;5;;;;;\n"
        + "1;2026-07-06 17:59:12;Push;3605;Squat (Barbell);2;100;kg;5;;;;;\n"
        + "1;2026-07-06 17:59:12;Push;3605;Pull Up;1;0;;5;;;;;\n"
    )
    assert not source.names_no_unit
    loads = [one.result.load for one in sets_of(source)]
    assert loads == [Load.lb(225), Load.kg(100), Load(0)]


def test_hevy_and_what_is_noted_of_an_exercise(written: Opener) -> None:
    push = '"Push","6 Jul 2026, 17:59","6 Jul 2026, 18:59","slept badly"'
    source = written(
        HEVY
        + f'{push},"Bench Press (Barbell)",,"elbows in",0,warmup,40,10,,,\n'
        + f'{push},"Bench Press (Barbell)",,"elbows in",1,normal,80,8,,,8\n'
        + f'{push},"Bench Press (Barbell)",,"elbows in",2,drop_set,60,9,,,\n'
        + f'{push},"Pull Up",,"",0,dropset,,9,,,\n'
        + f'{push},"Plank",,"",0,failure,,,,75,\n'
    )
    assert not source.names_no_unit
    sets = sets_of(source)
    assert [gist(one) for one in sets] == [
        ("Bench Press (Barbell)", "warmup", 10, "40kg"),
        ("Bench Press (Barbell)", "working", 8, "80kg"),
        ("Bench Press (Barbell)", "drop", 9, "60kg"),
        ("Pull Up", "drop", 9, ""),
        ("Plank", "failure", 75, ""),
    ]
    assert [one.result.note for one in sets] == ["elbows in", "", "", "", ""]
    assert sets[0].workout.note == "slept badly"
    assert sets[0].workout.duration_s == 3600


def test_hevy_in_pounds(written: Opener) -> None:
    header = HEVY.replace("weight_kg", "weight_lbs").replace("distance_km", "distance_miles")
    source = written(
        header
        + 'Pull,"May 15, 2026, 7:26 PM","May 15, 2026, 8:00 PM",,Deadlift,,,0,normal,315,3,,,\n'
    )
    (only,) = sets_of(source)
    assert only.result.load == Load.lb(315)
    assert only.workout.unit is Unit.LB


def test_hevy_with_a_column_for_each_unit(written: Opener) -> None:
    source = written(
        HEVY.replace("weight_kg", "weight_kg,weight_lbs")
        + 'Pull,"6 Jul 2026, 17:59",,,Deadlift,,,0,normal,,315,3,,,\n'
        + 'Pull,"6 Jul 2026, 17:59",,,Deadlift,,,1,normal,140,,3,,,\n'
    )
    assert [one.result.load for one in sets_of(source)] == [Load.lb(315), Load.kg(140)]


def test_fitnotes_for_android_has_a_day_and_a_unit_in_each_row(written: Opener) -> None:
    source = written(
        FITNOTES
        + '2026-08-04,Lat Pulldown,Back,65.0,kgs,8,,,,""\n'
        + '2026-08-04,Plank,Abs,,,,,,0:01:30,"shaky"\n'
        + "2026-08-05,Pull Up,Back,22.5,lbs,8,,,,\n"
    )
    first, second, third = sets_of(source)
    assert gist(first) == ("Lat Pulldown", "working", 8, "65kg")
    assert (second.result.hold_s, second.result.note) == (90, "shaky")
    assert third.result.load == Load.lb("22.5")
    assert first.workout is second.workout
    assert third.workout is not first.workout


def test_fitnotes_for_ios_may_fill_either_column_of_weights(written: Opener) -> None:
    source = written(
        FITNOTES_IOS
        + "2021-05-20,Barbell Squat,Legs,40.00,88.18,8,,,,,wr\n"
        + "2021-05-20,Barbell Squat,Legs,,95,8,,,,deep,wr\n"
    )
    assert not source.names_no_unit
    first, second = sets_of(source)
    assert first.result.load == Load.kg(40)
    assert second.result.load == Load.lb(95)
    assert second.result.note == "deep"


def test_fitbod_writes_utc_and_keeps_a_day_together(written: Opener) -> None:
    source = written(
        FITBOD
        + "2026-09-05 09:12:33 +0000,Lat Pulldown, 10,22.67961850,0.0,0.0,0.0,0.0,true,,1.0\n"
        + "2026-09-05 09:15:00 +0000,Dumbbell Row,8,20.0,0,0,0,0,false,light,2.0\n"
        + "2026-09-05 09:20:00 +0000,Plank,0,0.0,45.0,0,0,0,false,,1.0\n"
    )
    sets = sets_of(source)
    assert [gist(one) for one in sets] == [
        ("Lat Pulldown", "warmup", 10, "22.68kg"),
        ("Dumbbell Row", "working", 8, "20kg"),
        ("Plank", "working", 45, ""),
    ]
    assert len({one.workout.key for one in sets}) == 1
    assert sets[1].at == datetime(2026, 9, 5, 9, 15, tzinfo=UTC)


def test_stronglifts_tells_a_failed_set_from_one_that_was_not_done(written: Opener) -> None:
    source = written(
        STRONGLIFTS
        + '2026/08/11,1,"Workout A","5×5",83.5,"Squat",5/0/-,,5×55,63,10,1,1,0.5,10:56 PM,'
        '11:26 PM,"deep",5,55,0,55,0,55\n'
        + '2026/08/11,1,"Workout A","5×5",83.5,"Deadlift",1×4,,4×75,84,4,1,1,0.5,10:56 PM,'
        '11:26 PM,"",4,75,,,,\n'
        + '2026/08/11,1,"Workout A","5×5",83.5,"Barbell Row",-/-/-,,,,0,1,1,0.5,10:56 PM,'
        '11:26 PM,"",0,40,0,40,0,40\n'
    )
    told = list(source.sets(notation_for(source)))
    sets = [one for one in told if isinstance(one, ImportedSet)]
    assert [(one.exercise, one.result.reps) for one in sets] == [
        ("Squat", 5),
        ("Squat", 0),
        ("Deadlift", 4),
    ]
    assert [one.result.note for one in sets] == ["deep", "", ""]
    assert sets[0].workout.bodyweight == Load.kg("83.5")
    assert sets[0].workout.duration_s == 1800
    assert sets[0].at == datetime(2026, 8, 11, 22, 56, tzinfo=UTC)
    assert sum(isinstance(one, Left) for one in told) == 1


def test_liftosaur_leaves_out_what_was_only_required(written: Opener) -> None:
    start = "2026-07-06T17:00:00.000Z"
    source = written(
        LIFTOSAUR
        + f"{start},GZCLP,Day 1,Squat,1,5,5,0,,,0,20,kg,20,kg,0,2026-07-06T17:05:00.000Z,q,g,\n"
        + f"{start},GZCLP,Day 1,Squat,0,3,4,1,8,9,1,100,kg,100,kg,0,,q,g,fast\n"
        + f"{start},GZCLP,Day 1,Squat,0,3,,0,,,0,100,kg,,kg,0,,q,g,\n"
        + f'{start},GZCLP,Day 1,"Bench Press, Dumbbell",0,3,3,0,,,0,45,lb,45,lb,0,,c,t,\n'
    )
    told = list(source.sets(notation_for(source)))
    sets = [one for one in told if isinstance(one, ImportedSet)]
    assert [gist(one) for one in sets] == [
        ("Squat", "warmup", 5, "20kg"),
        ("Squat", "working", 4, "100kg"),
        ("Bench Press, Dumbbell", "working", 3, "20.41kg"),
    ]
    assert sets[0].at == datetime(2026, 7, 6, 17, 5, tzinfo=UTC)
    assert sets[1].result.rpe == Rpe(Decimal(9))
    assert sets[0].workout.title == "GZCLP Day 1"
    assert sum(isinstance(one, Left) for one in told) == 1


def test_liftlog_has_an_instant_for_each_set(written: Opener) -> None:
    source = written(
        LIFTLOG
        + "b59a,2024-10-16T10:45:06,Incline Dumbbell Bench Press,60,kg,8,8,\n"
        + "8b92,2024-10-16T10:44:39,Bench Press,67.5,kg,12,12,easy\n"
        + "8b92,2024-10-16T10:44:38,Bench Press,145,lbs,12,12,\n"
    )
    first, second, third = sets_of(source)
    assert gist(first) == ("Incline Dumbbell Bench Press", "working", 8, "60kg")
    assert second.workout is third.workout
    assert second.at > third.at
    assert third.result.load == Load.lb(145)


ROW = "2026-07-06 17:59:12,Push,45m,Squat (Barbell),1,100,5,0,0,8\n"


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        (ROW.replace("2026-07-06 17:59:12", "someday"), "'someday' is no date"),
        (ROW.replace("2026-07-06 17:59:12", ""), "no date is given"),
        (ROW.replace("Squat (Barbell)", "  "), "no exercise is given"),
        (ROW.replace(",100,", ",heavy,"), "'heavy' is no number"),
        (ROW.replace(",100,", ",-20,"), "a load of -20 kg is below zero"),
        (ROW.replace(",5,", ",5.5,"), "5.5 reps is no whole number"),
        (ROW.replace(",5,", ",-5,"), "-5 reps is below zero"),
        (ROW.replace(",1,", ",X,"), "the set order 'X'"),
        (ROW.replace(",1,", ",,"), "no set order"),
        (ROW.replace(",100,5,0,0,", ",0,0,400,0,"), "only a distance is given"),
        (ROW.replace(",100,5,0,0,", ",0,0,0,0,"), "neither repetitions nor a time is given"),
        (ROW.replace(",0,8", ",0,12"), "an RPE of 12 is not on the scale"),
        ("2026-07-06 17:59:12,Push,45m,Squ", "has 4 of 10 cells: the line is cut short"),
        (ROW.replace(",8\n", ",8,,9\n"), "has 12 cells, the header 10"),
        (ROW.replace("Push", '"Push'), "the file ends within quotation marks"),
        (ROW.replace("Push", '"Push"er'), "the quotation marks do not match"),
    ],
)
def test_a_row_that_cannot_be_read_is_told_with_its_line_and_the_rest_goes_on(
    written: Opener, row: str, reason: str
) -> None:
    source = written(STRONG_SHORT + ROW + "\n" + row)
    (finding,) = findings_of(source, unit=Unit.KG)
    assert finding.startswith(f"line 4: {reason}")
    told = source.sets(notation_for(source, unit=Unit.KG))
    assert any(isinstance(one, ImportedSet) for one in told)


def test_what_follows_a_row_with_wrong_quotation_marks_is_read(written: Opener) -> None:
    source = written(STRONG_SHORT + ROW.replace("Push", '"Push"er') + ROW)
    told = list(source.sets(notation_for(source, unit=Unit.KG)))
    assert [type(one) for one in told] == [RowFinding, ImportedSet]


def test_an_attempt_that_failed_is_a_set_of_no_repetitions(written: Opener) -> None:
    source = written(STRONG_SHORT + ROW.replace(",5,", ",0,"))
    (only,) = sets_of(source, unit=Unit.KG)
    assert only.result.reps == 0


def test_a_set_with_an_exertion_off_the_scale_goes_in_without_it(written: Opener) -> None:
    source = written(STRONG_SHORT + ROW.replace(",0,8", ",0,3"))
    finding, only = source.sets(notation_for(source, unit=Unit.KG))
    assert isinstance(finding, RowFinding)
    assert not finding.left_out
    assert isinstance(only, ImportedSet)
    assert only.result.rpe is None


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252", "latin-1"]
)
def test_a_file_is_read_in_whatever_it_is_written(written: Opener, encoding: str) -> None:
    text = STRONG_SHORT + ROW.replace("Squat (Barbell)", "Rudern für Männer")
    (only,) = sets_of(written(text.encode(encoding)), unit=Unit.KG)
    assert only.exercise == "Rudern für Männer"


@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"])
def test_lines_may_end_as_they_do_anywhere(written: Opener, newline: str) -> None:
    text = (STRONG_SHORT + ROW * 2).replace("\n", newline)
    assert len(sets_of(written(text), unit=Unit.KG)) == 2


def test_a_note_may_go_over_several_lines(written: Opener) -> None:
    row = '2026-07-06 17:59:12,Push,45m,Squat,1,100,5,0,0,"good\r\n  depth\x00",,8\n'
    source = written(STRONG + row + row.replace(",100,", ",x,"))
    told = list(source.sets(notation_for(source, unit=Unit.KG)))
    assert isinstance(told[0], ImportedSet)
    assert told[0].result.note == "good\n  depth"
    assert isinstance(told[1], RowFinding)
    assert told[1].line == 4


def test_a_first_line_for_excel_and_blank_lines_are_passed_over(written: Opener) -> None:
    source = written("sep=,\n\n" + STRONG_SHORT + "\n" + ROW + ",,,,,,,,,\n")
    assert len(sets_of(source, unit=Unit.KG)) == 1


def test_a_character_cut_in_two_at_the_end_spoils_nothing_else(written: Opener) -> None:
    text = (STRONG_SHORT + ROW).encode() + "2026-07-06,Für".encode()[:-1]
    source = written(text)
    assert len(findings_of(source, unit=Unit.KG)) == 1


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        (b"", "the file is empty"),
        (b"\xef\xbb\xbf \n\n", "the file is empty"),
        (b"PK\x03\x04 and so on", "is a ZIP archive"),
        (b"\x00\x01\x02\x03" * 500, "is no text"),
        (b"name,age\nAnna,31\n", "is in no form that is known: it begins 'name,age'"),
        (b"Date,Workout Name,Exercise Name,Reps\n", "there is no column for set order"),
    ],
)
def test_a_file_that_is_none_of_an_app_is_one_clear_line(
    written: Opener, content: bytes, problem: str
) -> None:
    with pytest.raises(ExchangeError, match=problem):
        written(content)


def test_a_file_of_another_app_than_named_is_told(written: Opener) -> None:
    with pytest.raises(ExchangeError, match="has the header of Hevy, not that of Strong") as caught:
        written(HEVY, "strong")
    assert caught.value.remedy == "import it as hevy"


def test_a_file_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(ExchangeError, match="there is no such file"):
        open_source(tmp_path / "export.csv")
    with pytest.raises(ExchangeError, match="is no file"):
        open_source(tmp_path)


def test_no_form_hides_another() -> None:
    for form in FORMS:
        hidden = [one.name for one in FORMS if one is not form and one.needs <= form.needs]
        assert hidden == []


@pytest.mark.parametrize(
    ("name", "sets", "workouts"),
    [("fitnotes-android-export-kgs.csv", 38, 2), ("stronglifts-export-kg.csv", 53, 5)],
)
def test_a_real_export_has_the_counts_a_person_gets(name: str, sets: int, workouts: int) -> None:
    file = REAL_EXPORTS / name
    if not file.exists():
        pytest.skip("needs the exports beside the repository")
    told = sets_of(open_source(file))
    assert len(told) == sets
    assert len({one.workout.key for one in told}) == workouts
    assert all(one.kind is SetKind.WORKING for one in told)
