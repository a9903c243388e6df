"""The work on assets: which handler does which kind of job."""

from functools import partial

from exhibit_api.assets.due import GATE, PROCESS, REPAIR
from exhibit_api.assets.gate import pass_gate
from exhibit_api.assets.process import make_variants
from exhibit_api.assets.repair import repair
from exhibit_api.assets.uploads.receive import receive
from exhibit_api.assets.uploads.send import RECEIVE
from exhibit_api.jobs.worker import Handler
from exhibit_api.web.site import Site


def handlers(site: Site) -> dict[str, Handler]:
    """Kind of job → its handler on this site."""
    return {
        RECEIVE: partial(receive, site),
        GATE: partial(pass_gate, site),
        PROCESS: partial(make_variants, site),
        REPAIR: partial(repair, site),
    }
