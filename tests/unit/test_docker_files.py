"""What goes into the build of an image: the Dockerfile, and the files that a .dockerignore leaves in."""

import io
import json
import subprocess
import tarfile
from pathlib import Path
from zipfile import ZipFile

import pytest

from homeport.drivers.docker.build.context import DOCKERFILE, context_of
from homeport.drivers.docker.build.dockerfile import arguments_of, labelled
from homeport.drivers.docker.build.generated import Given, generated
from homeport.drivers.docker.build.ignoring import Ignored
from homeport.drivers.docker.settings import BASE_IMAGES
from homeport.model.causes import Cause, TaskFailed


def laid_down(folder: Path, *files: str, **texts: str) -> Path:
    """Make a source of empty files and of files with a text; `__` in a name stands for a dot."""
    for name, text in (*((file, "") for file in files), *texts.items()):
        path = folder / name.replace("__", ".")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
    return folder


def dockerfile_for(source: Path, runtime: str, whole: Path | None = None, **parameters: str) -> str:
    given = Given(source=source, whole=whole, runtime=runtime, parameters=parameters, base_images=BASE_IMAGES)
    environ = {"PIP_INDEX_URL": "https://pip.example.com", "MAVEN_OPTS": "-Xmx1g", "HOME": "/root"}
    return generated(given, environ)


def contents(source: Path, limit: int = 1000) -> dict[str, tarfile.TarInfo]:
    with tarfile.open(fileobj=io.BytesIO(b"".join(context_of(source, "FROM a", limit=limit)))) as tar:
        return {member.name: member for member in tar}


def test_every_stage_of_a_dockerfile_is_labelled() -> None:
    text = "# syntax\nFROM a AS one\nRUN x \\\n  FROM y\nfrom \\\n  b\nCMD z"

    assert labelled(text, {"k": "v"}) == (
        '# syntax\nFROM a AS one\nLABEL k="v"\nRUN x \\\n  FROM y\nfrom \\\n  b\nLABEL k="v"\nCMD z\n'
    )


def test_lines_go_on_by_the_sign_that_a_dockerfile_chooses() -> None:
    text = "# escape=`\nFROM a `\n AS b\nRUN c:\\\nFROM d"

    assert labelled(text, {"k": "v"}).count("LABEL") == 2


def test_arguments_are_those_that_are_declared() -> None:
    assert arguments_of("ARG ONE\nFROM a\narg TWO=2\nRUN echo ARG THREE\n# ARG FOUR") == {"ONE", "TWO"}


@pytest.mark.parametrize(
    ("lines", "path", "left_out"),
    [
        ("*.log", "a.log", True),
        ("*.log", "below/a.log", False),
        ("**/*.log", "far/below/a.log", True),
        ("build", "build/deep/file", True),
        ("/build/", "build/file", True),
        ("build", "builder", False),
        ("a?c", "abc", True),
        ("*\n!keep.md", "keep.md", False),
        ("*\n!docs/**\ndocs/x", "docs/x", True),
        ("# app.py", "app.py", False),
        ("", "app.py", False),
    ],
)
def test_a_dockerignore_leaves_out_what_the_last_pattern_that_fits_says(lines: str, path: str, left_out: bool) -> None:
    assert (path in Ignored(lines.split("\n"))) is left_out


def test_a_line_of_a_dockerignore_that_is_no_pattern_is_named() -> None:
    with pytest.raises(TaskFailed) as caught:
        Ignored(["*.log", "[z-a].txt"])

    assert caught.value.failure.cause is Cause.SOURCE_INVALID
    assert "`[z-a].txt`" in caught.value.failure.what


def test_python_is_built_on_the_image_of_its_version_and_its_requirements_are_a_layer_of_their_own(tmp_path) -> None:
    source = laid_down(tmp_path, "app.py", requirements__txt="flask\n")

    assert dockerfile_for(source, "Python3").splitlines() == [
        "FROM python:3-slim",
        "WORKDIR /app",
        "ENV HOST=0.0.0.0 PYTHONUNBUFFERED=1 NODE_ENV=production",
        "ARG MAVEN_OPTS",
        "ARG PIP_INDEX_URL",
        "COPY requirements.txt ./",
        "RUN pip install -r requirements.txt",
        "COPY . ./",
        'CMD ["/bin/sh", "-c", "exec python app.py"]',
    ]


def test_requirements_that_name_files_of_the_source_are_installed_when_it_is_there(tmp_path) -> None:
    source = laid_down(tmp_path, "app.py", requirements__txt="./lib\n")
    lines = dockerfile_for(source, "Python3").splitlines()

    assert lines.index("COPY . ./") < lines.index("RUN pip install -r requirements.txt")


def test_a_wheel_is_installed_and_its_console_script_started(tmp_path) -> None:
    wheel = tmp_path / "shop-1-py3-none-any.whl"
    with ZipFile(wheel, "w") as archive:
        archive.writestr("shop-1.dist-info/entry_points.txt", "[console_scripts]\nserve = shop:main\n[x]\nno = a:b\n")

    text = dockerfile_for(tmp_path, "Python3", wheel)

    assert 'COPY ["shop-1-py3-none-any.whl", "./"]\nRUN pip install ./shop-1-py3-none-any.whl\n' in text
    assert text.endswith('CMD ["/bin/sh", "-c", "exec serve"]\n')


