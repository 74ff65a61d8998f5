"""What the coach says, as data: one sentence a key, with typed slots.

A sentence is rendered and cached as one clip, so what varies together stands
together, and what is fixed stands alone.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from enum import Enum

from voicecoach.language.numbers import spoken, spoken_duration
from voicecoach.units import Load, Unit


class Say(Enum):
    """Every sentence of the coach; the value is its text."""

    VERBATIM = "{text}"  # a cue, or a reason: written elsewhere, said as it is

    # An exercise read out
    NAME = "{exercise}."
    WORKS = "It works the {muscles}."
    WORKS_TOO = "It also works the {muscles}."
    TAKE_CARE = "Take care."

    # Choosing a routine
    NO_ROUTINE_YET = "Let us find you a routine."
    ASK_EQUIPMENT = "What can you train with?"
    ASK_EQUIPMENT_HOME = "Say a gym, or what you have, for example dumbbells and a bench."
    EQUIPMENT = "You have {things}."
    EQUIPMENT_GYM = "A gym, then."
    EQUIPMENT_NONE = "Nothing but yourself, then."
    OFFER = "The {place}: {routine}."
    OFFER_LACKS = "It asks for {things} as well."
    ASK_WHICH = "Which one? Or say what else."
    NO_OTHERS = "There are no others. Once more."
    NOTHING_FITS = "I know no routine for that."
    NONE_CHOSEN = "Then another time."

    # The test of a one-rep maximum
    TEST_OPEN = "We test what you can lift once: {exercise}."
    TEST_HURT = "Have you an injury, or any pain today? Say yes or no."
    TEST_HURT_STOP = "Then we do not test today. Ask a doctor or physiotherapist first."
    TEST_TRAINED = "Have you trained this lift for three months or more?"
    TEST_TRAINED_STOP = "Then train on: an estimate from your sets does for now."
    TEST_GUESS = "What do you think you can lift once?"
    TEST_SAFE = "Have a spotter with you, or set the safety bars."
    TEST_STOP_RULE = "At any pain, stop and say it hurts. After a miss we stop too."
    TEST_WARM_UP = "Warm up: {reps} at {load_unit}."
    TEST_ATTEMPT = "Attempt {number}: one at {load_unit}."
    TEST_LIFT = "Lift when you are set."
    TEST_ASK = "Did you make it? Say made it, easy, hard, or missed."
    TEST_MADE = "Made it: {load_unit}."
    TEST_MISSED = "Missed. We stop here."
    TEST_RESULT = "Your one-rep maximum is {load_unit}."
    TEST_NO_RESULT = "No lift was made, so nothing is noted."
    TEST_HEAVIEST = "There is nothing heavier to put on."
    TEST_ENOUGH = "Five attempts are enough."

    # The logbook: sets told outside a routine
    LOGBOOK_OPEN = "Tell me your sets."
    LOGBOOK_EXAMPLE = "For example: bench press, eight reps at eighty."
    TOLD_SETS = "{sets_told}."
    SET_NUMBER = "Set {number}."
    ASK_EXERCISE = "Which exercise?"
    UNKNOWN_NAME = "I do not know {text}."
    DID_YOU_SAY = "Did you say {exercise}?"
    LEARNT = "I will remember that."
    LEFT_OUT = "Left out."
    IS_THAT_RIGHT = "Is that right?"
    UNDONE = "Taken back: {exercise}."
    NOTHING_TO_UNDO = "There is nothing to take back."
    NO_SET_YET = "Tell me a set first."
    WEIGHED = "You weigh {load_unit}."
    ASK_NOTE = "What shall I note?"
    NOTED = "Noted: {text}."
    CANNOT_WRITE = "I cannot write that down."
    LAST_TIME = "{exercise}, {when}."
    NO_LAST_TIME = "There is no {exercise} in your log."
    LOGBOOK_CLOSED = "Logged: {sets_told}."
    LOGBOOK_CLOSED_EMPTY = "No set was logged."
    SAY_IT_ONCE_MORE = "Say it once more."

    # The start of a session
    WELCOME = "{name}, workout {workout}."
    ASK_INJURY = "Before we start: have you ever injured your back? Say yes or no."
    INJURED = "Then ask a doctor or physiotherapist which of these exercises suit you."
    NOT_INJURED = "Good."
    ASK_AGAIN_LATER = "I will ask you another time."
    RESUMED = "We were at {place}."
    WARM_UP = "Warm up for {span}."
    START_SOONER = "Say ready to start sooner."
    WARM_UP_OVER = "Warm-up over."
    ASK_LOAD = "What weight for the {exercise}?"
    LOAD_OPEN = "Then name the weight with your reps."
    LOAD_SET = "{exercise} at {load_unit}."
    WORK_AT = "Working sets at {load_unit}."

    # A set
    ANNOUNCE = "{place}."
    SUPERSET = "Superset: {exercises}."
    CIRCUIT = "Circuit: {exercises}."
    ROUNDS = "As many rounds as you can in {span}."
    EVERY = "Sets begin {span} apart."
    REPS_AT = "{target} reps at {load_unit}."
    REPS = "{target} reps."
    AT_LEAST = "At least {low} reps."
    AT_LEAST_AT = "At least {low} reps at {load_unit}."
    AS_MANY = "Take some weight off, and do as many reps as you can."
    AS_MANY_AT = "As many reps as you can at {load_unit}."
    HOLD_FOR = "Hold for {span}."
    OR_ELSE = "Or say {exercise} instead."
    EACH_SIDE = "Left side first."
    SWITCH_SIDES = "Switch sides."
    OTHER_SIDE = "Right side."
    SAY_READY = "Say ready."
    WHEN_READY = "Say ready when you are."
    LIFT = "Lift!"
    HOLD = "Hold!"
    NUMBER = "{number}"
    TWO_TO_GO = "Two to go."
    LAST_ONE = "Last one."
    HALF_WAY = "Half way."
    GO = "Go!"
    STILL_GOING = "Say done when you are."
    TIME = "Time."
    LAST_MINUTE = "One minute left."
    ROUNDS_DONE = "{text}."

    # After a set
    HOW_MANY = "How many?"
    HOW_MANY_REPS = "How many reps did you get?"
    HOW_MANY_SECONDS = "How many seconds did you hold?"
    WHICH = "{first}, or {second}?"
    WHICH_DIGITS = "{first}, {digits_of_first}, or {second}, {digits_of_second}?"
    ECHO_AT = "{reps} at {load}."
    ECHO = "{reps} reps."
    ECHO_ONE = "One rep."
    ECHO_HELD = "{span} held."
    ECHO_LOAD = "At {load_unit}."
    ECHO_OPEN = "Logged without a number."
    RECORD_REPS = "A record for {record_reps}."
    RECORD_STRONGEST = "Your strongest set yet."
    RECORD_HOLD = "Your longest hold yet."
    RECORD_MOST_REPS = "Your most reps yet."
    RECORD_MOST_REPS_AT = "Your most reps at that weight."
    RECORD_VOLUME = "Your biggest set yet."
    ASK_RPE = "How hard was it, from five to ten?"
    ECHO_RPE = "R P E {rpe}."
    NOTED_EASY = "Noted: easy."
    NOTED_HARD = "Noted: hard."
    REST = "Rest {span}."
    WEAKER_SIDE = "The weaker side counts."
    NEXT_EXERCISE = "Then {exercise}."
    NEXT_EXERCISE_AT = "Then {exercise} at {load_unit}."
    NEXT_ASKS = "Then {exercise}. What weight?"
    ASK_LOAD_DONE = "What weight was it?"
    NEXT_LOAD = "Then {load_unit}."
    LATE = "{span} late."
    STRAIGHT_ON = "Straight on."
    TEN_SECONDS = "Ten seconds."
    LONGER = "{span} more."
    RECORD_FAILED = "I could not save that."
    SAY_IT_AGAIN = "Say the number again."

    # Mending and moving on
    TAKEN_BACK = "Taken back: {place}."
    SIDE_TAKEN_BACK = "Taken back: the left side."
    DO_OR_TELL = "Say ready to do it again, or say the reps you did."
    NOTHING_TO_MEND = "There is no set to change yet."
    SET_SKIPPED = "Set skipped."
    EXERCISE_SKIPPED = "{exercise} skipped."
    SWITCHED = "{exercise} it is."
    RESUMING = "Going on."
    PAUSED = "Paused."
    SPEAKER_LOST = "I have lost your earbuds. I am waiting for them."
    MICROPHONE_LOST = "I cannot hear you any more. I am waiting for the microphone."

    # Pain
    HURT = "I have marked that set."
    HURT_ADVICE = "If it keeps hurting, see a doctor or physiotherapist."
    HURT_SKIP = "Shall we leave out the {exercise}?"
    HURT_ON = "Then go easy, and leave it at the first pain."

    # Questions of the athlete
    LEFT = "{span}."
    NO_TIMER = "No timer is running."
    WHATS_NEXT = "Next: {place}."
    NOTHING_NEXT = "That was the last set."
    SETS_LEFT = "{sets_left} of {exercise}."
    EXERCISES_LEFT = "Then {exercises_left}."
    CAN_SAY = "You can say: {text}."

    # What was not understood
    SORRY = "I did not get that."
    NOT_NOW = "That does not fit here."

    # The end
    ASK_FINISH = "Finish the workout now?"
    GOING_ON = "Then we go on."
    FINISHED = "Workout finished: {sets_done} in {span}."
    FINISHED_EMPTY = "Workout finished, with no set logged."
    WELL_DONE = "Well done."
    SAVED_FOR_LATER = "I have kept everything. Start again to go on."


OTHER_WORDS: Mapping[Say, tuple[str, ...]] = {
    Say.WELL_DONE: ("Good work.", "Nicely done."),
    Say.SORRY: ("Once more, please.", "Say that again, please."),
    Say.RESUMING: ("On we go.",),
}
"""Ways to say the same, no longer than the first: heard too often, one alone grates."""


@dataclass(frozen=True, slots=True)
class Prompt:
    """A sentence to say, with what fills its slots.

    A slot whose name begins with `span` is seconds, `load` a Load, and
    `text` or a name is said as it is; any other number is said as a number.
    """

    say: Say
    slots: tuple[tuple[str, object], ...] = ()
    wording: int = field(default=0, compare=False)  # counts round those there are

    def text(self, unit: Unit) -> str:
        """Return the sentence in words, loads in `unit`."""
        wordings = self.wordings(unit)
        return wordings[self.wording % len(wordings)]

    def wordings(self, unit: Unit) -> tuple[str, ...]:
        """Return every way in which it may be said, the usual one first."""
        filled = {name: _fill(name, value, unit) for name, value in self.slots}
        sentences = (self.say.value, *OTHER_WORDS.get(self.say, ()))
        said = (sentence.format(**filled) for sentence in sentences)
        return tuple(sentence[:1].upper() + sentence[1:] for sentence in said)


def prompt(say: Say, **slots: object) -> Prompt:
    """Return the prompt of `say` with `slots` filled."""
    return Prompt(say, tuple(slots.items()))


def _fill(name: str, value: object, unit: Unit) -> str:
    match value:
        case Load():
            return load_in_words(value, unit) if name == "load_unit" else bare_load(value, unit)
        case int() if name.startswith("span"):
            return spoken_duration(value)
        case int() | Decimal():
            return spoken(value)
        case _:
            return str(value)


def bare_load(load: Load, unit: Unit) -> str:
    """Return a load without its unit, where that is `unit`: "sixty", "forty five pounds"."""
    return spoken(load.to(unit)) if load.said_in(unit) is unit else load_in_words(load, unit)


def load_in_words(load: Load, usual: Unit) -> str:
    """Return a load with the unit it was given in: "sixty kilos"."""
    unit = load.said_in(usual)
    value = load.to(unit)
    noun = "kilo" if unit is Unit.KG else "pound"
    return f"{spoken(value)} {noun}" if value == 1 else f"{spoken(value)} {noun}s"


def counted(count: int, singular: str, plural: str = "") -> str:
    """Return a count with its noun: "one set", "three sets"."""
    return f"{spoken(count)} {singular if count == 1 else plural or singular + 's'}"


def listed(names: tuple[str, ...]) -> str:
    """Return names as they are read out: "deadlift, pull-up and row"."""
    if len(names) < 2:
        return "".join(names)
    return f"{', '.join(names[:-1])} and {names[-1]}"
