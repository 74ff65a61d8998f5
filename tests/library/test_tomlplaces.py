import tomllib

import pytest
import tomlkit
from hypothesis import given
from hypothesis import strategies as st

from voicecoach.library.tomlplaces import line_of, places

TEXT = '''\
name = "Full back"  # a comment with [brackets] and "quotes"
"a.b".c = """two
lines""""

[deep]
list = [
  1,  # one
  "two]", { inner = [3,
  4], other = 'x' },
]
literal = \'\'\'
[not.a.table]
\'\'\'

[[workout]]
name = "A"
[[workout.block]]
reps = -1
[[workout.block]]
progress = { rule = "double", step = "5lb" }
[workout.block.extra]
when = 1979-05-27T07:32:00Z
[[workout]]
[[workout.block]]
reps = 3
'''


@pytest.mark.parametrize(
    ("path", "line"),
    [
        (("name",), 1),
        (("a.b", "c"), 2),
        (("deep",), 5),
        (("deep", "list"), 6),
        (("deep", "list", 0), 7),
        (("deep", "list", 1), 8),
        (("deep", "list", 2, "inner", 1), 9),
        (("deep", "list", 2, "other"), 9),
        (("deep", "literal"), 11),
        (("workout", 0, "name"), 16),
        (("workout", 0, "block", 0, "reps"), 18),
        (("workout", 0, "block", 1, "progress", "step"), 20),
        (("workout", 0, "block", 1, "extra", "when"), 22),
        (("workout", 1), 23),
        (("workout", 1, "block", 0, "reps"), 25),
    ],
)
def test_each_key_has_its_line(path, line):
    tomllib.loads(TEXT)  # it is TOML
    assert places(TEXT)[path] == line


def test_what_is_missing_is_looked_for_where_it_should_be():
    lines = places(TEXT)
    assert line_of(lines, ("workout", 1, "block", 0, "exercise")) == 24
    assert line_of(lines, ("nothing",)) is None


def test_deep_nesting_is_passed_over():
    depth = 200
    text = f"a = {'[' * depth}{']' * depth}\nb = 1\n"
    assert places(text)[("b",)] == 2


values = st.recursive(
    st.integers() | st.booleans() | st.text(max_size=8) | st.dates(),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=4), inner, max_size=3)
    ),
    max_leaves=8,
)
documents = st.dictionaries(st.text(max_size=5), values, max_size=4)


def leaves(value, path=()):
    """Yield the path of everything in a parsed document that is neither a table nor a list."""
    if isinstance(value, dict):
        for key, inner in value.items():
            yield from leaves(inner, (*path, key))
    elif isinstance(value, list):
        for index, inner in enumerate(value):
            yield from leaves(inner, (*path, index))
    else:
        yield path


@given(document=documents)
def test_whatever_is_written_has_a_line_of_the_text(document):
    text = tomlkit.dumps(document)
    lines = places(text)
    for path in leaves(tomllib.loads(text)):
        assert 1 <= line_of(lines, path) <= text.count("\n") + 1
        if len(path) < 8:  # deeper ones are passed over
            assert path in lines


@given(document=documents, above=st.integers(1, 5))
def test_lines_above_push_every_place_down(document, above):
    text = tomlkit.dumps(document)
    pushed = places("# above\n" * above + text)
    assert pushed == {path: line + above for path, line in places(text).items()}
