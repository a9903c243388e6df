"""Five sounds of the demo exhibition's machines. Nobody speaks in them."""

import numpy as np

from exhibit_api.demo.sounding.tones import Signal, fading, gliding, hiss, laid, sine, swelling, tone

SECONDS = 4.5


def rail_joints() -> Signal:
    """A wheel-set that rolls: a low hum, and a double knock at each rail joint, from its two axles."""
    base = gliding(46, 52, SECONDS, SECONDS)
    hum = sine(base) + 0.55 * sine(2 * base) + 0.3 * sine(3 * base) + 0.12 * sine(7 * base)
    rolling = hiss(SECONDS, seed=11, softness=4) * 6
    knocks = [(at + axle, _knock(110, seed=12)) for at in (0.55, 1.65, 2.70, 3.70) for axle in (0.0, 0.17)]
    return (0.5 * hum + rolling + 2.6 * laid(SECONDS, *knocks)) * swelling(SECONDS, 0.3, 0.5)


def loom_beat() -> Signal:
    """A drawloom at work: the harness rises with a clatter, the shuttle runs, the batten beats; three times."""
    shuttle = hiss(0.42, seed=22, softness=1) * swelling(0.42, 0.25, 0.12)
    strokes = []
    for beat, at in enumerate((0.1, 1.55, 3.0)):
        clatter = [(at + 0.045 * i, 0.35 * _knock(640 + 90 * (i % 3), seed=30 + 9 * beat + i)) for i in range(5)]
        strokes += [*clatter, (at + 0.34, 0.5 * shuttle), (at + 0.80, 1.7 * _knock(84, seed=50 + beat))]
    return laid(SECONDS, *strokes) * swelling(SECONDS, 0.02, 0.3)


def turbine_water() -> Signal:
    """A water turbine: a broad rush that swells as the guide vanes open, and the beat of the blades within it."""
    rush = hiss(SECONDS, seed=71, softness=2) + 2.2 * hiss(SECONDS, seed=72, softness=5)
    blades = gliding(9, 21, SECONDS, 2.4)
    beating = 1 + 0.35 * sine(blades)
    hum = 0.22 * sine(4 * blades) + 0.12 * sine(8 * blades)
    return (rush * beating + hum) * swelling(SECONDS, 2.2, 0.7)


def compressor_start() -> Signal:
    """A scroll compressor that starts: a tick of the relay, a whine that climbs, an even purr."""
    turning = gliding(8, 58, SECONDS - 0.4, 1.7)
    whine = sine(turning) + 0.6 * sine(2 * turning) + 0.25 * sine(6 * turning) + 0.18 * sine(11 * turning)
    suction = hiss(SECONDS - 0.4, seed=81, softness=1) * 0.25
    running = (whine + suction) * swelling(SECONDS - 0.4, 1.4, 0.5)
    return laid(SECONDS, (0.12, 1.2 * _knock(1500, seed=82)), (0.4, 0.6 * running))


def award_bell() -> Signal:
    """A bronze bell, struck twice. Its partials stand as a cast bell's do: hum, prime, minor third, fifth, octave, and above."""
    partials = (
        (0.5, 0.5, 1.1),
        (1.0, 0.8, 0.7),
        (1.2, 0.6, 0.5),
        (1.5, 0.35, 0.36),
        (2.0, 0.9, 0.3),
        (2.74, 0.3, 0.15),
    )
    stroke = np.zeros(len(tone(1, SECONDS)))
    for ratio, loudness, half in partials:
        stroke = stroke + loudness * tone(430 * ratio, SECONDS) * fading(SECONDS, half)
    clapper = 0.8 * hiss(0.05, seed=91, softness=1) * fading(0.05, 0.006)
    struck = laid(SECONDS, (0.0, stroke), (0.0, clapper)) * swelling(SECONDS, 0.001, 0.01)
    return laid(SECONDS, (0.05, struck), (1.75, 0.8 * struck)) * swelling(SECONDS, 0.01, 0.8)


def _knock(hertz: float, seed: int) -> Signal:
    """Something hard on something hollow, a third of a second."""
    body = tone(hertz, 0.3) * fading(0.3, 0.035) + 0.5 * tone(hertz * 2.3, 0.3) * fading(0.3, 0.018)
    return body + 1.4 * hiss(0.3, seed, softness=1) * fading(0.3, 0.008)
