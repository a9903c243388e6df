"""How large a JSON body may be. FastAPI's own limit answers in plain text, and where the body is not even read."""

import re

from starlette.datastructures import Headers
from starlette.exceptions import HTTPException
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from exhibit_api.errors import TooLarge
from exhibit_api.web.answers import answer


class DocumentLimit:
    """ASGI middleware that refuses bodies above `max_bytes`, save at addresses that match `files`, which count for themselves."""

    def __init__(self, app: ASGIApp, max_bytes: int, files: re.Pattern[str]) -> None:
        self.app = app
        self.max_bytes = max_bytes
        self.files = files

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Let the request through while its body is small enough."""
        if scope["type"] != "http" or self.files.fullmatch(scope["path"]):
            await self.app(scope, receive, send)
            return
        detail = f"a document has at most {self.max_bytes} bytes"
        declared = Headers(scope=scope).get("content-length", "")
        if declared.isascii() and declared.isdigit() and int(declared[:20]) > self.max_bytes:
            await answer(TooLarge(f"{detail}; {declared[:20]} were announced"))(scope, receive, send)
            return
        size = 0

        async def counted() -> Message:
            nonlocal size
            message = await receive()
            size += len(message.get("body", b""))
            if size > self.max_bytes:
                raise HTTPException(413, detail)  # the one kind of error that FastAPI lets through while it reads
            return message

        await self.app(scope, counted, send)
