"""Words that an engine's dictionary lacks, said by words that it has."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

Words = tuple[str, ...]

LETTERED = frozenset({"ohp", "rdl", "rir", "rpe"})
"""Words that are said letter by letter."""

_SHORTEST_PART = 2  # letters of either half of a compound: "chin" and "up"


def spelling(word: str, knows: Callable[[str], bool]) -> Words | None:
    """Return words of a dictionary that sound like `word` said; None where there are none.

    That is the word itself, its letters where it is said by them ("r p e"),
    or the two words it is made of ("dead lift"), of all cuts the evenest.
    """
    if knows(word):
        return (word,)
    if word in LETTERED and all(map(knows, word)):
        return tuple(word)
    cuts = range(_SHORTEST_PART, len(word) - _SHORTEST_PART + 1)
    known = [cut for cut in cuts if knows(word[:cut]) and knows(word[cut:])]
    if not known:
        return None
    evenest = min(known, key=lambda cut: abs(len(word) - 2 * cut))
    return word[:evenest], word[evenest:]


def spellings(
    words: Iterable[str], knows: Callable[[str], bool]
) -> tuple[Mapping[str, Words], Words]:
    """Return the spelling of each of `words`, and those that have none, sorted."""
    found: dict[str, Words] = {}
    lacking: list[str] = []
    for word in sorted(set(words)):
        spelt = spelling(word, knows)
        if spelt is None:
            lacking.append(word)
        else:
            found[word] = spelt
    return found, tuple(lacking)
