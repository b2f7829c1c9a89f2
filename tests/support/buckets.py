"""A store of buckets that speaks S3, as a process of its own: moto, and s3fs by which Debian mounts them."""

import socket
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Final

import httpx2
import pytest

from homeport.drivers.s3fs import find_s3fs
from homeport.model.buckets import Bucket
from support.server import wait_for

ACCESS_KEY: Final = "AKIDOFTHETESTS"
SECRET_KEY: Final = "a-secret-key-of-the-tests"

_SIGNED: Final = {"Authorization": f"AWS4-HMAC-SHA256 Credential={ACCESS_KEY}/20261127/us-east-1/s3/aws4_request"}
"""Whoever signs has the rights of a bucket's owner: moto does not check how."""


def need_s3fs() -> None:
    """Skip the test where no bucket can be mounted; with CI=true that is a failure."""
    if why := find_s3fs().shortcoming:
        pytest.skip(f"no bucket can be mounted: {why}")


class Store:
    """A store that answers at `endpoint`."""

    def __init__(self, endpoint: str) -> None:
        self.endpoint = endpoint

    def bucket(self, name: str) -> Bucket:
        """Make a bucket, and return with what it is opened."""
        httpx2.put(f"{self.endpoint}/{name}", trust_env=False).raise_for_status()
        return self.unmade(name)

    def unmade(self, name: str) -> Bucket:
        """Return what would open a bucket that is not there."""
        return Bucket(name=name, endpoint=self.endpoint, access_key=ACCESS_KEY, secret_key=SECRET_KEY)

    def put(self, name: str, key: str, text: str) -> None:
        """Put an object into a bucket."""
        kind = {"Content-Type": "application/octet-stream"}
        answer = httpx2.put(f"{self.endpoint}/{name}/{key}", content=text.encode(), headers=kind, trust_env=False)
        answer.raise_for_status()

    def get(self, name: str, key: str) -> str | None:
        """Return an object of a bucket; None where there is none."""
        answer = httpx2.get(f"{self.endpoint}/{name}/{key}", headers=_SIGNED, trust_env=False)
        return answer.text if answer.is_success else None


@contextmanager
def a_store() -> Iterator[Store]:
    """Yield a store without buckets."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    program = Path(sys.executable).with_name("moto_server")
    with subprocess.Popen(
        [program, "-H", "127.0.0.1", "-p", str(port)], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    ) as process:
        try:
            endpoint = f"http://127.0.0.1:{port}"
            wait_for(lambda: _answers(endpoint), what="the first answer of the store")
            yield Store(endpoint)
        finally:
            process.terminate()


@contextmanager
def a_closed_store() -> Iterator[str]:
    """Yield the endpoint of a store that lets nobody in, whoever asks for what."""

    class Closed(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(403)
            self.send_header("Content-Length", "0")
            self.end_headers()

        do_HEAD = do_GET  # noqa: N815 - as the library calls it

        def log_message(self, *words: object) -> None:
            """Keep quiet."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Closed) as server:
        thread = threading.Thread(target=server.serve_forever, args=(0.02,))
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.server_port}"
        finally:
            server.shutdown()
            thread.join()


def _answers(endpoint: str) -> bool:
    try:
        httpx2.get(endpoint, trust_env=False)
    except httpx2.TransportError:
        return False
    return True


def mounts_below(word: str) -> list[str]:
    """Return where something is mounted in whose path a word stands."""
    return [line.split()[1] for line in Path("/proc/mounts").read_text().splitlines() if word in line.split()[1]]


def mounters(bucket: str) -> list[str]:
    """Return the commands of the processes that mount a bucket."""
    found = []
    for file in Path("/proc").glob("[0-9]*/cmdline"):
        with suppress(OSError):
            words = file.read_bytes().split(b"\0")
            if words[0].endswith(b"s3fs") and bucket.encode() in words:
                found.append(b" ".join(words).decode())
    return found
