"""Assets over HTTP: models, pictures and sounds of exhibits, what is known of assets, and the work on them."""

from fastapi import APIRouter

from exhibit_api.assets.routes import assets, events, models, pictures, sounds, uploads

router = APIRouter(prefix="/v1", tags=["assets"])
for part in (models, pictures, sounds, uploads, assets, events):
    router.include_router(part.router)
