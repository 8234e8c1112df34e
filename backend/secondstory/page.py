"""Serving the built page on the API's own origin, under a strict content policy."""

import secrets
from pathlib import Path
from typing import Final

from fastapi import FastAPI, Request, Response
from fastapi.responses import FileResponse, HTMLResponse

from secondstory.platform.problems import NotFound

_NONCE: Final = "__CSP_NONCE__"
# Names under assets/ hold a hash of their content, so they never change.
_FOREVER: Final = "public, max-age=31536000, immutable"


def serve_page(app: FastAPI, folder: Path) -> None:
    """Answer everything that is not the API from the folder of the built page."""

    @app.api_route("/{path:path}", methods=["GET", "HEAD"], include_in_schema=False)
    def page(path: str, request: Request) -> Response:
        file = (folder / path).resolve()
        if file.is_relative_to(folder.resolve()) and file.is_file() and path != "index.html":
            return _file(request, file, forever=path.startswith("assets/"))
        if path.startswith("assets/") or not (folder / "index.html").is_file():
            raise NotFound
        return _index((folder / "index.html").read_text())


def _file(request: Request, file: Path, *, forever: bool) -> Response:
    headers = {"Cache-Control": _FOREVER if forever else "no-cache", "Vary": "Accept-Encoding"}
    packed = file.with_name(file.name + ".br")
    if "br" in request.headers.get("accept-encoding", "") and packed.is_file():
        plain = FileResponse(file)
        return FileResponse(
            packed,
            headers=headers | {"Content-Encoding": "br"},
            media_type=plain.media_type,
        )
    return FileResponse(file, headers=headers)


def _index(html: str) -> Response:
    """Return the page with a fresh nonce: only what carries it may run or style."""
    nonce = secrets.token_urlsafe(16)
    policy = (
        "default-src 'self'; "
        f"script-src 'self' 'nonce-{nonce}'; style-src 'self' 'nonce-{nonce}'; "
        "img-src 'self' data:; font-src 'self'; connect-src 'self'; object-src 'none'; "
        "base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
    )
    return HTMLResponse(
        html.replace(_NONCE, nonce),
        headers={"Content-Security-Policy": policy, "Cache-Control": "no-store"},
    )
