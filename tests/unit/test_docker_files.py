"""What goes into the build of an image: the Dockerfile, and the files that a .dockerignore leaves in."""

import pytest

from homeport.drivers.docker.build.dockerfile import arguments_of, labelled
from homeport.drivers.docker.build.ignoring import Ignored


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
