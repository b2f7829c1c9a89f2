"""A registry of images that says what a test wants to hear: here it is, it is not, you may not, or nothing at all."""

from __future__ import annotations

import base64
import contextlib
import gzip
import hashlib
import io
import json
import tarfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, Final

USER: Final = "ada"
PASSWORD: Final = "only for members"

_MANIFEST: Final = "application/vnd.docker.distribution.manifest.v2+json"


class Registry:
    """Serves one small image as `open/image:1`, and as `closed/image:1` to whoever knows the password.

    The layer of `slow/image:1` comes in small pieces for ever.
    """

    def __init__(self) -> None:
        self._blobs: dict[str, bytes] = {}
        self._manifest = self._described("hello")
        self._slow_manifest = self._described("slow")
        self._slow_layer = _digest(_layer("slow"))
        self._challenges = False
        self.held = threading.Event()
        """Set once somebody waits for that layer."""
        self.left = threading.Event()
        """Set once that somebody has gone."""
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), self._handler())
        self._server.daemon_threads = True
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.02,))

    @property
    def host(self) -> str:
        """Where it listens; the Engine speaks to loopback without TLS."""
        return f"127.0.0.1:{self._server.server_port}"

    def start(self) -> None:
        """Begin to answer."""
        self._thread.start()

    def stop(self) -> None:
        """End."""
        self.left.set()
        self._server.shutdown()
        self._thread.join()
        self._server.server_close()

    def demand_password(self) -> None:
        """Ask everybody for the password from now on: the Engine sends it only where it was asked at the door."""
        self._challenges = True

    def answer(self, path: str, authorization: str) -> tuple[int, str, bytes]:
        """Return status, content type and body of an answer."""
        expected = "Basic " + base64.b64encode(f"{USER}:{PASSWORD}".encode()).decode()
        if path == "/v2/":
            return (401 if authorization != expected and self._challenges else 200), "application/json", b"{}"
        name, _, rest = path.removeprefix("/v2/").rpartition("/manifests/")
        if "/blobs/" in path:
            digest = path.rpartition("/")[2]
            return 200, "application/octet-stream", self._blobs[digest]
        if name.startswith("closed/") and authorization != expected:
            return 401, "application/json", _error("UNAUTHORIZED", "authentication required")
        if not name.endswith("/image") or not (rest == "1" or rest.startswith("sha256:")):
            return 404, "application/json", _error("MANIFEST_UNKNOWN", "manifest unknown")
        return 200, _MANIFEST, self._slow_manifest if name == "slow/image" else self._manifest

    def _described(self, word: str) -> bytes:
        """Return the manifest of an image that differs from others by a word."""
        layer = _layer(word)
        config = {
            "architecture": "amd64",
            "os": "linux",
            "config": {"Cmd": [f"/{word}"]},
            "rootfs": {"type": "layers", "diff_ids": [_digest(gzip.decompress(layer))]},
        }
        manifest = {
            "schemaVersion": 2,
            "mediaType": _MANIFEST,
            "config": self._kept(json.dumps(config).encode(), "application/vnd.docker.container.image.v1+json"),
            "layers": [self._kept(layer, "application/vnd.docker.image.rootfs.diff.tar.gzip")],
        }
        return json.dumps(manifest).encode()

    def _kept(self, blob: bytes, kind: str) -> dict[str, Any]:
        self._blobs[_digest(blob)] = blob
        return {"mediaType": kind, "size": len(blob), "digest": _digest(blob)}

    def _handler(self) -> type[BaseHTTPRequestHandler]:
        registry = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_GET(self) -> None:
                if self.path.endswith(registry._slow_layer):
                    self._hold()
                    return
                status, kind, body = registry.answer(self.path, self.headers.get("Authorization", ""))
                self.send_response(status)
                if status == 401:
                    self.send_header("WWW-Authenticate", 'Basic realm="members"')
                self.send_header("Content-Type", kind)
                self.send_header("Content-Length", str(len(body)))
                self.send_header("Docker-Content-Digest", _digest(body))
                self.end_headers()
                if self.command == "GET":
                    self.wfile.write(body)

            do_HEAD = do_GET  # noqa: N815 - as the library calls it

            def _hold(self) -> None:
                """Send a little again and again, and notice when the client hangs up."""
                self.send_response(200)
                self.send_header("Content-Length", str(1 << 30))
                self.end_headers()
                registry.held.set()
                self.close_connection = True
                with contextlib.suppress(OSError):
                    while not registry.left.wait(0.02):
                        self.wfile.write(bytes(1024))
                registry.left.set()

            def log_message(self, *words: object) -> None:
                """Keep quiet."""

        return Handler


@contextmanager
def a_registry() -> Iterator[Registry]:
    """Yield a registry that answers."""
    registry = Registry()
    registry.start()
    try:
        yield registry
    finally:
        registry.stop()


def _layer(word: str) -> bytes:
    content = io.BytesIO()
    with tarfile.open(fileobj=content, mode="w") as archive:
        file = tarfile.TarInfo(word)
        file.size = len(word)
        archive.addfile(file, io.BytesIO(word.encode()))
    return gzip.compress(content.getvalue(), mtime=0)


def _digest(content: bytes) -> str:
    return f"sha256:{hashlib.sha256(content).hexdigest()}"


def _error(code: str, message: str) -> bytes:
    return json.dumps({"errors": [{"code": code, "message": message}]}).encode()
