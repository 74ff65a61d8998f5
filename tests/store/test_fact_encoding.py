"""Every fact that can be said can be kept, and comes back as it was."""

from __future__ import annotations

import json
from dataclasses import fields
from decimal import Decimal
from enum import Enum
from types import NoneType
from typing import Any, get_args, get_origin, get_type_hints

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from voicecoach.errors import LogError
from voicecoach.session.facts import (
    Fact,
    LoadChosen,
    SessionStarted,
    SetAmended,
    SetLogged,
    SetResult,
)
from voicecoach.store.codec import as_json
from voicecoach.store.encoding import FACT_KINDS, decode_fact, encode_fact
from voicecoach.training.prescription import HoldTarget, RepTarget, SetKind, Tempo
from voicecoach.units import Load, Rpe

whole = st.integers(min_value=0, max_value=2**53)
phase = st.decimals(min_value=0, max_value=30, places=2)
OF_PLAIN_TYPES: dict[Any, st.SearchStrategy[Any]] = {
    NoneType: st.none(),
    bool: st.booleans(),
    int: whole,
    str: st.text(st.characters(exclude_characters="\0", exclude_categories=["Cs"]), max_size=12),
    Decimal: phase,
    Load: st.builds(Load, whole),
    Rpe: st.builds(lambda halves: Rpe(Decimal(halves) / 2), st.integers(10, 20)),
    Tempo: st.builds(Tempo, phase, phase, phase, phase),
    RepTarget: st.builds(
        lambda low, more, to_failure: RepTarget(low, low + more, to_failure),
        st.integers(1, 100),
        st.integers(0, 50),
        st.booleans(),
    ),
    HoldTarget: st.builds(HoldTarget, st.integers(1, 600)),
}


def values_of(hint: Any) -> st.SearchStrategy[Any]:
    """Return all values a field of that type may have, found by its dataclasses' fields."""
    if hint in OF_PLAIN_TYPES:
        return OF_PLAIN_TYPES[hint]
    if get_origin(hint) is tuple:
        item, *rest = get_args(hint)
        if rest == [Ellipsis]:
            return st.lists(values_of(item), max_size=2).map(tuple)
        return st.tuples(*(values_of(part) for part in get_args(hint)))
    if get_args(hint):
        return st.one_of(*(values_of(part) for part in get_args(hint)))
    if issubclass(hint, Enum):
        return st.sampled_from(hint)
    hints = get_type_hints(hint)
    return st.builds(hint, **{field.name: values_of(hints[field.name]) for field in fields(hint)})


@pytest.mark.parametrize("kind", get_args(Fact), ids=lambda kind: kind.__name__)
def test_every_kind_of_fact_comes_back_as_it_was(kind: type[Fact]) -> None:
    @settings(max_examples=25, deadline=None)
    @given(values_of(kind))
    def comes_back(fact: Fact) -> None:
        name, body = encode_fact(fact)
        assert decode_fact(name, body) == fact
        assert json.loads(body) == as_json(kind, fact)

    comes_back()


def test_every_kind_of_fact_has_its_name_in_the_log() -> None:
    assert set(FACT_KINDS.values()) == set(get_args(Fact))
    assert all("at_ms" in {field.name for field in fields(kind)} for kind in FACT_KINDS.values())


def test_loads_are_kept_as_grams_and_exertion_as_text() -> None:
    result = SetResult(reps=5, load=Load.lb(225), rpe=Rpe(Decimal("8.5")))
    kind, body = encode_fact(SetAmended(at_ms=1, set_id="a", result=result))
    assert kind == "SetAmended"
    assert json.loads(body) == {
        "at_ms": 1,
        "set_id": "a",
        "result": {
            "reps": 5,
            "hold_s": None,
            "load": 102058,
            "rpe": "8.5",
            "effort": None,
            "pain": False,
            "note": "",
        },
    }


def test_a_fact_older_than_one_of_its_fields_takes_the_default() -> None:
    body = '{"at_ms":1,"set_id":"a","result":{"reps":5}}'
    assert decode_fact("SetAmended", body) == SetAmended(
        at_ms=1, set_id="a", result=SetResult(reps=5)
    )


