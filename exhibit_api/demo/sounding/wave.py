"""From samples to the bytes of a WAV file: mono, 16 bits."""

import struct

import numpy as np

from exhibit_api.demo.sounding.tones import RATE, Signal

LOUDEST = 29_000
"""Of 32,767: what plays it may change the rate, and the curve then goes beyond the samples."""


def wave_bytes(signal: Signal) -> bytes:
    """The signal as a file, its loudest sample at `LOUDEST`."""
    samples = np.rint(signal * (LOUDEST / float(np.max(np.abs(signal))))).astype("<i2").tobytes()
    layout = struct.pack("<HHIIHH", 1, 1, RATE, RATE * 2, 2, 16)
    chunks = b"".join(
        name + struct.pack("<I", len(body)) + body for name, body in ((b"fmt ", layout), (b"data", samples))
    )
    return b"RIFF" + struct.pack("<I", 4 + len(chunks)) + b"WAVE" + chunks
