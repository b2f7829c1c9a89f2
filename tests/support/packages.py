"""Small real packages to deploy: a web application of the standard library that tells its version, and worse ones."""

from __future__ import annotations

import contextlib
import hashlib
import io
import stat
import subprocess
import tarfile
import threading
import zipfile
from collections.abc import Iterator, Mapping
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Final, Self

from support.web import WEB

_PREAMBLE: Final = (
    WEB
    + """
HERE = os.path.dirname(os.path.abspath(__file__))

def read(name):
    with open(os.path.join(HERE, name)) as file:
        return file.read()

VERSION = read("VERSION")

class Shop(Handler):
    def answer(self, method, body):
        if self.path == "/slow":
            time.sleep(0.2)
        if self.path == "/hold":
            wait_for_gate()
        if self.path == "/metrics":
            return 200, f'# TYPE carts gauge\\ncarts{{version="{VERSION}"}} 3\\nup 1\\n'.encode()
        name = self.path.removeprefix("/environ/")
        words = {"query": self.path, "body": body.decode(), "version": VERSION, "pid": os.getpid()}
        words["value"] = os.environ.get(name)
        return 500 if self.path == "/sick" else 200, json.dumps(words).encode()

def serve(port=os.environ["PORT"]):
    for also in os.environ.get("ALSO", "").split():
        other = Server((os.environ["HOST"], int(also)), Shop)
        threading.Thread(target=other.serve_forever, daemon=True).start()
    Server((os.environ["HOST"], int(port)), Shop).serve_forever()

def say(*words):
    print(*words, flush=True)

def wait_for_gate():
    gate = read("GATE")
    while not os.path.exists(gate):
        time.sleep(0.02)
"""
)

PROGRAMS: Final = {
    "serves": "say('version', VERSION, 'is up')\nserve()",
    "never listens": "say('waiting for a database that is not there')\nthreading.Event().wait()",
    "never listens nor ends": """
signal.signal(signal.SIGTERM, signal.SIG_IGN)
say('I never listen, and never mind')
threading.Event().wait()""",
    "listens when told": "wait_for_gate()\nserve()",
    "crashes": "say('reading the settings')\nsys.exit('no luck with the settings')",
    "ends at once": "say('nothing to do today')",
    "ignores SIGTERM": "signal.signal(signal.SIGTERM, signal.SIG_IGN)\nserve()",
    "becomes a daemon": """
if os.fork():
    say('gone to the background')
    os._exit(0)
os.setsid()
serve()""",
    "leaves a daemon": """
import subprocess
subprocess.Popen(["sleep", "1000"], start_new_session=True, env={})
serve()""",
    "listens elsewhere": "say('at a port of my own choice')\nserve(0)",
    "wants another port": "serve(read('WANTED'))",
    "eats memory": "say('hungry')\neaten = [b'x' * (1 << 25) for _ in range(64)]\nserve()",
    "prints its secrets": "say('the key is', os.environ.get('API_KEY'))\nserve()",
    "prints its secrets and crashes": "sys.exit('the key was ' + os.environ.get('API_KEY', 'not there'))",
}
"""What a program does, and the source that does it.

Each that serves answers JSON: its `version` and `pid`, the `value` of the variable that `/environ/NAME` names, and the
`body` that was posted. `/slow` takes its time, `/sick` is a 500, and `/hold` is answered once there is the file whose
path stands in the package's file GATE. `/metrics` is in the text format of Prometheus. It answers at PORT, and before
that at the ports in the variable ALSO.
"""


def program(name: str) -> str:
    """Return the source of a program."""
    return f"{_PREAMBLE}\n{PROGRAMS[name]}\n"


def files_of(version: str, name: str = "serves", more: Mapping[str, str] | None = None) -> dict[str, str]:
    """Return the files of an application: its program, its version, and what else is asked for."""
    return {"app.py": program(name), "VERSION": version, **(more or {})}


def package(folder: Path, version: str = "1.0.0", name: str = "serves", **more: str) -> str:
    """Write the package of an application and return its `file://` URL; `more` is files by name without their dot.

    `build_sh="…"` is the file `build.sh`, `requirements_txt` is `requirements.txt`.
    """
    files = files_of(version, name, {key.replace("_", "."): text for key, text in more.items()})
    digest = hashlib.sha256(repr(sorted(files.items())).encode()).hexdigest()[:8]
    return zipped(folder / f"app-{version}-{digest}.zip", files)


