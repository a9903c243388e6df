"""Which media type the end of a name tells. Our own table: Python's `mimetypes` differs by machine and by version."""

UNKNOWN = "application/octet-stream"

BY_SUFFIX = {
    "aac": "audio/aac",
    "bin": UNKNOWN,
    "css": "text/css",
    "csv": "text/csv",
    "flac": "audio/flac",
    "glb": "model/gltf-binary",
    "gltf": "model/gltf+json",
    "hdr": "image/vnd.radiance",
    "html": "text/html",
    "jpg": "image/jpeg",
    "js": "text/javascript",
    "json": "application/json",
    "ktx2": "image/ktx2",
    "m4a": "audio/mp4",
    "mp3": "audio/mpeg",
    "mp4": "video/mp4",
    "ogg": "audio/ogg",
    "opus": "audio/ogg",
    "pdf": "application/pdf",
    "png": "image/png",
    "svg": "image/svg+xml",
    "txt": "text/plain",
    "usdz": "model/vnd.usdz+zip",
    "vtt": "text/vtt",
    "wasm": "application/wasm",
    "wav": "audio/wav",
    "webm": "video/webm",
    "webp": "image/webp",
    "zip": "application/zip",
}
COMPRESSED = ("br", "zst", "gz")


def told_by_name(key: str) -> str | None:
    """The media type that `key` tells by its suffix; a compressed document (`….json.br`) has the document's."""
    name, _, suffix = key.rpartition(".")
    if suffix in COMPRESSED:
        suffix = name.rpartition(".")[2]
    return BY_SUFFIX.get(suffix)
