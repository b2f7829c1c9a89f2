"""What `homeport deploy` makes of what it is given."""

from pathlib import Path

import pytest

from homeport.cli.failures import ExitCode, Failure
from homeport.cli.sources import fit_name, origin_of


def refused(what: str, **options: str) -> Failure:
    with pytest.raises(Failure) as caught:
        origin_of(what, **options)
    return caught.value


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "My Shop"
    made.mkdir()
    return made


def test_a_folder_is_a_package_of_this_machine(folder: Path):
    origin = origin_of(str(folder))
    assert origin.source() == {"type": "softwarePackage", "url": f"file://{folder.parent}/My%20Shop"}
    assert origin.name == "my-shop"


def test_a_folder_with_a_branch_is_a_repository_of_this_machine(folder: Path):
    source = origin_of(str(folder), branch="main").source()
    assert (source["type"], source["code"]) == ("code", {"branch": "main"})


def test_a_folder_is_meant_from_where_the_command_runs(folder: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.chdir(folder)
    assert origin_of(".").path == folder


@pytest.mark.parametrize(
    ("file", "runtime"),
    [
        ("package.json", "Nodejs16"),
        ("pom.xml", "Java17"),
        ("shop.jar", "Java17"),
        ("index.php", "Php8"),
        ("shop.csproj", "Dotnet8"),
        ("app.py", "Python3"),
    ],
)
def test_the_runtime_of_a_folder_shows_in_its_files(folder: Path, file: str, runtime: str):
    (folder / file).touch()
    assert origin_of(str(folder)).runtime == runtime


@pytest.mark.parametrize("name", ["shop-1.2.tar.gz", "shop.zip", "shop-2.0-py3-none-any.whl"])
def test_a_package_file_is_taken(tmp_path: Path, name: str):
    (tmp_path / name).touch()
    origin = origin_of(str(tmp_path / name))
    assert (origin.kind, origin.runtime) == ("package", "Python3")
    assert origin.name.startswith("shop")


def test_a_wheel_is_called_like_its_project(tmp_path: Path):
    (tmp_path / "my_shop-2.0-py3-none-any.whl").touch()
    assert origin_of(str(tmp_path / "my_shop-2.0-py3-none-any.whl")).name == "my-shop"


def test_a_file_that_is_no_package_is_refused(tmp_path: Path):
    (tmp_path / "app.py").touch()
    assert "is no package" in refused(str(tmp_path / "app.py")).message


@pytest.mark.parametrize("what", ["./shop", "../shop", "/nowhere/shop", "~/nowhere/shop", "shop.zip"])
def test_a_path_where_nothing_is_is_no_image(what: str):
    failure = refused(what)
    assert failure.message == f"There is nothing at {what}"
    assert failure.code == ExitCode.USAGE


@pytest.mark.parametrize(
    ("url", "sub_type"),
    [
        ("https://github.com/acme/shop", "GitHub"),
        ("https://gitlab.com/acme/shop.git", "GitLab"),
        ("https://git.example.com/acme/shop.git", ""),
        ("git@github.com:acme/shop.git", ""),
        ("ssh://git@git.example.com/acme/shop", ""),
        ("git+https://git.example.com/acme/shop", ""),
    ],
)
def test_the_address_of_a_repository_is_known_as_one(url: str, sub_type: str):
    origin = origin_of(url)
    assert (origin.kind, origin.sub_type, origin.name) == ("code", sub_type, "shop")


def test_the_address_of_a_package_is_known_by_its_end():
    origin = origin_of("https://example.com/builds/shop.tar.gz?signature=x")
    assert (origin.kind, origin.name) == ("package", "shop")
    assert origin.source()["url"] == "https://example.com/builds/shop.tar.gz?signature=x"


def test_an_address_that_could_be_either_is_asked_about():
    assert "--source package or --source code" in refused("https://example.com/shop").advice


def test_the_user_says_what_an_address_is():
    assert origin_of("https://example.com/shop", kind="package").kind == "package"


@pytest.mark.parametrize(
    ("image", "name"),
    [
        ("nginx:1.27", "nginx"),
        ("registry.example.com:5000/acme/shop@sha256:" + "0" * 64, "shop"),
        ("acme/shop", "shop"),
    ],
)
def test_anything_else_that_can_be_one_is_an_image(image: str, name: str):
    origin = origin_of(image)
    assert (origin.source(), origin.runtime, origin.name) == ({"type": "image", "url": image}, "Docker", name)


def test_what_is_nothing_at_all_is_refused():
    assert "is no folder, package, address or image" in refused("what is this?").message


@pytest.mark.parametrize(
    ("text", "name"),
    [("ab", "ab-app"), ("", "web-app"), ("2048", "web-app"), ("Über Shop!", "ber-shop"), ("x" * 40, "x" * 32)],
)
def test_a_name_is_made_fit_for_a_component(text: str, name: str):
    assert fit_name(text) == name
