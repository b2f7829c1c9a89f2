"""The documentation in the browser, and the OpenAPI document it draws. Nothing is loaded from anywhere else."""

from __future__ import annotations

import asyncio
import base64
import functools
import hashlib
from importlib import resources

import msgspec

from homeport.api.calls import Answer, Call, Handler
from homeport.api.openapi import document
from homeport.api.operations import OPERATIONS


def handlers() -> dict[str, Handler]:
    """Return the handlers of ShowOpenApi and ShowDocs; both answers are made once, when the first is asked for."""

    async def show_document(call: Call) -> Answer:  # noqa: ARG001 - the same for every call
        return (await asyncio.to_thread(_answers))[0]

    async def show_docs(call: Call) -> Answer:  # noqa: ARG001 - the same for every call
        return (await asyncio.to_thread(_answers))[1]

    return {"ShowOpenApi": show_document, "ShowDocs": show_docs}


@functools.cache
def _answers() -> tuple[Answer, Answer]:
    """Return the document and the page: some thirty milliseconds of work, so not for the event loop."""
    text = msgspec.json.encode(document(OPERATIONS))
    html, policy = page(text)
    lines = ((b"content-type", b"text/html; charset=utf-8"), (b"content-security-policy", policy.encode()))
    return Answer(text), Answer(html, headers=lines)


def page(openapi: bytes) -> tuple[bytes, str]:
    """Return the page around an OpenAPI document, and the Content-Security-Policy that allows exactly its own parts."""
    style, script = _file("page.css"), _file("page.js")
    parts = {"@STYLE@": style, "@SCRIPT@": script, "@DOCUMENT@": openapi.decode().replace("<", "\\u003c")}
    html = _file("page.html")
    for name, part in parts.items():
        html = html.replace(name, part)
    policy = (
        f"default-src 'none'; script-src '{_hash(script)}'; style-src '{_hash(style)}'; img-src data:; "
        "base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
    )
    return html.encode(), policy


def _file(name: str) -> str:
    return resources.files(__package__).joinpath(name).read_text(encoding="utf-8")


def _hash(text: str) -> str:
    return "sha256-" + base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()