def zipped(path: Path, files: Mapping[str, str]) -> str:
    """Write a .zip of some files and return its `file://` URL."""
    with zipfile.ZipFile(path, "w") as archive:
        for name, text in files.items():
            archive.writestr(name, text)
    return path.as_uri()


class Shelf:
    """A server of packages that gives each one away only when it may: how a test holds a build where it wants it."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._free = threading.Event()
        self._asked: list[str] = []
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), self._handler())

    def url(self, package: str) -> str:
        """Return where a package of the folder, named by its `file://` URL, can be had."""
        return f"http://127.0.0.1:{self._server.server_port}/{package.rpartition('/')[2]}"

    def asked_for(self, url: str) -> bool:
        """Tell whether somebody waits for a package, or has waited for it."""
        return url.rpartition("/")[2] in self._asked

    def release(self) -> None:
        """Give away what is waited for, and from now on everything at once."""
        self._free.set()

    def __enter__(self) -> Self:
        threading.Thread(target=self._server.serve_forever, daemon=True).start()
        return self

    def __exit__(self, *_: object) -> None:
        self.release()
        self._server.shutdown()
        self._server.server_close()

    def _handler(self) -> type[BaseHTTPRequestHandler]:
        shelf = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                name = self.path.rpartition("/")[2]
                shelf._asked.append(name)
                shelf._free.wait()
                content = (shelf._folder / name).read_bytes()
                self.send_response(200)
                self.send_header("Content-Length", str(len(content)))
                self.end_headers()
                with contextlib.suppress(ConnectionError):
                    self.wfile.write(content)

            def log_message(self, *words: object) -> None:
                """Say nothing."""

        return Handler


def climbing_zip(folder: Path) -> str:
    """Write a package with an entry that would be put outside of its folder."""
    return zipped(folder / "climbing.zip", files_of("1.0.0", more={"../../escaped": "here I am"}))


def leaving_tar(folder: Path) -> str:
    """Write a package with a link out of its folder and a file that is to be written through it."""
    path = folder / "leaving.tar.gz"
    with tarfile.open(path, "w:gz") as archive:
        for name, text in files_of("1.0.0").items():
            _add(archive, tarfile.TarInfo(name), text)
        link = tarfile.TarInfo("out")
        link.type, link.linkname = tarfile.SYMTYPE, str(folder)
        _add(archive, link, "")
        _add(archive, tarfile.TarInfo("out/escaped"), "here I am")
    return path.as_uri()


def linking_zip(folder: Path) -> str:
    """Write a package with a link to a file of the machine."""
    path = folder / "linking.zip"
    entry = zipfile.ZipInfo("secrets")
    entry.external_attr = (stat.S_IFLNK | 0o777) << 16
    with zipfile.ZipFile(path, "w") as archive:
        for name, text in files_of("1.0.0").items():
            archive.writestr(name, text)
        archive.writestr(entry, "/etc/hostname")
    return path.as_uri()


def bomb(folder: Path, size: int) -> str:
    """Write a package that is small, and `size` bytes of zeros once it is unpacked."""
    path = folder / "bomb.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in files_of("1.0.0").items():
            archive.writestr(name, text)
        with archive.open("zeros", "w", force_zip64=True) as zeros:
            for piece in _zeros(size):
                zeros.write(piece)
    return path.as_uri()


def _zeros(size: int) -> Iterator[bytes]:
    piece = bytes(1 << 22)
    for start in range(0, size, len(piece)):
        yield piece[: size - start]


def repository(folder: Path, branches: Mapping[str, Mapping[str, str]]) -> str:
    """Make a git repository with a commit of some files on each branch and return its `file://` URL."""
    git(folder.parent, "init", "--quiet", "--initial-branch", next(iter(branches)), str(folder))
    for branch, files in branches.items():
        git(folder, "checkout", "--quiet", "-B", branch)
        commit(folder, files)
    return folder.as_uri()


def commit(folder: Path, files: Mapping[str, str]) -> None:
    """Write files into a repository and commit them to the branch that is checked out."""
    for name, text in files.items():
        (folder / name).write_text(text)
    git(folder, "add", "--all")
    git(folder, "commit", "--quiet", "--message", "Change what there is")


def git(folder: Path, *words: str) -> None:
    """Run git in a folder, as somebody."""
    author = ("-c", "user.name=Ada", "-c", "user.email=ada@example.test")
    subprocess.run(["git", *author, *words], cwd=folder, check=True, capture_output=True)


def _add(archive: tarfile.TarFile, entry: tarfile.TarInfo, text: str) -> None:
    entry.size = len(text.encode())
    archive.addfile(entry, io.BytesIO(text.encode()))
