"""Clips made ready to be played: trimmed, brought to one loudness, resampled, faded."""

from __future__ import annotations

import math

import numpy as np
import numpy.typing as npt
import soxr

from voicecoach.audio.ports import Clip, Pcm

SPEECH_LUFS = -23.0
"""Loudness that speech is brought to: that of a broadcast, by EBU R 128."""

FULL_SCALE = 32768
PEAK_LIMIT = 10 ** (-1 / 20)  # 1 dB under full scale, so that resampling has room to overshoot
LEVEL_LU = 0.1  # so near is level
LEVELLINGS = 4  # with peaks held down a clip is softer than was reckoned
LIMIT_MS = 5.0  # to either side of a peak that is held down: no click, and no audible pumping
EDGE_MS = 1.0  # the shortest fade: a sound that is there from the first sample shall not click
AUDIBLE = 10 ** (-46 / 20)  # below this part of its peak a clip counts as silent
AUDIBLE_FLOOR = 16 / FULL_SCALE  # and below this whatever its peak: dither and rounding

GATE_BLOCK_S = 0.4  # ITU-R BS.1770-5: blocks of 400 ms, three quarters overlapping
GATE_HOP_S = 0.1
GATE_ABSOLUTE_LUFS = -70.0
GATE_RELATIVE_LU = -10.0

# ITU-R BS.1770-5, tables 1 and 2: the head's high shelf, then the low cut, at 48 kHz.
K_RATE = 48_000
K_SHELF = (
    (1.53512485958697, -2.69169618940638, 1.19839281085285),
    (1.0, -1.69065929318241, 0.73248077421585),
)
K_LOW_CUT = ((1.0, -2.0, 1.0), (1.0, -1.99004745483398, 0.99007225036621))


def as_pcm(sound: npt.NDArray[np.float64]) -> Pcm:
    """Return samples of full scale 1, shape (n,), as PCM; what is louder is cut off."""
    return np.clip(np.rint(sound * 32767), -32768, 32767).astype(np.int16)


def trimmed(clip: Clip, *, lead_ms: float = 5.0, tail_ms: float = 30.0) -> Clip:
    """Return `clip` without the silence around its sound.

    Up to `lead_ms` before the sound and `tail_ms` after it are kept and
    faded, so that no edge clicks and nothing of the sound is lost. A clip
    that is silent throughout becomes empty.
    """
    level = np.abs(clip.pcm.astype(np.int32))
    threshold = max(AUDIBLE * int(level.max(initial=0)), AUDIBLE_FLOOR * FULL_SCALE)
    heard = np.flatnonzero(level > threshold)
    if not heard.size:
        return Clip(clip.pcm[:0], clip.rate)
    first = max(0, int(heard[0]) - _samples(lead_ms, clip.rate))
    last = min(len(clip.pcm), int(heard[-1]) + 1 + _samples(tail_ms, clip.rate))
    before, after = int(heard[0]) - first, last - int(heard[-1]) - 1
    per_ms = clip.rate / 1000
    return faded(
        Clip(clip.pcm[first:last], clip.rate),
        in_ms=max(EDGE_MS, before / per_ms),
        out_ms=max(EDGE_MS, after / per_ms),
    )


def spoken(clip: Clip) -> Clip:
    """Return an engine's `clip` as every voice gives it: trimmed, at the loudness of speech."""
    return levelled(trimmed(clip))


def word(clip: Clip) -> Clip:
    """Return a number of a count: its sound begins on the first sample and ends soon after it."""
    return levelled(trimmed(clip, lead_ms=0.0, tail_ms=10.0))


def faded(clip: Clip, *, in_ms: float = 0.0, out_ms: float = 0.0) -> Clip:
    """Return `clip` rising from nothing over `in_ms` and falling to nothing over `out_ms`."""
    pcm = clip.pcm.astype(np.float64)
    rise = min(_samples(in_ms, clip.rate), len(pcm))
    fall = min(_samples(out_ms, clip.rate), len(pcm))
    if rise:
        pcm[:rise] *= _half_cosine(rise)
    if fall:
        pcm[-fall:] *= _half_cosine(fall)[::-1]
    return Clip(np.rint(pcm).astype(np.int16), clip.rate)


