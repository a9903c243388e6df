"""All tables of the product, gathered: what migrations are compared with."""

from exhibit_api.accounts import tables as accounts
from exhibit_api.assets import tables as assets
from exhibit_api.assets.uploads import tables as uploads
from exhibit_api.audit import tables as audit
from exhibit_api.catalogue import tables as catalogue
from exhibit_api.db import Base
from exhibit_api.editions import show as public_tree
from exhibit_api.editions import tables as editions
from exhibit_api.halls import tables as halls
from exhibit_api.importing import tables as importing
from exhibit_api.jobs import tables as jobs
from exhibit_api.web import idempotency

SLICES = (accounts, assets, audit, catalogue, editions, halls, idempotency, importing, jobs, public_tree, uploads)

metadata = Base.metadata
