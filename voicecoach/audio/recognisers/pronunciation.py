"""How words are pronounced: the dictionary that pocketsphinx's wheel carries, read as text."""

from __future__ import annotations

import importlib.util
from collections.abc import Iterable, Mapping
from pathlib import Path

from voicecoach.audio.recognisers.lexicon import spelling

Phones = tuple[str, ...]
"""Phonemes of English in the ARPAbet of the CMU dictionary, without stress."""

_SPELT_OUT: Mapping[str, Phones] = {
    word: tuple(phones.split())
    for word, phones in {
        "adduction": "AH D AH K SH AH N",
        "adductions": "AH D AH K SH AH N Z",
        "adductor": "AH D AH K T ER",
        "amrap": "AE M R AE P",
        "aparts": "AH P AA R T S",
        "chins": "CH IH N Z",
        "deads": "D EH D Z",
        "delt": "D EH L T",
        "delts": "D EH L T S",
        "flexor": "F L EH K S ER",
        "flexors": "F L EH K S ER Z",
        "glute": "G L UW T",
        "glutes": "G L UW T S",
        "laterals": "L AE T ER AH L Z",
        "nordics": "N AO R D IH K S",
        "pec": "P EH K",
        "pecs": "P EH K S",
        "pendlay": "P EH N D L EY",
        "rdls": "AA R D IY EH L Z",
        "rotator": "R OW T EY T ER",
        "scap": "S K AE P",
        "scapular": "S K AE P Y AH L ER",
    }.items()
}
"""Words of the gym that no dictionary has, and that put together would be said otherwise."""


def dictionary_file() -> Path | None:
    """Return where the dictionary lies, or None without pocketsphinx, which is not imported."""
    spec = importlib.util.find_spec("pocketsphinx")
    for place in (spec.submodule_search_locations or ()) if spec else ():
        file = Path(place) / "model" / "en-us" / "cmudict-en-us.dict"
        if file.is_file():
            return file
    return None


class Pronunciations:
    """The pronunciations of words, each looked up once in the dictionary's text.

    Without a dictionary hardly a word has one.
    """

    def __init__(self, file: Path | None) -> None:
        self._text = b"\n" if file is None else b"\n" + file.read_bytes()
        self._known: dict[str, tuple[Phones, ...]] = {}

    def of(self, words: Iterable[str]) -> Mapping[str, tuple[Phones, ...]]:
        """Return every pronunciation of each of `words`; a word that has none is left out.

        What the dictionary lacks is put together of letters or of two words
        ("dead lift").
        """
        found = {word: self.listed(word) or self._put_together(word) for word in words}
        return {word: pronounced for word, pronounced in found.items() if pronounced}

    def one_of_each_sound(self, words: Iterable[str]) -> Mapping[str, str]:
        """Return for each of `words` the one among them that stands for all that sound like it.

        Of "to", "too" and "two" it is one that is never slurred.
        """
        listed = {word: self.listed(word) for word in sorted(words)}
        stands: dict[Phones, str] = {}
        for word in sorted(listed, key=lambda one: len(listed[one])):
            for phones in listed[word][:1]:
                stands.setdefault(phones, word)
        return {word: stands[found[0]] if found else word for word, found in listed.items()}

    def listed(self, word: str) -> tuple[Phones, ...]:
        """Return what the dictionary has: the word's own line, and those of its variants."""
        known = self._known.get(word)
        if known is None:
            lines: list[Phones] = []
            at = self._text.find(f"\n{word} ".encode())
            while at >= 0:
                line, end = at + 1, self._text.find(b"\n", at + 1)
                lines.append(tuple(self._text[line:end].decode().split()[1:]))
                at = end if self._text.startswith(f"\n{word}(".encode(), end) else -1
            known = self._known[word] = tuple(lines)
        return known

    def _put_together(self, word: str) -> tuple[Phones, ...]:
        if word in _SPELT_OUT:
            return (_SPELT_OUT[word],)
        spelt = spelling(word, lambda part: bool(self.listed(part)))
        if spelt is None:
            return ()
        return (tuple(phone for part in spelt for phone in self.listed(part)[0]),)
