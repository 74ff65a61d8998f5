"""Whatever comes in: one clear error at most, and no file outside its place."""

from __future__ import annotations

import runpy
import tempfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

DOORS = runpy.run_path(str(Path(__file__).with_name("targets.py")))
TARGETS = DOORS["TARGETS"]

LURES = (
    b"\0", b"\xff\xfe", b"\n", b'"', b"'", b"[", b"]" * 500, b"[" * 5000, b"{", b"=", b"-1",
    b"1e999", b"9" * 400, b"../../", b"/etc/passwd", b"\xef\xbb\xbf", "\N{HUGGING FACE}".encode(),
    b"nan", b"null", b"x" * 10_000, b"2026-02-30", b"%n%s", b"\\u0000", b"\r",
)  # fmt: skip


@st.composite
def spoilt(draw: st.DrawFn, example: bytes) -> bytes:
    """Return an example with a few places cut, doubled, swapped or overwritten."""
    content = example
    for _ in range(draw(st.integers(0, 4))):
        start = draw(st.integers(0, len(content)))
        end = min(len(content), start + draw(st.integers(0, 40)))
        part = content[start:end]
        put = draw(st.sampled_from([b"", part * 2, part[::-1], *LURES]) | st.binary(max_size=8))
        content = content[:start] + put + content[end:]
    return content


@pytest.mark.parametrize("name", sorted(TARGETS))
def test_what_belongs_at_a_door_is_taken_in(name: str, tmp_path: Path) -> None:
    assert DOORS["knock"](TARGETS[name], TARGETS[name].examples[0], tmp_path)


@pytest.mark.parametrize("name", sorted(TARGETS))
@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_nothing_that_comes_breaks_the_coach_or_leaves_its_folder(
    name: str, data: st.DataObject
) -> None:
    target = TARGETS[name]
    content = data.draw(
        st.one_of(st.binary(max_size=200), *(spoilt(example) for example in target.examples))
    )
    with tempfile.TemporaryDirectory() as around:
        folder = Path(around) / "place"
        folder.mkdir()
        DOORS["knock"](target, content, folder)
        assert list(Path(around).iterdir()) == [folder]
