"""What can be said to the coach, as data: one table for recognisers, parser, help and tests."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from voicecoach.language.template import Node, parse_template
from voicecoach.units import Load, Rpe


class IntentName(Enum):
    """What the athlete means."""

    READY = "ready"
    DONE = "done"
    NUMBER = "number"  # a bare number, where reps or seconds were asked for
    LOAD = "load"  # a bare number, where a load was asked for
    DIGITS = "digits"  # a number digit by digit, where two that sound alike are asked about
    REPS = "reps"
    COUNT = "count"  # a number of the athlete's own counting aloud
    AMEND = "amend"
    WEIGHT = "weight"
    DURATION = "duration"
    RPE = "rpe"
    EASY = "easy"
    HARD = "hard"
    UNDO = "undo"
    PAUSE = "pause"
    RESUME = "resume"
    STOP = "stop"
    NEXT = "next"
    SKIP = "skip"
    SKIP_SET = "skip_set"
    SKIP_REST = "skip_rest"
    SKIP_EXERCISE = "skip_exercise"
    SWITCH = "switch"
    REPEAT = "repeat"
    HOW_LONG_LEFT = "how_long_left"
    WHATS_NEXT = "whats_next"
    HOW_MANY_LEFT = "how_many_left"
    ADD_TIME = "add_time"
    FASTER = "faster"
    SLOWER = "slower"
    LOUDER = "louder"
    SOFTER = "softer"
    CUES = "cues"
    HURTS = "hurts"
    FINISH = "finish"
    YES = "yes"
    NO = "no"
    HELP = "help"
    LOG = "log"
    SETS = "sets"
    SAME_AGAIN = "same_again"
    MORE_SETS = "more_sets"
    MEANT = "meant"
    LAST_TIME = "last_time"
    BODYWEIGHT = "bodyweight"
    NOTE = "note"
    MADE = "made"
    MISSED = "missed"
    CHOOSE = "choose"
    HAVE = "have"
    MORE = "more"
    NONE = "none"


@dataclass(frozen=True, slots=True, kw_only=True)
class Intent:
    """An intent with its slots; a slot that was not said is None."""

    name: IntentName
    reps: int | None = None
    load: Load | None = None
    seconds: int | None = None
    rpe: Rpe | None = None
    sets: int | None = None
    exercise: str | None = None
    choices: tuple[str, ...] = ()
    text: str = ""  # of a note, as it was said or typed

    def slots(self) -> dict[str, int | float | str]:
        """Return the slots that were said, as JSON values; a load in kilograms."""
        said: dict[str, int | float | str] = {}
        if self.reps is not None:
            said["reps"] = self.reps
        if self.load is not None:
            said["load_kg"] = self.load.grams / 1000
        if self.seconds is not None:
            said["seconds"] = self.seconds
        if self.rpe is not None:
            said["rpe"] = float(self.rpe.value)
        if self.sets is not None:
            said["sets"] = self.sets
        if self.exercise is not None:
            said["exercise"] = self.exercise
        if self.choices:
            said["choices"] = " ".join(self.choices)
        if self.text:
            said["text"] = self.text
        return said


@dataclass(frozen=True, slots=True, kw_only=True)
class Phrasing:
    """How one intent is said: its template, and an example for the help."""

    name: IntentName
    template: str
    example: str

    @property
    def tree(self) -> Node:
        """The template as a tree."""
        return parse_template(self.template)


AT_ONCE = frozenset(
    tuple(phrase.split()) for phrase in ("stop", "undo", "repeat", "yes", "easy", "hard")
)
"""What is acted on at the first short silence, though a longer phrase begins with it.

