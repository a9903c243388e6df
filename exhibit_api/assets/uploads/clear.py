"""What the store holds of an upload that has ended is removed."""

from exhibit_api.assets.uploads.tables import Upload
from exhibit_api.web.site import Site


def clear(site: Site, row: Upload) -> None:
    """Remove parts and joined bytes. Again is no error."""
    if row.handle is not None:
        site.store.multipart.drop(row.key, row.handle)
    site.store.delete(row.key)
