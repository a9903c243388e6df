"""A zlib stream by our own compressor, because zlib's builds (zlib, zlib-ng, …) give different bytes for the same data.

One DEFLATE block with dynamic Huffman codes (RFC 1951) over greedy LZ77 matches. Slow and simple: for textures of a few
hundred kilobytes.
"""

import heapq
import struct
import zlib
from collections import Counter
from collections.abc import Iterable

WINDOW = 32768
LONGEST = 258
CHAIN = 48  # how many earlier places are tried for a match
END = 256
LENGTHS = (
    3,
    4,
    5,
    6,
    7,
    8,
    9,
    10,
    11,
    13,
    15,
    17,
    19,
    23,
    27,
    31,
    35,
    43,
    51,
    59,
    67,
    83,
    99,
    115,
    131,
    163,
    195,
    227,
    258,
)
LENGTH_BITS = (0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 2, 2, 3, 3, 3, 3, 4, 4, 4, 4, 5, 5, 5, 5, 0)
DISTANCES = (
    1, 2, 3, 4, 5, 7, 9, 13, 17, 25, 33, 49, 65, 97, 129, 193, 257, 385, 513, 769, 1025, 1537, 2049, 3073, 4097, 6145,
    8193, 12289, 16385, 24577,
)  # fmt: skip
DISTANCE_BITS = tuple(max(0, code // 2 - 1) for code in range(30))
CODE_ORDER = (16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15)

Symbol = tuple[int, int, int, int, int, int]  # literal or length code, its extra bits and value, the same for distance


class _Bits:
    """Bits, the lowest first."""

    def __init__(self) -> None:
        self.done = bytearray()
        self.held = 0
        self.count = 0

    def put(self, value: int, width: int) -> None:
        self.held |= value << self.count
        self.count += width
        while self.count >= 8:
            self.done.append(self.held & 255)
            self.held >>= 8
            self.count -= 8

    def whole(self) -> bytes:
        return bytes(self.done) + (bytes([self.held]) if self.count else b"")


def compressed(data: bytes) -> bytes:
    """The data as a zlib stream, the same bytes on every machine."""
    symbols = [*_symbols(data), (END, 0, 0, -1, 0, 0)]
    literal = _code_lengths(Counter(symbol[0] for symbol in symbols), 286, 15)
    distance = _code_lengths(Counter(symbol[3] for symbol in symbols if symbol[3] >= 0), 30, 15)
    bits = _Bits()
    bits.put(0b101, 3)  # the last block, dynamic codes
    _put_tables(bits, literal, distance)
    literal_codes, distance_codes = _codes(literal), _codes(distance)
    for code, extra, value, far, far_extra, far_value in symbols:
        bits.put(literal_codes[code], literal[code])
        if far >= 0:
            bits.put(value, extra)
            bits.put(distance_codes[far], distance[far])
            bits.put(far_value, far_extra)
    return b"\x78\xda" + bits.whole() + struct.pack(">I", zlib.adler32(data))


def _symbols(data: bytes) -> Iterable[Symbol]:
    """Literals and matches, the longest match at each place, the nearest of equals."""
    latest: dict[bytes, list[int]] = {}
    place, size = 0, len(data)
    while place < size:
        length, source = 2, 0
        for earlier in reversed(latest.get(data[place : place + 3], [])[-CHAIN:]):
            if place - earlier > WINDOW:
                break
            if data[earlier + length : earlier + length + 1] != data[place + length : place + length + 1]:
                continue
            run = 3
            limit = min(LONGEST, size - place)
            while run < limit and data[earlier + run] == data[place + run]:
                run += 1
            if run > length:
                length, source = run, earlier
                if run == limit:
                    break
        if length < 3:
            length = 1
            yield (data[place], 0, 0, -1, 0, 0)
        else:
            code = _slot(LENGTHS, length)
            far = _slot(DISTANCES, place - source)
            yield (
                257 + code, LENGTH_BITS[code], length - LENGTHS[code],
                far, DISTANCE_BITS[far], place - source - DISTANCES[far],
            )  # fmt: skip
        for step in range(place, min(place + length, size - 2)):
            latest.setdefault(data[step : step + 3], []).append(step)
        place += length


def _slot(table: tuple[int, ...], value: int) -> int:
    return next(code for code in range(len(table) - 1, -1, -1) if table[code] <= value)


def _code_lengths(counts: Counter[int], size: int, longest: int) -> list[int]:
    """Huffman code lengths; while one is too long the rare symbols are taken for less rare."""
    weights = {symbol: counts[symbol] for symbol in sorted(counts)}
    for spare in range(size):  # a decoder wants at least two codes
        if len(weights) >= 2:
            break
        weights.setdefault(spare, 1)
    while True:
        heap: list[tuple[int, int, list[int]]] = [(weight, symbol, [symbol]) for symbol, weight in weights.items()]
        heapq.heapify(heap)
        lengths = [0] * size
        tie = size
        while len(heap) > 1:
            first, second = heapq.heappop(heap), heapq.heappop(heap)
            members = first[2] + second[2]
            for symbol in members:
                lengths[symbol] += 1
            heapq.heappush(heap, (first[0] + second[0], tie, members))
            tie += 1
        if max(lengths) <= longest:
            return lengths
        weights = {symbol: weight // 2 + 1 for symbol, weight in weights.items()}


def _codes(lengths: list[int]) -> list[int]:
    """Canonical codes with their bits reversed, as DEFLATE writes them."""
    codes = [0] * len(lengths)
    code = 0
    for length in range(1, 16):
        for symbol, own in enumerate(lengths):
            if own == length:
                codes[symbol] = int(f"{code:0{length}b}"[::-1], 2)
                code += 1
        code <<= 1
    return codes


def _put_tables(bits: _Bits, literal: list[int], distance: list[int]) -> None:
    used = max(index for index, length in enumerate(literal) if length) + 1
    reach = max(index for index, length in enumerate(distance) if length) + 1
    lengths = literal[:used] + distance[:reach]
    alphabet = _code_lengths(Counter(lengths), 19, 7)
    order = [alphabet[symbol] for symbol in CODE_ORDER]
    shown = max(4, max(index for index, length in enumerate(order) if length) + 1)
    bits.put(used - 257, 5)
    bits.put(reach - 1, 5)
    bits.put(shown - 4, 4)
    for length in order[:shown]:
        bits.put(length, 3)
    codes = _codes(alphabet)
    for length in lengths:  # run lengths would save some thirty bytes a picture
        bits.put(codes[length], alphabet[length])
