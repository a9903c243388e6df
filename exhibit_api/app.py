"""The FastAPI application: routes of all slices over one site."""

from fastapi import FastAPI

from exhibit_api import __version__
from exhibit_api.catalogue.routes import router as catalogue
from exhibit_api.web.deps import Site
from exhibit_api.web.problems import handle_problems


def make_app(site: Site) -> FastAPI:
    """The API of one instance."""
    app = FastAPI(title="Exhibit API", version=__version__)
    app.state.site = site
    handle_problems(app)
    app.include_router(catalogue)
    return app
