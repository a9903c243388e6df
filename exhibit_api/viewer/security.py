"""The headers that say what a page may do: no script but ours, nothing from elsewhere, nothing written into the page runs."""

from urllib.parse import urlsplit

from exhibit_api.storage.base import ObjectStore

CACHED = b"public, max-age=30, stale-while-revalidate=86400"
REVALIDATED = b"no-cache"
FROZEN = b"public, max-age=31536000, immutable"

PERMISSIONS = (
    b"accelerometer=(self), autoplay=(self), camera=(), fullscreen=(self), geolocation=(), gyroscope=(self), microphone=(),"
    b" xr-spatial-tracking=(self)"
)
"""What the page and we ourselves may use. A page that frames it must also say so in the frame's `allow`."""


def policy(stores: tuple[str, ...] = (), *, frames: str | None = "'self'") -> str:
    """The Content-Security-Policy. `stores`: origins of blobs; `frames`: who may frame the page, None for a <meta>, which cannot say."""
    elsewhere = "".join(f" {origin}" for origin in stores)
    directives = [
        "default-src 'none'",
        "script-src 'self' 'wasm-unsafe-eval'",
        "worker-src 'self' blob:",
        "style-src 'self'",
        f"img-src 'self' data: blob:{elsewhere}",
        f"media-src 'self' blob:{elsewhere}",
        f"connect-src 'self' blob: data:{elsewhere}",
        "font-src 'self'",
        "manifest-src 'self'",
        "base-uri 'none'",
        "form-action 'self'",
        "object-src 'none'",
    ]
    return "; ".join([*directives, f"frame-ancestors {frames}"] if frames else directives)


def page_headers(stores: tuple[str, ...], *, framed: bool, cache_control: bytes = CACHED) -> list[tuple[bytes, bytes]]:
    """The headers of a page beside its type and length. `framed`: any page may show it in a frame."""
    return [
        (b"cache-control", cache_control),
        (b"vary", b"Accept-Encoding, Accept-Language"),
        (b"content-security-policy", policy(stores, frames="*" if framed else "'self'").encode("ascii")),
        (b"x-content-type-options", b"nosniff"),
        (b"referrer-policy", b"strict-origin-when-cross-origin"),
        (b"permissions-policy", PERMISSIONS),
    ]


def stores_of(store: ObjectStore, public_base_url: str | None) -> tuple[str, ...]:
    """The origins that blobs are redirected to; none where this service sends them itself."""
    if store.path("public/blobs/any") is not None:
        return ()
    address = public_base_url or store.presign("public/blobs/any", 60)
    parts = urlsplit(address or "")
    return (f"{parts.scheme}://{parts.netloc}",) if parts.netloc else ()
