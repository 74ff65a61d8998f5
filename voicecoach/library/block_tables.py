"""One block of a routine, read from its table with every mistake found."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from voicecoach.errors import LibraryError, PlanError, UnitError, shown
from voicecoach.library.document import Table, suggestion
from voicecoach.library.exercises import SEE_LIST, Library
from voicecoach.training import notation
from voicecoach.training.exercise import Exercise
from voicecoach.training.order import rounds
from voicecoach.training.prescription import CountMode, HoldRange, ProgressRule, RepTarget, Tempo
from voicecoach.training.progression.rules import RULES
from voicecoach.training.routine import (
    Block,
    BodyweightLoad,
    LoadRule,
    PercentLoad,
    RpeLoad,
)
from voicecoach.units import Load

MOST_SETS = 50
MOST_RUNGS = 20
WAVE_REPS = RepTarget(5, 5)
"""What stands for the reps of 5/3/1, which change by the week."""


def read_block(table: Table, library: Library, below: Block | None = None) -> Block:
    """Read a block, or a rung of the ladder that begins with the block `below`; nothing raises."""
    exercise = _exercise(table, library)
    reps = table.read("reps", notation.reps_of, None)
    hold = table.read("hold", notation.hold_of, None)
    load = table.read("load", notation.load_rule_of, None)
    progress = _progress(table, hold, load) if below is None else below.progress
    if progress.in_waves:
        reps, hold, load = WAVE_REPS, None, None
        _check_waves(table, exercise)
    else:
        _check_target(table, exercise)
    by_side = table.flag("each_side")
    block = Block(
        exercise=exercise.id if exercise else "",
        sets=_sets(table, progress, below),
        reps=reps,
        hold=hold,
        load=load,
        tempo=table.read("tempo", _tempo_of, None),
        count=table.choice("count", CountMode, CountMode.FREE),
        rest_s=table.read("rest", notation.duration_of, below.rest_s if below else 120),
        vary=_variations(table, library, exercise),
        instead=_instead(table, library, exercise),
        progress=progress,
        by_side=by_side if "each_side" in table else None,
        warmup=table.read("warmup", notation.warmup_of, None),
        drops=table.read("drops", notation.drops_of, None),
    )
    _check_lighter_sets(table, block, exercise)
    if below is None:
        block = _with_rungs(table, library, _with_turns(table, block))
    else:
        block = replace(
            block,
            superset=below.superset,
            change_s=below.change_s,
            interval_s=below.interval_s,
            amrap_s=below.amrap_s,
        )
    table.end()
    return block


def _sets(table: Table, progress: ProgressRule, below: Block | None) -> int:
    if "amrap" in table and below is None:
        if "sets" in table:
            table.find("sets", "rounds go on until the time is over", "take it out")
            table.value("sets")  # it is known here, and wrong
        return notation.MOST_ROUNDS
    if progress.in_waves:
        return 3
    return table.integer("sets", low=1, high=MOST_SETS, default=below.sets if below else 3)


def _with_turns(table: Table, block: Block) -> Block:
    """Read with which other blocks a block takes turns, and whether its sets go by the clock."""
    block = replace(
        block,
        superset=table.text("superset").upper(),
        change_s=table.read("change", notation.duration_of, 0),
        interval_s=table.read("emom", notation.interval_of, None),
        amrap_s=table.read("amrap", notation.amrap_of, None),
    )
    if block.amrap_s is not None:
        _check_rounds(table, block)
    if "change" in table and not block.superset:
        remedy = 'write superset = "A" in each of them'
        table.find("change", "change is the time between exercises that take turns", remedy)
    elif "change" in table and block.interval_s is not None:
        table.find("change", "sets that begin by the clock need no change", "take it out")
    if block.drops is not None and block.interval_s is not None:
        table.find("drops", "sets that begin by the clock leave no time to drop", "take one out")
    return block


def _check_rounds(table: Table, block: Block) -> None:
    """See that rounds against the time have nothing that takes its time or changes them."""
    if block.interval_s is not None:
        table.find("emom", "sets begin by the clock or one after the other", "take one out")
    if block.drops is not None:
        table.find("drops", "rounds against the time are not dropped from", "take one out")
    if block.progress.rule != "none":
        table.find("progress", "rounds against the time stay as they are", "take it out")
    key, amounts = ("hold", block.hold) if block.hold else ("reps", block.reps)
    to_failure = block.reps is not None and block.reps.to_failure
    if amounts is not None and (amounts.low != amounts.high or to_failure):
        table.find(key, "a round is the same each time", "write one number")
    if "change" in table:
        table.find("change", "rounds against the time go straight on", "take it out")


def check_turns(tables: Sequence[Table], blocks: Sequence[Block]) -> None:
    """Find blocks of one superset that stand apart, or of which only some go by the clock."""
    seen: set[str] = set()
    for group in rounds(blocks):
        name = blocks[group[0]].superset
        if name and name in seen:
            problem = f"superset {shown(name)} is interrupted"
            tables[group[0]].find("superset", problem, "put its exercises next to one another")
        seen.add(name)
        by_clock = [blocks[n].interval_s is not None for n in group]
        if any(by_clock) and not all(by_clock):
            problem = f"only some of superset {shown(name)} begin by the clock"
            remedy = 'write emom = "60s" in each of them, or in none'
            tables[group[by_clock.index(True)]].find("emom", problem, remedy)
        if len({blocks[n].amrap_s for n in group}) > 1:
            index = next(n for n in group if blocks[n].amrap_s is not None)
            problem = f"the exercises of superset {shown(name)} go on for different times"
            tables[index].find("amrap", problem, 'write amrap = "8min" in each of them')


def _check_lighter_sets(table: Table, block: Block, exercise: Exercise | None) -> None:
    """See that a block with sets at lighter loads has a load that can be made lighter."""
    if exercise is None:
        return
    reason = never_lighter(block, exercise)
    for key, what in (("warmup", "warm-up sets rise to"), ("drops", "drop sets fall from")):
        if key in table and reason:
            table.find(key, f"{what} a load, and {reason}", "take it out")


def never_lighter(block: Block, exercise: Exercise) -> str | None:
    """Return why no set of a block can have a lighter load than another; None where it can."""
    if exercise.kind.is_hold:
        return f"{exercise.id} is held"
    forms = [exercise.variation(name) for name in block.vary] or [None]
    loaded = any(exercise.implement_for(form).is_loaded for form in forms)
    added = isinstance(block.load, BodyweightLoad) and block.load.added
    return None if loaded or added else f"{exercise.id} has none"


def _with_rungs(table: Table, library: Library, block: Block) -> Block:
    rungs = tuple(
        read_block(rung, library, block) for rung in table.tables("then", most=MOST_RUNGS)
    )
    if rungs and block.progress.rule != "ladder":
        table.find("then", "only a ladder has rungs", 'write progress = { rule = "ladder" }')
    return replace(block, then=rungs)


def _exercise(table: Table, library: Library) -> Exercise | None:
    name = table.text("exercise", required=True)
    if not name:
        return None
    try:
        return library.exercise(name)
    except LibraryError as error:
        where = f"{error.place}: " if error.place else ""
        table.find("exercise", f"{where}{error.problem}", error.remedy)
        return None


def _check_target(table: Table, exercise: Exercise | None) -> None:
    """See that the block has reps or a hold, whichever its exercise is measured by."""
    if "reps" in table and "hold" in table:
        table.find("hold", "a block has either reps or a hold, not both", "take one of them out")
    elif "reps" not in table and "hold" not in table:
        table.find(None, "the block has neither reps nor a hold", 'write reps = "4-6"')
    elif exercise is not None:
        holds = exercise.kind.is_hold
        if holds and "reps" in table:
            table.find("reps", f"{exercise.id} is held, not repeated", 'write hold = "15-30s"')
        if not holds and "hold" in table:
            table.find("hold", f"{exercise.id} is repeated, not held", 'write reps = "4-6"')


def _check_waves(table: Table, exercise: Exercise | None) -> None:
    """See that a block of 5/3/1 leaves to the rule what the rule says."""
    for key in ("sets", "reps", "hold", "load"):
        if key in table:
            table.find(key, f"rule '531' says itself what {key} should be", "take it out")
            table.value(key)  # it is known here, and wrong
    if exercise is not None and (exercise.kind.is_hold or not exercise.implement.is_loaded):
        problem = f"rule '531' needs a load, and {exercise.id} has none"
        table.find("exercise", problem, 'write progress = { rule = "double" }')


def _progress(table: Table, hold: HoldRange | None, load: LoadRule | None) -> ProgressRule:
    """Read how a block progresses; without a word a hold grows and the rest stays as it is."""
    inner = table.table("progress")
    grows = hold is not None and "amrap" not in table
    name = inner.text("rule", default="hold" if grows else "none")
    rule = RULES.get(name)
    if rule is None:
        remedy = suggestion(name, RULES, f"write one of {', '.join(RULES)}")
        inner.find("rule", f"there is no rule {shown(name)}", remedy)
        name = "none"
    elif not (rule.holds if hold else rule.reps):
        what = "a hold" if hold else "repetitions"
        inner.find("rule", f"rule {name!r} does not judge {what}", "take another rule")
    elif name == "percent" and not isinstance(load, PercentLoad):
        inner.find("rule", "rule 'percent' needs a load in percent", 'write load = "85%"')
    elif name == "rpe" and not isinstance(load, RpeLoad):
        inner.find("rule", "rule 'rpe' needs a load by exertion", 'write load = "RPE 8"')
    step = inner.read("step", notation.step_of, None)
    if isinstance(step, Load) and hold is not None:
        inner.find("step", "a hold grows by seconds", 'write step = "5s"')
    if isinstance(step, int) and hold is None and name != "ladder":
        inner.find("step", "repetitions progress by a load", 'write step = "2.5kg"')
    retest = inner.read("retest", notation.weeks_of, None)
    if retest is not None and name != "percent":
        inner.find("retest", "only rule 'percent' goes by a test of the maximum", "take it out")
    inner.end()
    return ProgressRule(
        retest_weeks=retest,
        rule=name,
        step_load=step if isinstance(step, Load) else None,
        step_s=step if isinstance(step, int) else None,
    )


def _variations(table: Table, library: Library, exercise: Exercise | None) -> tuple[str, ...]:
    """Read the variations to take in turn: of the exercise itself, or exercises near to it."""
    if exercise is None:
        return table.texts("vary")
    own = tuple(variation.id for variation in exercise.variations)
    otherwise = f"it has {', '.join(own)}" if own else f"{exercise.id} has none; {SEE_LIST}"
    names = (*own, *library.ids)
    vary = table.known("vary", names, f"variation of {exercise.id}", otherwise)
    others = [name for name in vary if name not in own]
    _check_alike(table, "vary", exercise, others, library)
    return vary


def _instead(table: Table, library: Library, exercise: Exercise | None) -> tuple[str, ...]:
    instead = table.known("instead", library.ids, "exercise", SEE_LIST)
    if exercise is not None:
        _check_alike(table, "instead", exercise, instead, library)
    return instead


def _check_alike(
    table: Table, key: str, exercise: Exercise, others: Sequence[str], library: Library
) -> None:
    """See that what may take an exercise's place is measured as it is: by reps or by seconds."""
    holds = exercise.kind.is_hold
    for name in others:
        try:
            fits = library.exercise(name).kind.is_hold is holds
        except LibraryError as error:
            table.find(key, str(error), "mend that exercise")
            continue
        if not fits:
            what = "held" if holds else "repeated"
            table.find(key, f"{name} cannot be {what} as {exercise.id} is", "give it its own block")


def _tempo_of(value: object) -> Tempo:
    if not isinstance(value, str):
        msg = f"{shown(value)} is no tempo"
        raise UnitError(msg, remedy='write "2-0-1-0": lower, pause, lift, pause')
    try:
        return Tempo.parse(value)
    except PlanError as error:
        raise UnitError(error.problem, remedy=error.remedy) from error
