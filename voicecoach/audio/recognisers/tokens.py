"""Byte-pair encoding with moonshine's vocabulary: text to tokens and back."""

from __future__ import annotations

from pathlib import Path

from voicecoach.errors import ModelError

START, END = 1, 2
"""The tokens a decoding begins and ends with."""

REMEDY = "pip install --force-reinstall moonshine-voice==0.0.73, which has the model inside"

SPACE = "▁"
"""How a space is written in the vocabulary."""


class Tokeniser:
    """The vocabulary of one model, and its encoding of short texts.

    Two adjacent pieces are merged when together they are in the vocabulary,
    the pair with the lowest number first. A model knows a word only by the
    cut it was trained on, so the order matters: any other cut of "sixty" is
    another, improbable, text to it.
    """

    def __init__(self, pieces: list[bytes]) -> None:
        self._pieces = pieces
        # Single bytes are there twice: first all 256 as a last resort for what
        # has no piece, then those that are letters and marks. The later is meant.
        self._number = {piece: number for number, piece in enumerate(pieces)}
        self._encoded: dict[str, tuple[int, ...]] = {}

    @classmethod
    def read(cls, path: Path) -> Tokeniser:
        """Read `tokenizer.bin`: a list of byte strings, each after its length.

        A length over 127 takes two bytes, the low seven bits first. Raises
        ModelError where the file cannot be read or ends within a piece.
        """
        try:
            data = path.read_bytes()
        except OSError as error:
            msg = f"the vocabulary cannot be read ({error.strerror})"
            raise ModelError(msg, place=str(path), remedy=REMEDY) from error
        pieces: list[bytes] = []
        at = 0
        while at < len(data):
            length = data[at]
            at += 1
            if length > 127 and at < len(data):
                length = (length & 0x7F) | data[at] << 7
                at += 1
            pieces.append(data[at : at + length])
            at += length
        if at != len(data) or len(pieces) <= END:
            msg = f"the vocabulary ends within its piece {len(pieces)}"
            raise ModelError(msg, place=str(path), remedy=REMEDY)
        return cls(pieces)

    def __len__(self) -> int:
        return len(self._pieces)

    def encode(self, text: str) -> tuple[int, ...]:
        """Return the tokens of `text`, in which a space is written `▁`.

        Raises ValueError for a character the vocabulary lacks.
        """
        known = self._encoded.get(text)
        if known is None:
            known = self._encoded[text] = self._merge([char.encode() for char in text])
        return known

    def _merge(self, parts: list[bytes]) -> tuple[int, ...]:
        while len(parts) > 1:
            pairs = (
                (self._number.get(parts[at] + parts[at + 1]), at) for at in range(len(parts) - 1)
            )
            known = [(number, at) for number, at in pairs if number is not None]
            if not known:
                break
            _, at = min(known)
            parts[at : at + 2] = [parts[at] + parts[at + 1]]
        try:
            return tuple(self._number[part] for part in parts)
        except KeyError as error:
            msg = f"the vocabulary has no piece {error}"
            raise ValueError(msg) from None

    def decode(self, tokens: tuple[int, ...]) -> str:
        """Return the text of `tokens`, spaces as spaces, the start and end left out."""
        pieces = (self._pieces[token] for token in tokens if token not in (START, END))
        return b"".join(pieces).decode(errors="replace").replace(SPACE, " ").strip()
