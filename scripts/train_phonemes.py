"""Trains the phoneme network that reads moonshine's frames, and writes its weights.

Nothing of it is needed to use the coach. It speaks phrases of the grammar with
every synthesiser it is given, in noise and rooms that it makes itself, lets
moonshine's encoder listen, and fits the network by connectionist temporal
classification. Recordings may be added as a corpus with a manifest.jsonl.

    pip install jax optax hibari-tts
    apt-get install espeak-ng festival festvox-kdlpc16k
    python scripts/train_phonemes.py --minutes 60 --weights phonemes.npz

What the bench says of a voice that was among the speakers means nothing: for
the figures in docs/hearing.md such voices are left out.
"""

from __future__ import annotations

import argparse
import random
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import jax
import jax.numpy as jnp
import numpy as np
import numpy.typing as npt
import optax
import soxr

from voicecoach.audio.ports import HEARING_RATE
from voicecoach.audio.recognisers.decoder import Graphs
from voicecoach.audio.recognisers.moonshine import model_folder
from voicecoach.audio.recognisers.phonemes import NUMBER
from voicecoach.audio.recognisers.pronunciation import Pronunciations, dictionary_file
from voicecoach.audio.wavfile import read_clip
from voicecoach.language.intents import PHRASINGS
from voicecoach.language.intents import IntentName as I
from voicecoach.language.numbers import spoken
from voicecoach.language.parser import everything
from voicecoach.language.template import Alternatives, Node, Slot, Word
from voicecoach.language.template import Sequence as Parts
from voicecoach.runtime.bench.corpus import CHATTER, active_level, active_span, read_corpus

Floats = npt.NDArray[np.float64]

CHANNELS, KERNEL, LAYERS, CLASSES = 128, 5, 3, 40
FRAMES = (64, 110, 220)  # lengths that utterances are padded to
LONGEST_LABEL = 80
BATCH_FRAMES = 4096
COMMON = {I.NUMBER: 10, I.LOAD: 8, I.REPS: 9, I.AMEND: 4, I.WEIGHT: 3, I.DURATION: 3, I.DONE: 4}
"""How much oftener than the others these are said."""

TALK = (
    "are you using this bench", "can i work in", "see you tomorrow", "what time is it",
    "could you spot me", "turn the music up", "thank you very much", "where is the water",
    "large coffee with milk please", "push the floor away", "keep the bar close",
    "i had pizza last night", "my phone is dead", "table for four", "he is thirty five",
    "two more people are coming", "one of them was red", "let me think about it",
)  # fmt: skip
"""What is said in a gym, and not to a coach."""


@dataclass(frozen=True, slots=True)
class Spoken:
    """Somebody said `text`; 16 kHz, full scale 1, no silence around it."""

    text: str
    sound: Floats


@dataclass(frozen=True, slots=True)
class Example:
    """The encoder's frames of an utterance, shape (n, 288), and its phonemes."""

    frames: npt.NDArray[np.float16]
    phonemes: npt.NDArray[np.int32]


class Phrases:
    """Random phrases: of the coach's grammar, of single words of it, and of other talk."""

    def __init__(self, chance: random.Random) -> None:
        self._chance = chance
        names = (
            "bench press",
            "squat",
            "deadlift",
            "pull ups",
            "push ups",
            "dumbbell row",
            "plank",
        )
        self._grammar = everything(exercises=tuple((name, name) for name in names)).grammar
        self._phrasings = [p for p in PHRASINGS if p.name not in (I.COUNT, I.CHOOSE, I.HAVE)]

    def one(self) -> str:
        """Return a phrase."""
        kind = self._chance.random()
        if kind < 0.2:
            return self._chance.choice(TALK)
        if kind < 0.3:
            return " ".join(self._phrase().split()[-1] for _ in range(self._chance.randint(2, 5)))
        return self._phrase()

    def _phrase(self) -> str:
        weights = [COMMON.get(phrasing.name, 1) for phrasing in self._phrasings]
        (phrasing,) = self._chance.choices(self._phrasings, weights)
        return " ".join(" ".join(self._words(phrasing.tree)).split())

    def _words(self, tree: Node) -> Iterator[str]:
        match tree:
            case Word(text):
                yield text
            case Slot("reps"):
                yield spoken(
                    self._chance.choice([*range(1, 13), *range(13, 20), *range(20, 100, 5)])
                )
            case Slot(name):
                yield from self._words(self._grammar.filling(name).tree)
            case Alternatives(choices):
                yield from self._words(self._chance.choice(choices))
            case Parts(parts):
                for part in parts:
                    yield from self._words(part)


def trimmed(sound: Floats, rate: int) -> Floats:
    """Return `sound` at 16 kHz without the silence around it."""
    heard: Floats = soxr.resample(sound, rate, HEARING_RATE)
    loud = np.flatnonzero(np.abs(heard) > 0.01 * np.abs(heard).max())
    return heard[max(0, loud[0] - 400) : loud[-1] + 800]


