"""Tones, noise and their course in time, as arrays of samples: by sums, products and polynomials alone.

So every machine gives the same bytes: libm's sines and numpy's vectorised ones differ in the last bit from one to the next.
"""

import numpy as np
from numpy.typing import NDArray

from exhibit_api.demo.modelling.noise import white

RATE = 12_000
"""Samples a second: enough for machines, which hum and knock below 6 kHz."""

Signal = NDArray[np.float64]
"""Samples; their scale does not matter, for the file is brought to full level."""

DIGITS = 12
TURN = 6.283185307179586
_SINE = (1.0, -1 / 6, 1 / 120, -1 / 5040, 1 / 362880, -1 / 39916800)


def times(seconds: float) -> Signal:
    """When each sample sounds, in seconds."""
    return np.arange(round(seconds * RATE)) / RATE


def sine(turns: Signal) -> Signal:
    """The sine of an angle in turns, to five digits: Taylor's polynomial over the first quarter, mirrored."""
    turns = turns - np.floor(turns) - 0.5
    quarter = (0.25 - np.abs(np.abs(turns) - 0.25)) * TURN
    square, value = quarter * quarter, np.zeros_like(quarter)
    for factor in reversed(_SINE):
        value = value * square + factor
    return np.where(turns < 0, 1.0, -1.0) * quarter * value


def tone(hertz: float, seconds: float) -> Signal:
    """A pure tone."""
    return sine(times(seconds) * hertz)


def gliding(start: float, end: float, seconds: float, glide: float) -> Signal:
    """The turns of a tone that goes from one frequency (hertz) to another within `glide` seconds and stays there."""
    t = times(seconds)
    moving = np.minimum(t, glide)
    return start * moving + (end - start) * moving * moving / (2 * glide) + end * (t - moving)


def hiss(seconds: float, seed: int, softness: int = 0) -> Signal:
    """Noise; each step of `softness` halves its brightness. Its sums are exact, since all samples are multiples of 2⁻²⁴."""
    signal = white(1, round(seconds * RATE), seed)[0] - 0.5
    for step in range(softness):
        width = 2 << step
        total = np.cumsum(np.concatenate([np.zeros(width), signal]))
        signal = (total[width:] - total[:-width]) / width
    return np.asarray(signal)


def fading(seconds: float, half: float) -> Signal:
    """A course that begins at 1 and halves every `half` seconds."""
    factors = np.full(round(seconds * RATE), round(0.5 ** (1 / (half * RATE)), DIGITS))
    factors[0] = 1.0
    return np.asarray(np.multiply.accumulate(factors))


def swelling(seconds: float, rise: float, fall: float) -> Signal:
    """A course that rises from 0 within `rise` seconds, stays at 1, and falls to 0 in the last `fall`."""
    t = times(seconds)
    share = np.minimum(np.minimum(t / rise, (seconds - t) / fall), 1.0)
    return np.asarray(share * share * (3 - 2 * share))


def laid(seconds: float, *struck: tuple[float, Signal]) -> Signal:
    """Signals that begin at their times (seconds), over silence; what is longer is cut."""
    whole = np.zeros(round(seconds * RATE))
    for at, signal in struck:
        begin = round(at * RATE)
        part = signal[: len(whole) - begin]
        whole[begin : begin + len(part)] += part
    return whole
