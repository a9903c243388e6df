// Pieces that meet: the chunks of a scan share the vertices of their borders, and would come apart if each were simplified alone.

const LEAST = 3;

/** Those of `primitives` (float positions) that have at least three of them in common with another one. */
export function touching(primitives) {
  const positions = primitives.map((primitive) => primitive.getAttribute("POSITION"));
  if (primitives.length < 2) return new Set();
  const vertices = positions.reduce((sum, accessor) => sum + accessor.getCount(), 0);
  const mask = 2 ** Math.ceil(Math.log2(vertices * 2 + 1)) - 1;
  const owner = new Int32Array(mask + 1);  // the first primitive that had this position, plus one
  const print = new Int32Array(mask + 1);
  const common = new Uint32Array(primitives.length);
  positions.forEach((accessor, index) => {
    const { buffer, byteOffset, length } = accessor.getArray();
    const words = new Uint32Array(buffer, byteOffset, length);
    for (let at = 0; at < words.length; at += 3) {
      const place = mixed(words[at], words[at + 1], words[at + 2]);
      const mark = mixed(words[at + 2], words[at], words[at + 1]);
      let slot = place & mask;
      while (owner[slot] && print[slot] !== mark) slot = (slot + 1) & mask;
      if (!owner[slot]) {
        owner[slot] = index + 1;
        print[slot] = mark;
      } else if (owner[slot] !== index + 1) {
        common[index]++;
        common[owner[slot] - 1]++;
      }
    }
  });
  return new Set(primitives.filter((_, index) => common[index] >= LEAST));
}

/** A 32-bit hash of three words. */
function mixed(a, b, c) {
  let hash = Math.imul(a, 0x9e3779b1) ^ Math.imul(b, 0x85ebca77) ^ Math.imul(c, 0xc2b2ae3d);
  hash = Math.imul(hash ^ (hash >>> 15), 0x2c1b3c6d);
  return hash ^ (hash >>> 13);
}
