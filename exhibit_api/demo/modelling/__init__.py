"""A small kit to model the demo exhibits: solids, textures, materials and motion, the same bytes on every machine."""