What may follow ("repeat … that") changes nothing. "Done" is none of them: the
silence before the number of "done eight" is as long as any.
"""

_I = IntentName

PHRASINGS: tuple[Phrasing, ...] = tuple(
    Phrasing(name=name, example=example, template=template)
    for name, example, template in (
        (_I.READY, "ready", "[i'm] ready|go|start|begin"),
        (
            _I.DONE,
            "done, or: done eight",
            "[i'm] (done|finished) [[with] {reps} [reps] [at {load} [{unit}]]]",
        ),
        (_I.NUMBER, "eight", "{reps}"),
        (_I.DIGITS, "three zero", "{digits}"),
        (_I.LOAD, "sixty two point five", "{load}"),
        (
            _I.REPS,
            "eight reps at sixty kilos",
            (
                "{reps} (reps|rep|times) [(at|with) {load} [{unit}]]"
                "|{reps} (at|with) {load} [{unit}]"
                "|(i got|i did|that was) {reps} [reps] [at {load} [{unit}]]"
            ),
        ),
        (_I.COUNT, "one, two, three", "{reps}"),
        (
            _I.AMEND,
            "no, seven",
            (
                "(no|actually|sorry) [it was|make it|i got|i said]"
                " {reps} [reps] [at {load} [{unit}]]"
                "|(make it|make that|log that as|change it to|change that to)"
                " {reps} [reps] [at {load} [{unit}]]"
                "|(no|actually|sorry|make it|make that) {load} {unit}"
            ),
        ),
        (_I.WEIGHT, "weight eighty", "[use|at|take] {load} {unit}|(weight|use) {load} [{unit}]"),
        (_I.DURATION, "ninety seconds", "[rest] {seconds}"),
        (_I.RPE, "r p e eight", "rpe {rpe}"),
        (_I.EASY, "too easy", "[that was] (too easy|easy|too light|light)"),
        (_I.HARD, "too heavy", "[that was] (too heavy|heavy|too hard|hard)"),
        (_I.UNDO, "undo", "undo [that]|go back|scratch that|take that back"),
        (_I.PAUSE, "pause", "pause|hold on"),
        (_I.RESUME, "resume", "resume|continue|carry on"),
        (_I.STOP, "stop", "stop|be quiet"),
        (_I.NEXT, "next", "next"),
        (_I.SKIP, "skip", "skip [this|it]"),
        (_I.SKIP_SET, "skip set", "skip [this|the] set"),
        (_I.SKIP_REST, "skip rest", "skip [the] rest"),
        (_I.SKIP_EXERCISE, "skip exercise", "(skip|next) [this|the] exercise"),
        (_I.SWITCH, "chin-ups instead", "[do|switch to] {exercise} instead|switch to {exercise}"),
        (_I.REPEAT, "repeat", "repeat [that]|say that again|again please"),
        (
            _I.HOW_LONG_LEFT,
            "how long left",
            "how long [is] left|how much (time|longer|rest) [is left]|how long",
        ),
        (
            _I.WHATS_NEXT,
            "what's next",
            "what's next|what is next|what comes next|what weight|how heavy",
        ),
        (_I.HOW_MANY_LEFT, "how many left", "how many [sets|reps] [are] left|how many more"),
        (_I.ADD_TIME, "add thirty seconds", "add {seconds}|{seconds} more|more (time|rest)"),
        (_I.FASTER, "faster", "faster|speed up"),
        (_I.SLOWER, "slower", "slower|slow down"),
        (_I.LOUDER, "louder", "louder|speak up"),
        (_I.SOFTER, "softer", "softer|quieter"),
        (_I.CUES, "cues", "cues|how do i do (this|it)|tell me how"),
        (_I.HURTS, "it hurts", "(it|that) hurts|i'm hurt|i am in pain"),
        (_I.FINISH, "finish workout", "(finish|end|stop) [the] (workout|session|training)"),
        (_I.YES, "yes", "yes [please]|yeah|yep|correct|that's right"),
        (_I.NO, "no", "no [thanks]|nope|wrong"),
        (_I.HELP, "help", "help|what can i say"),
        (
            _I.LOG,
            "squat five reps at one hundred",
            (
                "[log] {exercise}"
                " [[for] {reps} [reps] [(at|with) {load} [{unit}]]"
                "|{sets} (sets of|by|times) {reps} [reps] [(at|with) {load} [{unit}]]"
                "|[for] {seconds} [(at|with) {load} [{unit}]]"
                "|(at|with) {load} [{unit}]]"
                "|[log] {reps} (reps|rep) [of] {exercise} [(at|with) {load} [{unit}]]"
            ),
        ),
        (
            _I.SETS,
            "three sets of eight at eighty",
            "{sets} (sets of|by) {reps} [reps] [(at|with) {load} [{unit}]]",
        ),
        (
            _I.SAME_AGAIN,
            "same again",
            "[the] same [set] again|the same|another set|one more set|and again",
        ),
        (_I.MORE_SETS, "two more sets", "{sets} more [sets] [(of that|like that)]"),
        (_I.MEANT, "no, bench press", "no [it was|i meant|i said] {exercise}|i meant {exercise}"),
        (
            _I.LAST_TIME,
            "what did I do last",
            "(what did i do last [time]|last time) [(on|with|for) {exercise}]",
        ),
        (
            _I.BODYWEIGHT,
            "bodyweight eighty two point five",
            "[no] (bodyweight|body weight|i weigh) {load} [{unit}]",
        ),
        (_I.MADE, "made it", "[i] (made it|got it)|good lift"),
        (_I.MISSED, "missed it", "[i] (missed|failed) [it]|no lift"),
        (_I.NOTE, "note", "(note|[make|take] a note) [that]"),
        (
            _I.CHOOSE,
            "the second one",
            "[take|i'll take|i want|let's do] {choice} [please]",
        ),
        (
            _I.HAVE,
            "dumbbells and a pull-up bar",
            (
                "[i have|i've got|only|just] {choice}"
                " [[and] {choice} [[and] {choice} [[and] {choice} [[and] {choice}]]]]"
            ),
        ),
        (_I.MORE, "what else", "what else [is there]|anything else|something else|the others"),
        (_I.NONE, "none of them", "none [of (them|these)]|neither|not today|not now"),
    )
)
