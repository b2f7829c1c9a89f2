"""The runner of the documentation itself: what it runs, and that a page which is wrong does not pass."""

from pathlib import Path

import pytest

from docs.pages import Page
from docs.session import PageFailed, Session, matches


def _run(folder: Path, text: str) -> None:
    Session(folder / "session").run(Page("docs/page.md", text))


def test_a_page_that_tells_the_truth_passes(tmp_path: Path):
    _run(tmp_path, "```console\n$ echo one && echo two\none\ntwo\n```\n")


def test_a_command_that_fails_is_named_with_its_line_and_what_it_printed(tmp_path: Path):
    with pytest.raises(PageFailed, match=r"docs/page.md:2: ended with exit code 3\necho gone; exit 3\ngone"):
        _run(tmp_path, "```console\n$ echo gone; exit 3\n```\n")


def test_output_that_differs_is_shown_beside_what_the_page_shows(tmp_path: Path):
    with pytest.raises(PageFailed, match=r"docs/page.md:3:\necho two\nthe page shows\nthree\n\nit printed\ntwo"):
        _run(tmp_path, "```console\n$ echo one\n$ echo two\nthree\n```\n")


def test_blocks_share_a_shell(tmp_path: Path):
    _run(tmp_path, "```bash\nword=yes\n```\n\n```console\n$ echo $word\nyes\n```\n")


def test_a_block_is_a_file_where_the_page_says_so(tmp_path: Path):
    _run(tmp_path, "<!-- file: a/b.py -->\n```python\nprint(7)\n```\n\n```console\n$ python a/b.py\n7\n```\n")


def test_a_python_block_runs_as_a_program(tmp_path: Path):
    with pytest.raises(PageFailed, match="ZeroDivisionError"):
        _run(tmp_path, "```python\n1 / 0\n```\n")


def test_an_output_block_is_held_against_the_block_before(tmp_path: Path):
    with pytest.raises(PageFailed, match="the page shows\n8"):
        _run(tmp_path, "```python\nprint(7)\n```\n\n<!-- output -->\n```text\n8\n```\n")


def test_a_command_may_go_on_in_the_next_line(tmp_path: Path):
    _run(tmp_path, "```console\n$ echo a \\\n    b\na b\n```\n")


def test_a_block_that_is_not_to_run_does_not(tmp_path: Path):
    _run(tmp_path, "<!-- not run: it would end the test -->\n```bash\nexit 1\n```\n")


def test_a_failure_in_a_pipe_counts(tmp_path: Path):
    with pytest.raises(PageFailed):
        _run(tmp_path, "```bash\nfalse | cat\n```\n")


@pytest.mark.parametrize(
    ("expected", "printed"),
    [
        ("a … c\n", "a b c\n"),
        ("a\n…\nd\n", "a\nb\nc\nd\n"),
        ("a.c\n", "a.c\n"),
        ("… b  c\n", "a   b c\n"),
        ("a … c\n", "a     c\n"),
    ],
)
def test_an_ellipsis_stands_for_anything(expected: str, printed: str):
    assert matches(expected, printed)


@pytest.mark.parametrize(("expected", "printed"), [("a … c\n", "a b d\n"), ("a.c\n", "abc\n"), ("a\n", "a\nb\n")])
def test_everything_else_stands_for_itself(expected: str, printed: str):
    assert not matches(expected, printed)
