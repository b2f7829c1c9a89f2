"""Servers of repositories that demand credentials: git's own HTTP backend behind TLS and a password, and sshd."""

from __future__ import annotations

import base64
import datetime as dt
import os
import shutil
import socket
import ssl
import subprocess
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from ipaddress import ip_address
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import urlsplit

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

from support.server import wait_for

USER, PASSWORD = "deployer", "t0ken-of-the-test"
_SSHD = shutil.which("sshd", path=os.pathsep.join([os.environ["PATH"], "/usr/sbin"]))


class HttpsServer(NamedTuple):
    """Where repositories are served, the certificate to trust it by, and the Authorization headers it was sent."""

    address: str
    certificate: Path
    asked: list[str | None]

    def url(self, repository: Path) -> str:
        """Return the address of a repository."""
        return f"https://{self.address}/{repository.name}"


@contextmanager
def https_server(root: Path) -> Iterator[HttpsServer]:
    """Serve the repositories below `root` to those who know `USER` and `PASSWORD`."""
    asked: list[str | None] = []
    handler = type("Handler", (_Backend,), {"root": root, "asked": asked})
    certificate = _self_signed(root / "tls.pem")
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate)
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    server.socket = context.wrap_socket(server.socket, server_side=True)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield HttpsServer(f"127.0.0.1:{server.server_port}", certificate, asked)
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


class _Backend(BaseHTTPRequestHandler):
    """Asks for the password, and lets `git http-backend` answer (git-http-backend(1))."""

    root: Path
    asked: list[str | None]

    def do_GET(self) -> None:
        self._answer(b"")

    def do_POST(self) -> None:
        self._answer(self.rfile.read(int(self.headers["Content-Length"])))

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 - http.server's
        """Say nothing."""

    def _answer(self, body: bytes) -> None:
        given = self.headers["Authorization"]
        self.asked.append(given)
        if given != "Basic " + base64.b64encode(f"{USER}:{PASSWORD}".encode()).decode():
            self.send_response(401)
            self.send_header("WWW-Authenticate", 'Basic realm="repositories"')
            self.send_header("Content-Length", "0")
            self.end_headers()
            return
        parts = urlsplit(self.path)
        said = subprocess.run(
            ["git", "-c", "safe.directory=*", "http-backend"],
            input=body,
            capture_output=True,
            check=True,
            env={
                "PATH": os.environ["PATH"],
                "GIT_PROJECT_ROOT": str(self.root),
                "GIT_HTTP_EXPORT_ALL": "1",
                "PATH_INFO": parts.path,
                "QUERY_STRING": parts.query,
                "REQUEST_METHOD": self.command,
                "CONTENT_TYPE": self.headers["Content-Type"] or "",
                "CONTENT_LENGTH": str(len(body)),
                "REMOTE_USER": USER,
            },
        ).stdout
        head, _, content = said.partition(b"\r\n\r\n")
        headers = dict(line.split(": ", 1) for line in head.decode().split("\r\n"))
        self.send_response(int(headers.pop("Status", "200").split()[0]))
        for name, value in {**headers, "Content-Length": str(len(content))}.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(content)


def _self_signed(file: Path) -> Path:
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "127.0.0.1")])
    begin, end = (dt.datetime(year, 1, 1, tzinfo=dt.UTC) for year in (2020, 2100))
    certificate = (
        x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number())
        .not_valid_before(begin)
        .not_valid_after(end)
        .add_extension(x509.SubjectAlternativeName([x509.IPAddress(ip_address("127.0.0.1"))]), critical=False)
        .sign(key, hashes.SHA256())
    )
    plain = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    file.write_bytes(plain + certificate.public_bytes(Encoding.PEM))
    return file


class SshServer(NamedTuple):
    """An sshd of this user's: its port, the private key it lets in, and its own key as a line of known_hosts."""

    port: int
    private_key: str
    known_hosts: str

    def url(self, repository: Path) -> str:
        """Return the address of a repository."""
        user = Path.home().owner()
        return f"ssh://{user}@127.0.0.1:{self.port}{repository}"


def can_serve_ssh() -> bool:
    """Tell whether this machine has what an sshd needs."""
    return _SSHD is not None


def new_key(file: Path) -> str:
    """Make a pair of keys in `file` and `file.pub`, and return the private one."""
    subprocess.run(["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", str(file)], check=True)
    return file.read_text()


@contextmanager
def ssh_server(folder: Path) -> Iterator[SshServer]:
    """Run an sshd whose one user is who runs this, with files in `folder`."""
    assert _SSHD is not None
    new_key(folder / "host")
    private = new_key(folder / "user")
    shutil.copy(folder / "user.pub", folder / "authorized")
    if os.geteuid() == 0:
        Path("/run/sshd").mkdir(mode=0o755, exist_ok=True)
    with socket.create_server(("127.0.0.1", 0)) as probe:
        port = probe.getsockname()[1]
    settings = {
        "Port": port,
        "ListenAddress": "127.0.0.1",
        "HostKey": folder / "host",
        "AuthorizedKeysFile": folder / "authorized",
        "PidFile": "none",
        "StrictModes": "no",
        "UsePAM": "no",
        "PermitRootLogin": "prohibit-password",
        "PasswordAuthentication": "no",
    }
    (folder / "config").write_text("".join(f"{name} {value}\n" for name, value in settings.items()))
    with (folder / "log").open("w") as log:
        sshd = subprocess.Popen([_SSHD, "-D", "-e", "-f", str(folder / "config")], stderr=log)
    try:
        wait_for(lambda: "listening" in (folder / "log").read_text(), what="that sshd listens")
        kind, key, *_ = (folder / "host.pub").read_text().split()
        yield SshServer(port, private, f"[127.0.0.1]:{port} {kind} {key}\n")
    finally:
        sshd.terminate()
        sshd.wait()