def test_node_is_built_by_what_its_package_says(tmp_path) -> None:
    source = laid_down(tmp_path, "server.js", package__json='{"scripts": {"build": "b", "start": "node server.js"}}')
    text = dockerfile_for(source, "Nodejs16")

    assert text.startswith("FROM node:16\n")
    assert "npm install" in text
    assert "npm run build" in text


@pytest.mark.parametrize(("runtime", "file"), [("Nodejs16", "server.js"), ("Java17", "pom.xml"), ("Php7", "index.php")])
def test_only_python_is_told_the_settings_of_pip(tmp_path, runtime: str, file: str) -> None:
    lines = dockerfile_for(laid_down(tmp_path, file), runtime).splitlines()

    assert [line for line in lines if line.startswith("ARG")] == ["ARG MAVEN_OPTS"]


def test_java_is_built_in_a_stage_of_its_own(tmp_path) -> None:
    text = dockerfile_for(laid_down(tmp_path, "pom.xml", "src/A.java"), "Java17")

    assert [line for line in text.splitlines() if line.startswith(("FROM", "COPY", "CMD"))] == [
        "FROM maven:3-eclipse-temurin-17 AS build",
        "COPY . ./",
        "FROM eclipse-temurin:17",
        "COPY --from=build /built/app.jar ./",
        'CMD ["java", "-jar", "app.jar"]',
    ]


JARS = ("target/shop-1.0.jar", "target/shop-1.0-sources.jar", "target/original-shop-1.0.jar", "target/lib/dep.jar")


@pytest.mark.parametrize(
    ("jars", "parameters", "found"),
    [
        (JARS, {}, "target/shop-1.0.jar"),
        (("build/libs/shop.jar", "build/libs/shop-plain.jar"), {}, "build/libs/shop.jar"),
        (("web/target/web.jar", "lib/target/lib.jar"), {"artifact_name": "web.jar"}, "web/target/web.jar"),
        (("web/target/web.jar", "lib/target/lib.jar"), {}, None),
        ((), {}, None),
    ],
)
def test_the_one_jar_that_was_built_is_found_in_the_image(tmp_path, jars, parameters, found) -> None:
    text = dockerfile_for(laid_down(tmp_path / "source", "pom.xml"), "Java17", **parameters)
    command = next(json.loads(line[4:]) for line in text.splitlines() if line.startswith("RUN") and "/built" in line)
    for jar in jars:
        laid_down(tmp_path / "source", **{jar: jar})

    here = [word.replace("/built", str(tmp_path / "built")) for word in command]
    run = subprocess.run(here, cwd=tmp_path / "source", capture_output=True, text=True, check=False)

    there = tmp_path / "built" / "app.jar"
    assert (there.read_text() if there.exists() else None, run.returncode) == (found, 0 if found else 1), run.stderr


def test_a_war_is_what_tomcat_serves(tmp_path) -> None:
    whole = tmp_path / "shop.war"

    assert dockerfile_for(tmp_path, "Tomcat9", whole) == (
        'FROM tomcat:9\nCOPY ["shop.war", "/usr/local/tomcat/webapps/ROOT.war"]\n'
    )


def test_a_base_image_that_the_component_names_counts_before_all_others(tmp_path) -> None:
    source = laid_down(tmp_path, "index.php")

    assert dockerfile_for(source, "Php7", base_image="registry.example.com/php:1").startswith(
        "FROM registry.example.com/php:1\n"
    )


def test_a_runtime_without_a_known_image_says_where_to_name_one(tmp_path) -> None:
    with pytest.raises(TaskFailed) as caught:
        dockerfile_for(laid_down(tmp_path, "Procfile"), "Dotnet3")

    assert caught.value.failure.cause is Cause.SOURCE_UNSUPPORTED
    assert "base_images" in str(caught.value)


def test_the_engine_gets_the_source_without_its_history_and_what_is_ignored(tmp_path) -> None:
    source = laid_down(tmp_path, ".git/HEAD", "app.py", "run.sh", "logs/a.log", "deep/b.py", __dockerignore="logs\n")
    (source / "run.sh").chmod(0o700)
    (source / "link").symlink_to("app.py")
    found = contents(source)

    assert set(found) == {DOCKERFILE, ".dockerignore", "app.py", "run.sh", "deep", "deep/b.py", "link"}
    assert (found["app.py"].mode, found["run.sh"].mode, found["link"].linkname) == (0o644, 0o755, "app.py")
    assert {(member.uid, member.uname) for member in found.values()} == {(0, "")}


def test_a_source_larger_than_allowed_is_not_sent(tmp_path) -> None:
    with pytest.raises(TaskFailed) as caught:
        contents(laid_down(tmp_path, big="x" * 101), limit=100)

    assert caught.value.failure.cause is Cause.SOURCE_INVALID