def espeak(text: str, chance: random.Random, folder: Path) -> Spoken:
    """Say `text` with one of espeak-ng's accents and variants."""
    accents = ("en-us", "en-gb-scotland", "en-gb-x-gbclan", "en-gb-x-rp", "en-029", "en-us-nyc")
    variants = ("m1", "m3", "m5", "m7", "f1", "f2", "f4", "f5", "klatt2", "Andy", "Annie", "Alex")
    voice = f"{chance.choice(accents)}+{chance.choice(variants)}"
    file = folder / "espeak.wav"
    manner = ["-s", str(chance.randint(120, 210)), "-p", str(chance.randint(25, 75))]
    subprocess.run(["espeak-ng", "-v", voice, *manner, "-w", str(file), _letters(text)], check=True)
    clip = read_clip(file)
    return Spoken(text, trimmed(clip.pcm / 32768, clip.rate))


def festival(text: str, chance: random.Random, folder: Path) -> Spoken:
    """Say `text` with festival's ked."""
    file = folder / "ked.wav"
    stretch = f"(Parameter.set 'Duration_Stretch {chance.uniform(0.8, 1.2):.2f})"
    save = f'(utt.save.wave (utt.synth (Utterance Text "{_letters(text)}")) "{file}" \'riff)'
    script = f"(voice_ked_diphone)\n{stretch}\n{save}\n"
    subprocess.run(["festival", "--pipe"], input=script, text=True, check=True)
    clip = read_clip(file)
    return Spoken(text, trimmed(clip.pcm / 32768, clip.rate))


def hibari() -> Callable[[str, random.Random, Path], Spoken]:
    """Return what says a text with hibari's voice."""
    from hibari import SAMPLE_RATE, Hibari  # noqa: PLC0415  # only where it is installed

    voice = Hibari()

    def say(text: str, chance: random.Random, _: Path) -> Spoken:
        sound = voice(_letters(text), speed=chance.uniform(0.8, 1.35), seed=chance.randint(0, 9999))
        return Spoken(text, trimmed(np.asarray(sound, np.float64).ravel(), SAMPLE_RATE))

    return say


def _letters(text: str) -> str:
    return text.replace("rpe", "R P E").replace("rir", "R I R")


def recorded(folder: Path) -> Iterator[Spoken]:
    """Yield the talk of a corpus with its transcripts: people, where the others are machines."""
    corpus = read_corpus(folder)
    for one in corpus.chatter:
        clip = read_clip(corpus.folder / one.path)
        sound = trimmed(clip.pcm / 32768, clip.rate)
        begin, end = active_span(sound)
        if one.kind == CHATTER and one.text and end - begin < 6 * HEARING_RATE:
            yield Spoken(one.text.lower(), sound[begin:end])


def noises(speech: Sequence[Spoken], rng: np.random.Generator) -> list[Floats]:
    """Return noises of 20 s at one level: coloured, voices at once, machines, clatter, music."""
    length = 20 * HEARING_RATE
    seconds = np.arange(length) / HEARING_RATE

    def coloured(slope: float) -> Floats:
        spectrum = np.fft.rfft(rng.standard_normal(length))
        colour: Floats = np.fft.irfft(spectrum / np.maximum(1, np.arange(len(spectrum))) ** slope)
        return colour / colour.std()

    def voices(count: int) -> Floats:
        total = np.zeros(length)
        for _ in range(count):
            parts = [speech[rng.integers(len(speech))].sound for _ in range(20)]
            total += np.resize(np.concatenate(parts), length) * rng.uniform(0.5, 1)
        return total

    def machine() -> Floats:
        total = coloured(0.6)
        for harmonic in range(1, 12):
            frequency = rng.uniform(45, 120) * harmonic
            total += rng.uniform(0, 2 / harmonic) * np.sin(2 * np.pi * frequency * seconds)
        return total

    def struck(times: int, lowest: float, highest: float, decay: float) -> Floats:
        total = coloured(0.5) * 0.3
        for _ in range(times):
            at = rng.integers(0, length - 8000)
            ring = np.arange(8000) / HEARING_RATE
            tones = sum(
                np.sin(2 * np.pi * rng.uniform(lowest, highest) * ring + rng.uniform(0, 6))
                for _ in range(6)
            )
            total[at : at + 8000] += tones * np.exp(-ring * rng.uniform(decay, 8 * decay))
        return total

    made = [coloured(slope) for slope in (0, 0.25, 0.5, 0.75, 1)]
    made += [voices(count) for count in (3, 4, 6, 8)]
    made += [machine() for _ in range(5)]
    made += [struck(int(rng.integers(20, 60)), 300, 6500, 10) for _ in range(5)]  # plates
    made += [struck(120, 55, 880, 2) for _ in range(5)]  # music
    return [noise / noise.std() for noise in made]


