"""The bundled example, as a program that somebody starts."""

import os
import re
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx2
import pytest

from homeport.examples import write_hello


@contextmanager
def started(folder: Path, **environ: str) -> Iterator[tuple[subprocess.Popen[str], str]]:
    """Yield the running program and its address."""
    with subprocess.Popen(
        [sys.executable, "app.py"],
        cwd=write_hello(folder, "1.2.3"),
        env={"PATH": os.environ["PATH"], "PORT": "0", "HOMEPORT_INSTANCE": "hello-1", **environ},
        stdout=subprocess.PIPE,
        text=True,
    ) as process:
        assert process.stdout is not None
        first = process.stdout.readline()
        yield process, first.split()[-1]
        process.terminate()


def test_the_health_check_says_which_version_and_instance_answers(tmp_path: Path):
    with started(tmp_path) as (_, url):
        answer = httpx2.get(f"{url}/health").json()
    assert answer == {"status": "ok", "version": "1.2.3", "instance": "hello-1"}


def test_the_page_shows_version_instance_and_greeting(tmp_path: Path):
    with started(tmp_path, GREETING="Ahoy <all>") as (_, url):
        page = httpx2.get(url)
    assert page.headers["content-type"] == "text/html; charset=utf-8"
    for words in ("<h1>Ahoy &lt;all&gt;</h1>", "<dd>1.2.3</dd>", "<dd>hello-1</dd>"):
        assert words in page.text


def test_the_page_needs_nothing_from_elsewhere(tmp_path: Path):
    with started(tmp_path) as (_, url):
        page = httpx2.get(url).text
    assert re.findall(r'(?:src|href)="(?!data:|/health")[^"]*"|@import|url\(', page) == []


@pytest.mark.parametrize(("method", "path", "status"), [("HEAD", "/", 200), ("GET", "/nowhere", 404)])
def test_other_requests_are_answered_as_http_has_it(tmp_path: Path, method: str, path: str, status: int):
    with started(tmp_path) as (_, url):
        assert httpx2.request(method, f"{url}{path}").status_code == status


def test_sigterm_ends_it_even_while_a_client_keeps_its_connection(tmp_path: Path):
    with started(tmp_path) as (process, url), httpx2.Client() as client:
        client.get(f"{url}/health")
        process.send_signal(signal.SIGTERM)
        assert process.wait(30) == 0


def test_requests_stand_in_its_log(tmp_path: Path):
    with started(tmp_path) as (process, url):
        httpx2.get(f"{url}/health")
        process.terminate()
        assert process.stdout is not None
        assert '"GET /health HTTP/1.1" 200' in process.stdout.read()


def test_it_listens_where_it_is_told_to(tmp_path: Path):
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    with started(tmp_path, PORT=str(port)) as (_, url):
        assert url == f"http://127.0.0.1:{port}"
