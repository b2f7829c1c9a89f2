"""Which sources driver `process` takes, decided before anything is fetched."""

from pathlib import Path

import pytest

from homeport.drivers.process.runtimes import check_runtime, refuse_images
from homeport.drivers.sources.rules import check_source, secrets_of, shown, without_credentials
from homeport.model.causes import Cause, Failure, TaskFailed
from homeport.model.workloads import BuildOrder, Owner, Source

OWNER = Owner(
    project_id="p",
    environment_id="e",
    environment_name="test",
    application_id="a",
    application_name="shop",
    component_id="c",
    component_name="cart",
)


def order(source: Source, runtime: str = "Python3") -> BuildOrder:
    return BuildOrder(id="b", owner=OWNER, runtime=runtime, source=source, build=None, version=None, env={})


def refusal(source: Source, *folders: str, runtime: str = "Python3") -> Failure:
    with pytest.raises(TaskFailed) as refused:
        check_source(order(source, runtime), folders)
    return refused.value.failure


@pytest.mark.parametrize("url", ["https://host/app.zip", "http://host/app.zip?signature=x", "file:///srv/app.zip"])
def test_a_package_may_come_from(url: str) -> None:
    check_source(order(Source("softwarePackage", url)), ("/",))


@pytest.mark.parametrize("url", ["https://host/x.git", "ssh://git@host/x.git", "git@host:team/x.git", "file:///srv/x"])
def test_code_may_come_from(url: str) -> None:
    check_source(order(Source("code", url)), ("/",))


@pytest.mark.parametrize("url", ["ftp://host/app.zip", "app.zip", "file://elsewhere/app.zip", "http://[bad/app.zip"])
def test_a_package_may_not_come_from(url: str) -> None:
    assert refusal(Source("softwarePackage", url), "/").cause is Cause.SOURCE_UNSUPPORTED


@pytest.mark.parametrize("url", ["http://host/x.git", "git://host/x.git", "/srv/x", "ext::sh -c x"])
def test_code_may_not_come_from(url: str) -> None:
    assert refusal(Source("code", url), "/").cause is Cause.SOURCE_UNSUPPORTED


@pytest.mark.parametrize(
    ("source", "runtime"),
    [(Source("image", "nginx:1"), "Docker"), (Source("softwarePackage", "file:///app.zip"), "Docker")],
)
def test_an_image_is_refused_with_what_to_do(source: Source, runtime: str) -> None:
    with pytest.raises(TaskFailed) as refused:
        refuse_images(order(source, runtime))
    failure = refused.value.failure

    assert failure.cause is Cause.SOURCE_UNSUPPORTED
    assert "--driver docker" in failure.advice


@pytest.mark.parametrize("path", ["secret", "allowed/../secret", "allowed/link", "allowed-too"])
def test_a_file_outside_of_the_allowed_folders_is_refused_naming_the_setting(tmp_path: Path, path: str) -> None:
    for folder in ("allowed", "secret", "allowed-too"):
        (tmp_path / folder).mkdir()
    (tmp_path / "allowed" / "link").symlink_to(tmp_path / "secret")

    failure = refusal(Source("softwarePackage", f"file://{tmp_path}/{path}/app.zip"), str(tmp_path / "allowed"))

    assert failure.cause is Cause.SOURCE_REFUSED
    assert "file_sources" in failure.what


def test_a_file_below_an_allowed_folder_passes(tmp_path: Path) -> None:
    check_source(order(Source("softwarePackage", f"file://{tmp_path}/a%20b.zip")), ("/none", str(tmp_path)))


def test_a_runtime_that_is_not_on_this_machine_is_refused(tmp_path: Path) -> None:
    with pytest.raises(TaskFailed) as refused:
        check_runtime(order(Source("code", "file:///x"), "Php8"), {"PATH": str(tmp_path)})

    assert refused.value.failure.cause is Cause.RUNTIME_MISSING
    assert "php" in refused.value.failure.what
    assert "apt-get install php-cli" in refused.value.failure.advice


def test_a_runtime_that_is_not_built_yet_is_told_so_with_what_to_do() -> None:
    with pytest.raises(TaskFailed) as refused:
        check_runtime(order(Source("softwarePackage", "file:///shop.war"), "Tomcat9"), {})

    assert refused.value.failure.cause is Cause.SOURCE_UNSUPPORTED
    assert "not run .war files on Tomcat yet" in refused.value.failure.what
    assert "Java17" in refused.value.failure.advice


def test_a_runtime_that_nobody_knows_is_refused() -> None:
    with pytest.raises(TaskFailed) as refused:
        check_runtime(order(Source("code", "file:///x"), "Cobol"), {})

    assert refused.value.failure.cause is Cause.SOURCE_UNSUPPORTED


@pytest.mark.parametrize("runtime", ["Nodejs8", "Nodejs16"])
def test_a_runtime_whose_interpreter_is_here_passes(tmp_path: Path, runtime: str) -> None:
    (tmp_path / "node").write_text("#!/bin/sh\n")
    (tmp_path / "node").chmod(0o755)

    check_runtime(order(Source("code", "file:///x"), runtime), {"PATH": str(tmp_path)})


@pytest.mark.parametrize(
    ("url", "seen"),
    [
        ("https://user:pass@host:8/a.zip?sig=x", "https://***@host:8/a.zip?***"),
        ("https://token@host/a.zip", "https://***@host/a.zip"),
        ("https://host/a.zip", "https://host/a.zip"),
        ("git@host:team/x.git", "git@host:team/x.git"),
    ],
)
def test_a_url_is_shown_without_its_secrets(url: str, seen: str) -> None:
    assert shown(url) == seen


def test_the_secrets_of_a_url_are_known() -> None:
    assert secrets_of("https://user:p%40ss@host/a?sig=x") == ["p@ss", "p%40ss", "sig=x"]


def test_credentials_in_a_text_are_hidden() -> None:
    text = "Looking in indexes: https://user:pass@host/simple, https://other/simple"

    assert without_credentials(text) == "Looking in indexes: https://***@host/simple, https://other/simple"
