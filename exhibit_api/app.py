"""The FastAPI application: routes of all slices over one site."""

import re
import threading
from typing import Any

from fastapi import FastAPI
from fastapi.openapi.utils import get_openapi
from starlette.middleware import Middleware
from starlette.middleware.cors import CORSMiddleware

from exhibit_api import __version__
from exhibit_api.accounts.deps import is_known
from exhibit_api.accounts.routes import router as accounts
from exhibit_api.assets.routes import router as assets
from exhibit_api.audit.routes import router as audit
from exhibit_api.catalogue.routes import router as catalogue
from exhibit_api.editions.counted import registry_of
from exhibit_api.editions.described import PUBLIC_PATHS
from exhibit_api.editions.routes import router as editions
from exhibit_api.editions.showcase import Showcase
from exhibit_api.halls.routes import router as halls
from exhibit_api.importing.routes import router as importing
from exhibit_api.web.bodies import DocumentLimit
from exhibit_api.web.courtesy import Courtesy
from exhibit_api.web.idempotency import Idempotency
from exhibit_api.web.operation import Metered
from exhibit_api.web.operation import router as operation
from exhibit_api.web.problems import handle_problems, problem_schemas
from exhibit_api.web.site import Site

FILES = re.compile("/v1/exhibits/[^/]+/(model|picture|sounds/[^/]+)|/v1/uploads/[^/]+/parts/[^/]+|/v1/imports")
"""Models, their parts, pictures, sounds and collections have limits of their own, which are counted while they stream."""

DESCRIPTION = """
The backend of virtual AR exhibitions. Visitors' clients read what is under **visitors**, without a token; all else takes one:
`Authorization: Bearer exhibit_…`. Errors are `application/problem+json` (RFC 9457). Updates carry `If-Match`.
"""
TAGS = [
    {"name": "visitors", "description": "What AR clients read: frozen, cacheable, without a token"},
    {"name": "catalogue", "description": "Organisations, people, awards, achievements, exhibits, studios, selections"},
    {"name": "assets", "description": "Models and pictures: sending them, what was found in them and made of them"},
    {
        "name": "imports",
        "description": "Collections: spreadsheets, with the models beside them, checked and written at once",
    },
    {"name": "halls", "description": "Exhibitions, halls, what stands and hangs in them, and lint"},
    {"name": "editions", "description": "Publishing, rolling back, withdrawing"},
    {"name": "accounts", "description": "Tokens and the audit log"},
    {"name": "operation", "description": "Health, readiness, metrics"},
]


def make_app(site: Site, showcase: Showcase) -> FastAPI:
    """The API of one instance."""
    middleware = [Middleware(Metered)]
    if site.settings.allowed_origins:
        middleware.append(
            Middleware(
                CORSMiddleware,
                allow_origins=list(site.settings.allowed_origins),
                allow_methods=["GET", "HEAD", "PUT", "POST", "DELETE"],
                allow_headers=[
                    "Authorization",
                    "Content-Digest",
                    "Content-MD5",
                    "Content-Type",
                    "Idempotency-Key",
                    "If-Match",
                    "If-None-Match",
                ],
                expose_headers=["ETag", "Location", "Content-Length", "Content-Range", "Accept-Ranges", "Link"],
            )
        )
    limit = site.settings.max_document_bytes
    middleware.append(Middleware(Idempotency, sessions=site.sessions, knows=is_known, max_bytes=limit))
    middleware.append(Middleware(DocumentLimit, max_bytes=limit, files=FILES))
    app = FastAPI(
        title="Exhibit API",
        version=__version__,
        description=DESCRIPTION,
        openapi_tags=TAGS,
        middleware=middleware,
        license_info={"name": "Apache-2.0", "identifier": "Apache-2.0"},
        telemetry={"tracing": False},
        docs_url=None,  # FastAPI's pages load their scripts from a foreign CDN
        redoc_url=None,
        generate_unique_id_function=lambda route: route.name,  # good names for the functions of generated clients
    )
    app.state.site = site
    app.state.showcase = showcase
    app.state.courtesy = Courtesy(lambda: sum(showcase.shelf.hits.values()))
    app.state.registry = registry_of(showcase.shelf)
    app.state.closing = threading.Event()  # set when the service ends, so that streams of events end too
    app.state.nudge = lambda: None  # the workers of this process, where it has any, look for work at once
    handle_problems(app)
    for router in (assets, catalogue, importing, halls, editions, accounts, audit, operation):
        app.include_router(router)

    def openapi() -> dict[str, Any]:
        if app.openapi_schema is None:
            schema = get_openapi(
                title=app.title,
                version=app.version,
                description=DESCRIPTION,
                tags=TAGS,
                routes=app.routes,
                license_info=app.license_info,
            )
            schema["paths"] |= {path: schema["paths"].get(path, {}) | item for path, item in PUBLIC_PATHS.items()}
            schema["components"]["schemas"] |= problem_schemas()
            app.openapi_schema = schema
        return app.openapi_schema

    app.openapi = openapi  # type: ignore[method-assign]  # FastAPI's documented way to extend its OpenAPI
    return app
