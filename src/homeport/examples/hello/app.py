"""Hello from Homeport: a page that shows which instance answers, and a health check. Python's standard library alone.

The platform says where to listen (HOST, PORT) and which instance this is (HOMEPORT_INSTANCE); whoever deploys it may
set GREETING. SIGTERM ends it; the platform sends no more requests then.
"""

# ruff: noqa: INP001 - a program to be deployed, not a part of the package

from __future__ import annotations

import html
import json
import os
import signal
import sys
import threading
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from string import Template

HERE = Path(__file__).parent
VERSION = (HERE / "VERSION").read_text().strip() if (HERE / "VERSION").exists() else "0.0.0"
INSTANCE = os.environ.get("HOMEPORT_INSTANCE", "this-machine")
GREETING = os.environ.get("GREETING", "Hello from Homeport")
PAGE = Template((HERE / "page.html").read_text(encoding="utf-8"))


class Handler(BaseHTTPRequestHandler):
    """Answers `/` with the page, `/health` with JSON, anything else with 404."""

    protocol_version = "HTTP/1.1"
    server_version = f"hello/{VERSION}"

    def do_GET(self) -> None:
        """Answer a GET."""
        if self.path.partition("?")[0] == "/health":
            body = json.dumps({"status": "ok", "version": VERSION, "instance": INSTANCE}) + "\n"
            self._send(HTTPStatus.OK, "application/json", body)
        elif self.path.partition("?")[0] == "/":
            facts = {"version": VERSION, "instance": INSTANCE, "greeting": GREETING}
            page = PAGE.substitute({name: html.escape(value) for name, value in facts.items()})
            self._send(HTTPStatus.OK, "text/html; charset=utf-8", page)
        else:
            self._send(HTTPStatus.NOT_FOUND, "text/plain; charset=utf-8", "There are / and /health.\n")

    def do_HEAD(self) -> None:
        """Answer a HEAD as a GET without its body."""
        self.do_GET()

    def _send(self, status: HTTPStatus, kind: str, text: str) -> None:
        body = text.encode()
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        self.send_header("Cache-Control", "no-store")
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - named by the base class
        """Write a line a request."""
        say(f"{self.address_string()} {format % args}")


def say(line: str) -> None:
    """Write a line to standard output, where the platform reads logs."""
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


def main() -> None:
    """Listen until SIGTERM."""
    address = (os.environ.get("HOST", "127.0.0.1"), int(os.environ.get("PORT", "8080")))
    server = ThreadingHTTPServer(address, Handler)
    # shutdown() waits for the loop below, so it must not run in the thread that is in it.
    signal.signal(signal.SIGTERM, lambda *_: threading.Thread(target=server.shutdown).start())
    say(f"{INSTANCE} {VERSION} listens on http://{address[0]}:{server.server_port}")
    server.serve_forever(poll_interval=0.1)
    say(f"{INSTANCE} ends")


if __name__ == "__main__":
    main()