def in_a_room(sound: Floats, noise: Floats, rng: np.random.Generator) -> npt.NDArray[np.float32]:
    """Return `sound` as a microphone gives it: another throat, a room, noise, a level."""
    if rng.random() < 0.7:
        sound = soxr.resample(sound, HEARING_RATE, HEARING_RATE * rng.uniform(0.88, 1.14))
    if rng.random() < 0.6:  # another microphone: a tilt and two bumps
        spectrum = np.fft.rfft(sound)
        frequency = np.linspace(0, 8000, len(spectrum))
        gain = rng.uniform(-2, 2) * np.log2((frequency + 200) / 1000)
        for _ in range(2):
            middle, width = rng.uniform(200, 6000), rng.uniform(200, 1500)
            gain += rng.uniform(-8, 8) * np.exp(-(((frequency - middle) / width) ** 2))
        sound = np.fft.irfft(spectrum * 10 ** (gain / 20), len(sound))
    if rng.random() < 0.4:  # a room
        size = int(rng.uniform(0.08, 0.45) * HEARING_RATE)
        tail = rng.standard_normal(size) * np.exp(-np.arange(size) / (size / 6.9))
        tail *= 10 ** (rng.uniform(-18, -4) / 20) / np.sqrt((tail**2).sum())
        tail[0] = 1
        sound = np.convolve(sound, tail)[: len(sound) + size // 3]
    level = active_level(sound)
    before, after = (int(rng.uniform(0.1, 0.45) * HEARING_RATE) for _ in range(2))
    heard = np.pad(sound, (before, after))
    if rng.random() < 0.75:
        start = rng.integers(len(noise))
        piece = np.take(noise, np.arange(len(heard)) + start, mode="wrap")
        heard += piece * level / 10 ** (rng.uniform(-1, 24) / 20)
    if rng.random() < 0.12:  # an earbud's microphone
        heard = soxr.resample(soxr.resample(heard, HEARING_RATE, 8000), 8000, HEARING_RATE)
    heard = heard * 10 ** (rng.uniform(-36, -16) / 20) / level
    heard += rng.standard_normal(len(heard)) * 10 ** (rng.uniform(-85, -60) / 20)
    heard = np.pad(heard, (0, max(0, HEARING_RATE - len(heard))))
    return (heard / max(1.0, float(np.abs(heard).max()))).astype(np.float32)


def examples(speech: Sequence[Spoken], takes: int, rng: np.random.Generator) -> Iterator[Example]:
    """Yield each utterance in `takes` rooms, as moonshine's encoder hears it."""
    folder, dictionary = model_folder(), dictionary_file()
    if folder is None or dictionary is None:
        message = "moonshine's model and pocketsphinx's dictionary are needed"
        raise SystemExit(message)
    graphs = Graphs(folder / "encoder_model.ort", folder / "decoder_model_merged.ort")
    pronunciations = Pronunciations(dictionary)
    around = noises(speech, rng)
    for _ in range(takes):
        for one in speech:
            words = one.text.split()
            known = pronunciations.of(words)
            if any(word not in known for word in words):
                continue
            phonemes = [NUMBER[phone] for word in words for phone in known[word][0]]
            heard = in_a_room(one.sound, around[rng.integers(len(around))], rng)
            frames = graphs.listen(heard).frames.astype(np.float16)
            if len(phonemes) + 2 < len(frames) <= FRAMES[-1] and len(phonemes) <= LONGEST_LABEL:
                yield Example(frames, np.array(phonemes, np.int32))


Weights = dict[str, Any]


def network(weights: Weights, frames: Any, there: Any) -> Any:
    """Return the logits: what PhonemeNetwork.read does, for a batch, in jax."""
    hidden = jax.nn.relu(frames @ weights["in"] + weights["in_bias"]) * there
    for layer in range(LAYERS):
        length = hidden.shape[1]
        padded = jnp.pad(hidden, ((0, 0), (KERNEL // 2, KERNEL // 2), (0, 0)))
        windows = jnp.concatenate([padded[:, at : at + length] for at in range(KERNEL)], axis=-1)
        kernel = weights[f"layer{layer}"].reshape(KERNEL * CHANNELS, CHANNELS)
        hidden = (hidden + jax.nn.relu(windows @ kernel + weights[f"layer{layer}_bias"])) * there
    return hidden @ weights["out"] + weights["out_bias"]


def begun(rng: np.random.Generator) -> Weights:
    """Return weights to begin with."""

    def normal(*shape: int) -> npt.NDArray[np.float32]:
        spread = np.sqrt(2 / np.prod(shape[:-1]))
        return (rng.standard_normal(shape) * spread).astype(np.float32)

    weights = {
        "in": normal(288, CHANNELS),
        "in_bias": np.zeros(CHANNELS, np.float32),
        "out": 0.3 * normal(CHANNELS, CLASSES),
        "out_bias": np.zeros(CLASSES, np.float32),
    }
    for layer in range(LAYERS):
        weights[f"layer{layer}"] = 0.5 * normal(KERNEL, CHANNELS, CHANNELS)
        weights[f"layer{layer}_bias"] = np.zeros(CHANNELS, np.float32)
    return weights


def batches(known: Sequence[Example], chance: random.Random) -> Iterator[tuple[Any, ...]]:
    """Yield the examples of one pass, those of like length together."""
    order = sorted(range(len(known)), key=lambda at: (len(known[at].frames), chance.random()))
    made = []
    while order:
        length = next(size for size in FRAMES if len(known[order[0]].frames) <= size)
        count = BATCH_FRAMES // length
        fitting = [at for at in order if len(known[at].frames) <= length][:count]
        order = [at for at in order if at not in set(fitting)]
        if len(fitting) == count:
            made.append((length, fitting))
    chance.shuffle(made)
    for length, chosen in made:
        frames = np.zeros((len(chosen), length, 288), np.float32)
        absent = np.ones((len(chosen), length), np.float32)
        labels = np.zeros((len(chosen), LONGEST_LABEL), np.int32)
        unlabelled = np.ones((len(chosen), LONGEST_LABEL), np.float32)
        for row, at in enumerate(chosen):
            one = known[at]
            frames[row, : len(one.frames)], absent[row, : len(one.frames)] = one.frames, 0
            labels[row, : len(one.phonemes)], unlabelled[row, : len(one.phonemes)] = one.phonemes, 0
        yield frames, absent, labels, unlabelled


def fitted(known: Sequence[Example], minutes: float, rate: float) -> Weights:
    """Return the weights after `minutes` of fitting."""
    sample = np.concatenate([one.frames for one in known[::20]]).astype(np.float32)
    mean, deviation = sample.mean(axis=0), sample.std(axis=0) + 1e-3
    weights = begun(np.random.default_rng(0))
    schedule = optax.cosine_onecycle_schedule(10_000, rate)
    optimiser = optax.chain(
        optax.clip_by_global_norm(1.0), optax.adamw(schedule, weight_decay=1e-3)
    )

    def loss(weights: Weights, batch: tuple[Any, ...]) -> Any:
        frames, absent, labels, unlabelled = batch
        logits = network(weights, (frames - mean) / deviation, 1 - absent[..., None])
        return optax.ctc_loss(logits, absent, labels, unlabelled).mean()

    @jax.jit
    def step(weights: Weights, state: Any, batch: tuple[Any, ...]) -> tuple[Weights, Any, Any]:
        value, slope = jax.value_and_grad(loss)(weights, batch)
        update, state = optimiser.update(slope, state, weights)
        return optax.apply_updates(weights, update), state, value

    state, chance = optimiser.init(weights), random.Random(0)  # noqa: S311  # keeps no secret
    ends = time.monotonic() + 60 * minutes
    while time.monotonic() < ends:
        losses = []
        for batch in batches(known, chance):
            weights, state, value = step(weights, state, batch)
            losses.append(float(value))
        if not losses:
            message = "these are too few utterances for one batch: speak more phrases"
            raise SystemExit(message)
        print(f"{np.mean(losses):.3f} nats an utterance")
    return {"mean": mean, "deviation": deviation, **weights}


def main() -> None:
    """Speak, listen, fit, and write."""
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    options.add_argument("--phrases", type=int, default=4000, help="of each synthesiser")
    options.add_argument("--takes", type=int, default=3, help="rooms that each is heard in")
    options.add_argument("--minutes", type=float, default=60, help="of fitting")
    options.add_argument("--rate", type=float, default=2e-3, help="of learning, at its highest")
    options.add_argument("--recorded", type=Path, help="a corpus whose talk is learnt from as well")
    options.add_argument("--weights", type=Path, required=True, help="the file to write")
    asked = options.parse_args()
    chance = random.Random(1)  # noqa: S311  # keeps no secret
    phrases = Phrases(chance)
    with tempfile.TemporaryDirectory() as name:
        speech = [
            say(phrases.one(), chance, Path(name))
            for say in (espeak, festival, hibari())
            for _ in range(asked.phrases)
        ]
    if asked.recorded is not None:
        speech += recorded(asked.recorded)
    known = list(examples(speech, asked.takes, np.random.default_rng(2)))
    print(f"{len(known)} utterances")
    weights = fitted(known, asked.minutes, asked.rate)
    np.savez(asked.weights, **{key: np.asarray(v, np.float16) for key, v in weights.items()})


if __name__ == "__main__":
    main()
