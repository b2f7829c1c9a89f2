"""What commands print, and how."""

import io
import json

import click
import pytest

from homeport.cli.output import Output, clipped, coloured, columns, status_word


class Terminal(io.StringIO):
    """A stream that is a terminal."""

    def isatty(self) -> bool:
        return True


def test_columns_stand_below_each_other_and_nothing_is_cut():
    lines = [click.unstyle(line) for line in columns([["NAME", "STATUS"], ["a" * 90, "running"], ["b", "paused"]])]
    assert lines == ["NAME" + " " * 88 + "STATUS", "a" * 90 + "  running", "b" + " " * 91 + "paused"]


def test_a_status_has_a_colour_and_other_words_have_none():
    assert status_word("failed") != "failed"
    assert status_word("cart") == "cart"


def test_a_terminal_takes_colours(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.delenv("NO_COLOR", raising=False)
    monkeypatch.setenv("TERM", "xterm")
    assert coloured(Terminal())


@pytest.mark.parametrize(("variable", "value"), [("NO_COLOR", "1"), ("TERM", "dumb")])
def test_a_terminal_that_wants_no_colours_gets_none(monkeypatch: pytest.MonkeyPatch, variable: str, value: str):
    monkeypatch.setenv(variable, value)
    assert not coloured(Terminal())


def test_a_pipe_gets_no_colours(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.delenv("NO_COLOR", raising=False)
    assert not coloured(io.StringIO())


def test_text_is_without_colours_where_nobody_looks(capsys: pytest.CaptureFixture[str]):
    Output(as_json=False).table(("STATUS",), [("failed",)], none="")
    assert capsys.readouterr().out == "STATUS\nfailed\n"


def test_a_table_without_rows_says_so_beside_the_answer(capsys: pytest.CaptureFixture[str]):
    Output(as_json=False).table(("STATUS",), [], none="There is nothing.")
    assert capsys.readouterr() == ("", "There is nothing.\n")


def test_with_json_only_the_document_is_printed(capsys: pytest.CaptureFixture[str]):
    out = Output(as_json=True)
    out.line("a line")
    out.note("a note")
    out.raw(b"a log")
    out.facts({"name": "cart"})
    out.table(("NAME",), [("cart",)], none="")
    out.document({"name": "Ü"})
    printed = capsys.readouterr()
    assert json.loads(printed.out) == {"name": "Ü"}
    assert printed.err == ""


def test_without_json_no_document_is_printed(capsys: pytest.CaptureFixture[str]):
    Output(as_json=False).document({"name": "cart"})
    assert capsys.readouterr().out == ""


def test_facts_without_a_value_are_left_out(capsys: pytest.CaptureFixture[str]):
    Output(as_json=False).facts({"name": "cart", "address": "", "cause": None, "ready": 0})
    assert capsys.readouterr().out == "  name   cart\n  ready  0\n"


def test_a_fact_of_several_lines_stays_in_its_column(capsys: pytest.CaptureFixture[str]):
    Output(as_json=False).facts({"detail": "first\nsecond"})
    assert capsys.readouterr().out == "  detail  first\n          second\n"


@pytest.mark.parametrize(("text", "shown"), [("", ""), ("one\ntwo", "one"), ("x" * 11, "x" * 9 + "…")])
def test_what_is_too_long_for_a_line_is_shortened(text: str, shown: str):
    assert clipped(text, 10) == shown