def levelled(clip: Clip, lufs: float = SPEECH_LUFS) -> Clip:
    """Return `clip` at a loudness of `lufs`, its peaks held down where they would clip.

    What is nearly all peak stays softer.
    """
    for _ in range(LEVELLINGS):
        off = lufs - loudness(clip)
        if abs(off) < LEVEL_LU or off == math.inf:
            break
        clip = _limited(clip.pcm.astype(np.float64) * 10 ** (off / 20), clip.rate)
    return clip


def _limited(wave: npt.NDArray[np.float64], rate: int) -> Clip:
    """Return samples, as a clip, turned down smoothly around each peak over the limit."""
    allowed = np.minimum(1.0, PEAK_LIMIT * FULL_SCALE / np.maximum(np.abs(wave), 1.0))
    if allowed.min(initial=1.0) < 1.0:
        reach = _samples(LIMIT_MS, rate)
        held = np.pad(allowed, 2 * reach, constant_values=1.0)
        held = np.lib.stride_tricks.sliding_window_view(held, 2 * reach + 1).min(axis=1)
        slope = np.hanning(2 * reach + 3)[1:-1]
        wave = wave * np.convolve(held, slope / slope.sum(), "valid")
    return Clip(np.rint(wave).astype(np.int16), rate)


def resampled(clip: Clip, rate: int) -> Clip:
    """Return `clip` at `rate` samples a second."""
    if clip.rate == rate or not len(clip.pcm):
        return Clip(clip.pcm, rate)
    pcm: Pcm = soxr.resample(clip.pcm, clip.rate, rate, quality="HQ")
    return Clip(pcm, rate)


def loudness(clip: Clip) -> float:
    """Return the gated loudness of `clip` in LUFS, as ITU-R BS.1770-5; -inf for silence.

    The K-weighting is applied to the spectrum, which leaves the phase alone:
    loudness is a matter of energy only. A clip under 400 ms is one block.
    """
    weighted = _k_weighted(clip)
    block = min(len(weighted), round(GATE_BLOCK_S * clip.rate))
    if not block:
        return -math.inf
    hop = max(1, round(GATE_HOP_S * clip.rate))
    energy = np.concatenate(([0.0], np.cumsum(weighted**2)))
    starts = np.arange(0, len(weighted) - block + 1, hop)
    power = (energy[starts + block] - energy[starts]) / block
    loud = power[power > _power(GATE_ABSOLUTE_LUFS)]
    if not loud.size:
        return -math.inf
    loud = loud[loud > loud.mean() * 10 ** (GATE_RELATIVE_LU / 10)]
    return -0.691 + 10 * math.log10(float(loud.mean()))


def _power(lufs: float) -> float:
    return float(10 ** ((lufs + 0.691) / 10))


def _k_weighted(clip: Clip) -> npt.NDArray[np.float64]:
    samples = len(clip.pcm)
    if not samples:
        return np.zeros(0)
    size = 1 << samples.bit_length()  # a prime length would take twenty times as long
    spectrum = np.fft.rfft(clip.pcm / FULL_SCALE, size)
    hertz = np.fft.rfftfreq(size, 1 / clip.rate)
    # The standard gives its filters at 48 kHz; their response at a frequency
    # holds at every rate, and nothing of it matters above 24 kHz.
    z = np.exp(-2j * np.pi * np.minimum(hertz, K_RATE / 2) / K_RATE)
    response = np.ones_like(z)
    for (b0, b1, b2), (a0, a1, a2) in (K_SHELF, K_LOW_CUT):
        response *= (b0 + b1 * z + b2 * z**2) / (a0 + a1 * z + a2 * z**2)
    return np.fft.irfft(spectrum * np.abs(response), size)[:samples]


def _samples(ms: float, rate: int) -> int:
    return round(ms * rate / 1000)


def _half_cosine(samples: int) -> npt.NDArray[np.float64]:
    return 0.5 - 0.5 * np.cos(np.pi * (np.arange(samples) + 0.5) / samples)
