"""moonshine's two graphs in onnxruntime: samples to frames, frames and tokens to probabilities."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import onnxruntime

from voicecoach.audio.recognisers.tokens import END, REMEDY, START
from voicecoach.errors import ModelError

Floats = npt.NDArray[np.float32]
Cache = dict[str, Floats]

_LAYERS, _HEADS, _WIDTH = 6, 8, 36  # of the decoder's attention
_AT_ONCE = 3  # texts weighed: each of their tokens takes 130 kB, a probability for every other


class Graphs:
    """The encoder and the decoder of one model. Raises ModelError where they cannot be loaded."""

    def __init__(self, encoder: Path, decoder: Path) -> None:
        self._decoder = _session(decoder)  # the larger first: loading takes most while it lasts
        self._encoder = _session(encoder)
        self._outputs = [output.name for output in self._decoder.get_outputs()]

    def listen(self, samples: Floats) -> Listening:
        """Encode 16 kHz `samples`, shape (n,), between -1 and 1."""
        mask = np.ones((1, len(samples)), dtype=np.int64)
        feed = {"input_values": samples[None], "attention_mask": mask}
        return Listening(self._decoder, self._outputs, self._encoder.run(None, feed)[0], mask)


class Listening:
    """One utterance being written down: several texts side by side, a token at a time.

    `begin` gives the log probabilities of the first token, shape (1, vocabulary).
    `go_on(rows, tokens)` goes on with a text per entry of `rows`, the row that
    it continues in the call before, by its `tokens`; shape (len(rows), vocabulary).
    `weigh(texts)` tells how probable whole texts are.
    """

    def __init__(self, decoder: Any, outputs: list[str], frames: Floats, mask: Any) -> None:
        self._decoder = decoder
        self._outputs = outputs
        self._frames = frames
        self._mask = mask
        self._heard: Cache = {}  # the encoder's keys and values: of the first step, kept
        self._written: Cache = {}  # the decoder's: a row a text

    @property
    def frames(self) -> Floats:
        """What the encoder made of the utterance: a frame each 24 ms, shape (n, 288)."""
        frames: Floats = self._frames[0]
        return frames

    def begin(self) -> Floats:
        """Return the log probabilities of the first token."""
        start = np.array([[START]], dtype=np.int64)
        logits = self._run(start, self._nothing(1), self._outputs)
        return _log_softmax(logits[:, -1])

    def go_on(self, rows: npt.NDArray[np.int64], tokens: npt.NDArray[np.int64]) -> Floats:
        """Return the log probabilities of the token after `tokens`."""
        wanted = [name for name in self._outputs if ".encoder." not in name]
        cache = {name: value[rows] for name, value in self._written.items()} | self._heard
        return _log_softmax(self._run(tokens[:, None], cache, wanted, cached=True)[:, -1])

    def weigh(self, texts: Sequence[tuple[int, ...]]) -> list[float]:
        """Return the log probability of each of `texts`, weighed a few at a time."""
        parts = [texts[at : at + _AT_ONCE] for at in range(0, len(texts), _AT_ONCE)]
        return [weight for part in parts for weight in self._weigh(part)]

    def _weigh(self, texts: Sequence[tuple[int, ...]]) -> list[float]:
        longest = max(map(len, texts))
        before = np.full((len(texts), longest), END, dtype=np.int64)
        before[:, 0] = START
        for row, text in enumerate(texts):
            before[row, 1 : len(text)] = text[:-1]
        logits = self._run(before, self._nothing(len(texts)), self._outputs[:1])
        return [
            float(_log_softmax(logits[row, : len(text)])[np.arange(len(text)), text].sum())
            for row, text in enumerate(texts)
        ]

    def _nothing(self, texts: int) -> Cache:
        """Return the cache before the first step."""
        return {
            f"past_key_values.{layer}.{side}.{part}": np.zeros(
                (texts, _HEADS, 0 if side == "decoder" else self._frames.shape[1], _WIDTH),
                np.float32,
            )
            for layer in range(_LAYERS)
            for side in ("decoder", "encoder")
            for part in ("key", "value")
        }

    def _run(
        self,
        tokens: npt.NDArray[np.int64],
        cache: Cache,
        wanted: Sequence[str],
        *,
        cached: bool = False,
    ) -> Floats:
        """Return the decoder's output, shape (texts, tokens, vocabulary), and keep its state.

        `wanted` are the names of the output and of what is kept. After the
        first step what was heard is the same for every text, and one row of it
        stands for all: a row a text took tens of megabytes and a tenth of the time.
        """
        rows = 1 if cached else len(tokens)
        logits, *present = self._decoder.run(
            wanted,
            {
                "encoder_attention_mask": np.broadcast_to(self._mask, (rows, self._mask.shape[1])),
                "input_ids": tokens,
                "encoder_hidden_states": np.broadcast_to(
                    self._frames, (rows, *self._frames.shape[1:])
                ),
                "use_cache_branch": np.array([cached]),
                **cache,
            },
        )
        for output, value in zip(wanted[1:], present, strict=True):
            name = output.replace("present", "past_key_values")
            if ".decoder." in name:
                self._written[name] = value
            else:
                self._heard[name] = value
        return np.asarray(logits)


def _log_softmax(logits: Floats) -> Floats:
    shifted = logits - logits.max(axis=1, keepdims=True)
    likely: Floats = shifted - np.log(np.exp(shifted).sum(axis=1, keepdims=True))
    return likely


def _session(path: Path) -> Any:
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1  # of the machine's cores, the coach may take one
    options.inter_op_num_threads = 1
    options.log_severity_level = 3
    # What one utterance took is not kept for the next: that is 13 MB or more, and no faster.
    options.enable_cpu_mem_arena = False
    options.enable_mem_pattern = False
    try:
        return onnxruntime.InferenceSession(str(path), options, providers=["CPUExecutionProvider"])
    except (RuntimeError, OSError) as error:
        msg = f"the model cannot be loaded ({error})"
        raise ModelError(msg, place=str(path), remedy=REMEDY) from error
