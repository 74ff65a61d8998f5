"""A routine chosen aloud: real voice and ears in virtual time, and what it leaves in the files."""

from __future__ import annotations

import pytest

from voicecoach.errors import LogError
from voicecoach.library.equipment import read_equipment
from voicecoach.library.exercises import Library
from voicecoach.library.shelf import RoutineShelf
from voicecoach.runtime import engines
from voicecoach.runtime.athlete import Athlete
from voicecoach.runtime.driver import Log
from voicecoach.runtime.interrupts import Interrupts
from voicecoach.runtime.paths import Paths
from voicecoach.runtime.rehearsal import play_through
from voicecoach.runtime.scenario import Line
from voicecoach.runtime.settling import OwnChoices, choose_routine, fitting
from voicecoach.session.choosing import Choosing, choosing
from voicecoach.session.conversation import Conversation, S
from voicecoach.session.events import SessionOpened
from voicecoach.session.facts import EquipmentTold, RoutineChosen, SkipUndone
from voicecoach.units import Unit

ANSWERS = (
    Line(when="equipment?", text="I have dumbbells and a bench"),
    Line(when="which?", number=2, text="what else"),
    Line(when="which?", number=3, text="mobility"),
)


def test_a_routine_is_chosen_by_voice_and_is_then_the_one_in_use(paths: Paths, moonshine) -> None:
    library = Library()
    conversation = choosing(lambda at_hand: fitting(library, paths, at_hand))
    played = play_through(
        conversation,
        Choosing(session_id="choice"),
        OwnChoices(library, paths),
        athlete=Athlete(ANSWERS, engines.athlete_voice(paths, "en-gb"), conversation.moments),
        recogniser=moonshine,
        coach_voice=engines.coach_voice(paths),
    )
    said = [one.text for one in played.mouth.said.values()]
    assert "You have dumbbells and a bench. The first: Dumbbells only." in said[1]
    assert said[-1] == "Mobility it is."
    assert played.state.chosen == "mobility"
    assert RoutineShelf(library, paths.config / "routines").in_use() == "mobility"
    assert read_equipment(paths.equipment).at_hand == ("dumbbells", "bench")


def test_a_routine_with_mistakes_is_passed_over(paths: Paths) -> None:
    own = paths.config / "routines"
    own.mkdir(parents=True)
    (own / "broken.toml").write_text("name = 3", encoding="utf-8")
    assert "broken" not in {offer.id for offer in fitting(Library(), paths, ("gym",))}


def test_what_cannot_be_written_is_an_error_of_the_log(paths: Paths) -> None:
    paths.config.parent.mkdir(parents=True, exist_ok=True)
    paths.config.write_text("a file in the place of the directory", encoding="utf-8")
    choices = OwnChoices(Library(), paths)
    for fact in (
        EquipmentTold(at_ms=0, at_hand=("dumbbells",)),
        RoutineChosen(at_ms=0, routine="full-back"),
    ):
        with pytest.raises(LogError):
            choices.append("choice", [fact])
    with pytest.raises(TypeError, match="settles nothing"):
        choices.append("choice", [SkipUndone(at_ms=0)])


class Failing:
    """A talk that breaks down in the middle of a conversation."""

    def lead(
        self,
        conversation: Conversation[S],
        state: S,
        log: Log,  # as the port has it
        interrupts: Interrupts,  # as the port has it
        *,
        offset_ms: int = 0,
    ) -> S:
        after, _ = conversation.step(state, SessionOpened(offset_ms))
        raise ZeroDivisionError(after.unit)


def test_a_choice_that_fails_leaves_its_journal(paths: Paths) -> None:
    with Interrupts() as interrupts, pytest.raises(ZeroDivisionError) as failed:
        choose_routine(Failing(), paths, interrupts, Unit.KG)
    (file,) = paths.crashes.iterdir()
    (note,) = failed.value.__notes__
    assert note.endswith(str(file))  # and no word of repeating it: only a workout can be
    assert "SessionOpened" in file.read_text(encoding="utf-8")