def test_a_plan_older_than_supersets_still_leads_a_session() -> None:
    body = """{"at_ms": 0, "plan": {"routine": "r", "name": "R", "workout": "A", "blocks": [
        {"exercise": {"id": "squat", "name": "squat"}, "why": "All three sets reached six.",
         "sets": [{"target": {"is": "RepTarget", "low": 4, "high": 6}, "load": 100000}]}]}}"""
    started = decode_fact("SessionStarted", body)
    assert isinstance(started, SessionStarted)
    (block,) = started.plan.blocks
    assert (block.superset, block.warmup, block.each_side) == ("", None, False)
    assert block.working.load == Load.kg(100)


@pytest.mark.parametrize(
    ("kind", "body", "named"),
    [
        ("SetTeleported", "{}", "'SetTeleported'"),
        (
            "SetVoided",
            '{"at_ms":1,"set_id":"a","where":"moon"}',
            "SetVoided: an unknown field 'where'",
        ),
        ("SetVoided", '{"at_ms":1}', "SetVoided: the field 'set_id' is missing"),
        ("SetVoided", '{"at_ms":"1","set_id":"a"}', "SetVoided.at_ms: '1'"),
        ("SetVoided", '{"at_ms":true,"set_id":"a"}', "SetVoided.at_ms: True"),
        ("SetVoided", '{"at_ms":null,"set_id":"a"}', "SetVoided.at_ms: None"),
        ("SetVoided", '{"at_ms":1,', "SetVoided"),
        ("SetVoided", "[]", "SetVoided: []"),
        ("LoadChosen", '{"at_ms":1,"block":0,"load":-1}', "LoadChosen.load: a load of -1 g"),
        ("LoadChosen", '{"at_ms":1,"block":0,"load":1.5}', "LoadChosen.load: 1.5"),
        (
            "SetAmended",
            '{"at_ms":1,"set_id":"a","result":{"rpe":"much"}}',
            "SetAmended.result.rpe: 'much'",
        ),
        ("SetAmended", '{"at_ms":1,"set_id":"a","result":{"rpe":"11"}}', "an RPE of 11"),
        (
            "SessionStarted",
            '{"at_ms":0,"plan":{"routine":"r","name":"R","workout":"A","unit":"stone","blocks":[]}}',
            "SessionStarted.plan.unit: 'stone'",
        ),
        (
            "SessionStarted",
            '{"at_ms":0,"plan":{"routine":"r","name":"R","workout":"A","blocks":"none"}}',
            "SessionStarted.plan.blocks: 'none'",
        ),
        (
            "SessionStarted",
            '{"at_ms":0,"plan":{"routine":"r","name":"R","workout":"A","blocks":[{"sets":[{"target":{"is":"Moon"}}]}]}}',
            "SessionStarted.plan.blocks[0].sets[0].target",
        ),
    ],
)
def test_a_fact_that_cannot_be_read_is_named(kind: str, body: str, named: str) -> None:
    with pytest.raises(LogError) as caught:
        decode_fact(kind, body)
    assert named in str(caught.value)


@pytest.mark.parametrize("unfit", ["\ud800", "\0"])
def test_what_is_no_character_is_refused_before_it_reaches_the_log(unfit: str) -> None:
    fact = SetLogged(
        at_ms=1,
        set_id="a",
        block=0,
        number=1,
        exercise="deadlift",
        variation=None,
        kind=SetKind.WORKING,
        low=4,
        high=6,
        result=SetResult(note=f"tight {unfit} shoulder"),
        source="typed",
    )
    with pytest.raises(LogError, match="no character"):
        encode_fact(fact)


@settings(deadline=None)
@given(st.decimals(min_value=0, max_value=1000, places=2))
def test_a_load_in_pounds_survives_the_log_to_the_gram(pounds: Decimal) -> None:
    fact = LoadChosen(at_ms=0, block=0, load=Load.lb(pounds))
    assert decode_fact(*encode_fact(fact)) == fact
