"""Where a command finds the engine, and as whom it calls."""

import json
from pathlib import Path
from typing import Any

import pytest

from homeport.cli.connection import Target, command, find_target, is_loopback
from homeport.cli.failures import ExitCode, Failure
from homeport.settings import default_data_dir

KEYS = {"access_key": "AK", "secret_key": "SK", "project_id": "P"}
VARIABLES = {"HOMEPORT_ACCESS_KEY": "AK2", "HOMEPORT_SECRET_KEY": "SK2", "HOMEPORT_PROJECT_ID": "P2"}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return a data folder as a running engine leaves it."""
    (tmp_path / "endpoint.json").write_text('{"url": "http://127.0.0.1:8223", "pid": 1}')
    credentials = tmp_path / "credentials.json"
    credentials.write_text(json.dumps(KEYS))
    credentials.chmod(0o600)
    return tmp_path


def found(folder: Path, environ: dict[str, str] | None = None, **given: str | None) -> Target:
    options: dict[str, Any] = {"endpoint": None, "project": None, "ca_file": None} | given
    return find_target(environ or {}, folder, **options)


def refused(folder: Path, environ: dict[str, str] | None = None, **given: str | None) -> Failure:
    with pytest.raises(Failure) as caught:
        found(folder, environ, **given)
    return caught.value


def test_a_local_engine_is_found_by_its_data_folder(folder: Path):
    target = found(folder)
    assert (target.url, target.credentials.access_key, target.project_id) == ("http://127.0.0.1:8223", "AK", "P")


def test_an_endpoint_that_is_given_counts_before_the_data_folder(folder: Path):
    assert found(folder, endpoint="https://cae.example.com/").url == "https://cae.example.com"


def test_variables_count_before_the_credentials_of_the_data_folder(folder: Path):
    target = found(folder, VARIABLES)
    assert (target.credentials.access_key, target.credentials.secret_key, target.project_id) == ("AK2", "SK2", "P2")


def test_a_project_that_is_given_counts_before_all(folder: Path):
    assert found(folder, VARIABLES, project="P3").project_id == "P3"


def test_the_certificates_of_a_local_engine_are_trusted(folder: Path):
    (folder / "endpoint.json").write_text('{"url": "https://127.0.0.1:8223", "pid": 1, "ca": "/etc/own.pem"}')
    assert found(folder).ca == "/etc/own.pem"
    assert found(folder, ca_file="/etc/other.pem").ca == "/etc/other.pem"


def test_without_an_engine_it_says_how_to_start_one(tmp_path: Path):
    failure = refused(tmp_path)
    assert failure.code == ExitCode.UNREACHABLE
    assert f"homeport serve --data-dir {tmp_path}" in failure.advice


def test_an_endpoint_file_that_was_cut_off_is_as_if_it_were_not_there(folder: Path):
    (folder / "endpoint.json").write_text('{"url": "ht')
    assert refused(folder).code == ExitCode.UNREACHABLE


@pytest.mark.parametrize("endpoint", ["127.0.0.1:8223", "ftp://127.0.0.1", "http://"])
def test_an_endpoint_that_is_no_address_is_a_usage_error(folder: Path, endpoint: str):
    assert refused(folder, endpoint=endpoint).code == ExitCode.USAGE


def test_without_credentials_it_says_how_to_give_them(folder: Path):
    (folder / "credentials.json").unlink()
    failure = refused(folder)
    assert failure.code == ExitCode.USAGE
    assert "HOMEPORT_ACCESS_KEY" in failure.advice


def test_credentials_that_others_may_read_are_not_used(folder: Path):
    (folder / "credentials.json").chmod(0o644)
    assert f"chmod 600 {folder}/credentials.json" in refused(folder).advice


@pytest.mark.parametrize(
    ("url", "here"),
    [
        ("http://127.0.0.1:8223", True),
        ("http://localhost", True),
        ("http://[::1]:8223", True),
        ("http://10.0.0.1", False),
        ("https://127.example.com", False),
    ],
)
def test_an_engine_on_this_machine_is_told_apart(url: str, here: bool):
    assert is_loopback(url) is here


def test_a_command_to_type_names_the_data_folder_unless_it_is_the_usual_one():
    assert command("down", default_data_dir()) == "homeport down"
    assert command("down", Path("/data")) == "homeport down --data-dir /data"
