"""`homeport serve` and `homeport down`: real processes, as a new user starts them."""

from __future__ import annotations

import json
import os
import re
import socket
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from ipaddress import ip_address
from pathlib import Path
from typing import NamedTuple

import httpx2
import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec

from homeport import __version__
from homeport.cli.failures import ExitCode
from homeport.examples import write_hello
from support.cli import Cli, Ended, end_all, ran, served, stopped, url_of

pytestmark = pytest.mark.unmeasured


@pytest.fixture
def data(tmp_path: Path) -> Iterator[Path]:
    """Yield a data folder that is not there yet; whatever runs for it at the end is ended."""
    yield tmp_path / "data"
    end_all(tmp_path / "data")


class Starts(NamedTuple):
    """Two starts of the engine with the same data folder: where, the first one's address, what both wrote."""

    data: Path
    url: str
    first: Ended
    second: Ended


@pytest.fixture(scope="module")
def starts(tmp_path_factory: pytest.TempPathFactory) -> Starts:
    data = tmp_path_factory.mktemp("serve") / "data"
    with served(data, "--driver", "simulated") as process:
        url = url_of(data)
        first = stopped(process)
    with served(data, "--driver", "simulated") as process:
        second = stopped(process)
    return Starts(data, url, first, second)


def test_ctrl_c_ends_it_well(starts: Starts):
    assert starts.first.code == 0
    assert not (starts.data / "endpoint.json").exists()


def test_the_first_start_says_where_it_answers(starts: Starts):
    first = f"Homeport {__version__} answers at {starts.url} (data folder {starts.data})"
    assert starts.first.out.splitlines()[0] == first


@pytest.mark.parametrize("words", ["credentials.json", "deploy PATH", "curl -H", "CaeClient", 'provider "huaweicloud"'])
def test_the_first_start_says_once_how_to_use_it(starts: Starts, words: str):
    assert words in starts.first.out
    assert words not in starts.second.out


def test_later_starts_take_one_line(starts: Starts):
    answers, end = starts.second.out.splitlines()
    assert answers.startswith(f"Homeport {__version__} answers at http://127.0.0.1:")
    assert end == "The engine has stopped; nothing else runs."


@pytest.mark.parametrize("name", ["secret_key", "user_password"])
def test_no_start_shows_a_secret(starts: Starts, name: str):
    secret = json.loads((starts.data / "credentials.json").read_text())[name]
    assert secret not in "".join(map(str, (starts.first, starts.second)))


def test_serve_with_json_is_one_document(data: Path):
    with served(data, "--driver", "simulated", "--json") as process:
        url = url_of(data)
        document = json.loads(stopped(process).out)
    assert (document["url"], document["first_start"], document["warnings"]) == (url, True, [])


def test_an_address_that_others_reach_without_tls_is_warned_of(data: Path):
    with served(data, "--driver", "simulated", "--host", "0.0.0.0") as process:
        assert "Warning: 0.0.0.0 can be reached by other machines" in stopped(process).errors


def test_settings_of_a_file_and_of_variables_count(data: Path, tmp_path: Path):
    file = tmp_path / "homeport.toml"
    file.write_text('user_name = "ada"\nproject_name = "file"')
    with served(data, "--config", str(file), HOMEPORT_PROJECT_NAME="variable"):
        credentials = json.loads((data / "credentials.json").read_text())
    assert (credentials["user_name"], credentials["project_name"]) == ("ada", "variable")


def test_a_setting_that_cannot_be_is_a_usage_error(data: Path):
    ended = ran("serve", "--data-dir", str(data), "--port", "99999")
    assert ended.code == ExitCode.USAGE
    assert ended.errors.startswith("Error: Setting port (--port) is '99999'; allowed: whole numbers from 0 to 65535\n")


def test_a_port_that_is_taken_is_told_with_who_holds_it(data: Path):
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
        ended = ran("serve", "--data-dir", str(data), "--port", str(port))
    assert ended.code == ExitCode.FAILED
    assert f"port {port} on 127.0.0.1 is taken" in ended.errors
    assert f"held by process {os.getpid()} (" in ended.errors


def test_a_data_folder_has_one_engine(data: Path):
    with served(data, "--driver", "simulated"):
        ended = ran("serve", "--data-dir", str(data), "--port", "0")
    assert ended.code == ExitCode.FAILED
    assert "belongs to a running Homeport" in ended.errors


def test_commands_reach_an_engine_with_tls_whose_certificate_they_are_given(data: Path, tmp_path: Path):
    certificate, key = _certificate(tmp_path)
    with served(data, "--driver", "simulated", "--tls-cert", str(certificate), "--tls-key", str(key)):
        trusting = Cli(data)("env", "list", "--ca-file", str(certificate))
        doubting = Cli(data)("env", "list", "--ca-file", "/etc/ssl/certs/ca-certificates.crt")
        assert url_of(data).startswith("https://")
    assert trusting.exit_code == 0, trusting.output
    assert doubting.exit_code == ExitCode.UNREACHABLE
    assert "certificate verify failed" in doubting.stderr


def _certificate(folder: Path) -> tuple[Path, Path]:
    """Make a certificate for 127.0.0.1 that nobody else has signed, and its key."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "homeport test")])
    now = datetime.now(UTC)
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.IPAddress(ip_address("127.0.0.1"))]), critical=False)
        .sign(key, hashes.SHA256())
    )
    private = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    (folder / "cert.pem").write_bytes(certificate.public_bytes(serialization.Encoding.PEM))
    (folder / "key.pem").write_bytes(private)
    return folder / "cert.pem", folder / "key.pem"


# What goes on, and how it is ended


def test_an_engine_that_stops_says_what_goes_on_and_down_ends_it(data: Path, tmp_path: Path):
    with served(data) as process:
        hello = str(write_hello(tmp_path / "hello", "1.0.0"))
        url = Cli(data).json("deploy", hello, "--name", "hello")["url"]
        out = stopped(process).out
    assert re.search(r"The engine has stopped\. 1 instance goes on running: hello-\S+\n", out)
    assert f"homeport down --data-dir {data}" in out
    assert httpx2.get(f"{url}/health", trust_env=False).json()["status"] == "ok"
    assert ran("down", "--data-dir", str(data)) == (0, "No engine ran; 1 instance was ended.\n", "")
    with pytest.raises(httpx2.ConnectError):
        httpx2.get(f"{url}/health", trust_env=False)


def test_down_stops_the_engine(data: Path):
    with served(data, "--driver", "simulated") as process:
        ended = ran("down", "--data-dir", str(data))
        assert process.wait(60) == 0
    assert ended == (0, "The engine was stopped; no instances were ended.\n", "")


def test_down_where_nothing_runs_is_no_failure(data: Path):
    data.mkdir()
    ended = ran("down", "--data-dir", str(data), "--json")
    assert ended.code == 0
    assert json.loads(ended.out) == {"engine_stopped": False, "instances_ended": 0}
