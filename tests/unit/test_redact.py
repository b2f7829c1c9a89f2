"""The redactor: no secret it knows leaves it, whole or in pieces, and what is no secret stays as it was."""

from __future__ import annotations

import base64
import json
from urllib.parse import quote

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from homeport.identity.redact import LONGEST_URL, MASK, SHORTEST, Redactor, environment_secrets

PEM = "-----BEGIN PRIVATE KEY-----\nMIIEvQIBADANBgkqhkiG\nQIBADANBgkqhkiG9w0BA\n-----END PRIVATE KEY-----\n"


def redacted(text: str, *secrets: str) -> str:
    return Redactor(secrets).text(text)


def test_a_secret_is_masked_wherever_it_stands() -> None:
    assert redacted("a hunter2! b hunter2!", "hunter2!") == "a *** b ***"


def test_a_text_without_secrets_stays_as_it_is() -> None:
    assert redacted("nothing here", "hunter2!") == "nothing here"


def test_a_secret_shorter_than_the_rule_leaves_every_text_whole() -> None:
    assert redacted("banana 12345", "a", "12345", "", " a\n") == "banana 12345"


def test_a_secret_of_the_shortest_length_is_masked() -> None:
    assert redacted("x" * SHORTEST, "x" * SHORTEST) == MASK


def test_secrets_that_overlap_are_masked_from_the_first_to_the_last_character() -> None:
    assert redacted("<abcdefghij>", "abcdefg", "defghij") == "<***>"


def test_a_secret_that_overlaps_itself_is_masked_whole() -> None:
    assert redacted("<abaabaaba>", "abaaba") == "<***>"


def test_a_secret_inside_another_is_masked_with_it() -> None:
    assert redacted("<password-and-more> <password>", "password", "password-and-more") == "<***> <***>"


def test_a_secret_of_several_lines_is_masked_whole() -> None:
    assert redacted(f"key:\n{PEM}end", PEM) == "key:\n***\nend"


def test_each_line_of_a_secret_of_several_lines_is_masked_alone() -> None:
    assert redacted("10:00 | MIIEvQIBADANBgkqhkiG\r\n10:00 | end", PEM) == "10:00 | ***\r\n10:00 | end"


def test_the_armour_of_a_key_is_no_secret() -> None:
    assert redacted("expected -----BEGIN PRIVATE KEY-----", PEM) == "expected -----BEGIN PRIVATE KEY-----"


def test_the_line_end_of_a_secret_does_not_hide_it() -> None:
    assert redacted("token=s3cr3t-value;", "s3cr3t-value\n") == "token=***;"


@pytest.mark.parametrize(
    "shown",
    [
        json.dumps('p"ä\tss/w@rd'),
        json.dumps('p"ä\tss/w@rd', ensure_ascii=False),
        quote('p"ä\tss/w@rd', safe=""),
        base64.b64encode('p"ä\tss/w@rd'.encode()).decode(),
    ],
    ids=["json", "json beyond ascii", "percent-encoded", "base64"],
)
def test_a_secret_is_masked_as_programs_print_it(shown: str) -> None:
    assert redacted(f"<{shown}>", 'p"ä\tss/w@rd').strip('<>"=') == MASK


# --- credentials in URLs ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("clone https://user:pw@git.test/a.git failed", "clone https://***@git.test/a.git failed"),
        ("https://ghp_token@git.test/a", "https://***@git.test/a"),
        ("https://user:p@ss@git.test/a", "https://***@git.test/a"),
        ("postgres://u:p@db:5432/x?sslmode=off", "postgres://***@db:5432/x?sslmode=off"),
        ("'redis://:pw@cache'", "'redis://***@cache'"),
        ("ssh://git@git.test/a.git", "ssh://git@git.test/a.git"),
        ("https://git.test/a@b", "https://git.test/a@b"),
        ("https://git.test?to=a@b", "https://git.test?to=a@b"),
        ("mail to a:b@c.test", "mail to a:b@c.test"),
    ],
)
def test_the_credentials_of_a_url_are_masked_and_nothing_else_of_it(text: str, shown: str) -> None:
    assert redacted(text) == shown


@pytest.mark.parametrize("name", ["Signature", "access_token", "X-Amz-Credential", "AccessKeyId", "sig", "api_key"])
def test_a_parameter_of_a_url_whose_name_tells_of_a_secret_is_masked(name: str) -> None:
    assert redacted(f"https://o.test/p.zip?a=1&{name}=abc%2F&b=2#f") == f"https://o.test/p.zip?a=1&{name}=***&b=2#f"


@pytest.mark.parametrize("name", ["Expires", "author", "limit", "monkeys"])
def test_other_parameters_of_a_url_stay(name: str) -> None:
    assert redacted(f"https://o.test/p.zip?{name}=abc") == f"https://o.test/p.zip?{name}=abc"


# --- a text in pieces ---------------------------------------------------------------------------------------------


def streamed(redactor: Redactor, pieces: list[str]) -> str:
    stream = redactor.stream()
    return "".join([*(stream.feed(piece) for piece in pieces), stream.flush()])


def test_a_secret_spread_over_pieces_is_masked() -> None:
    assert streamed(Redactor(["hunter2!"]), ["a hun", "te", "r2! b"]) == "a *** b"


def test_credentials_of_a_url_spread_over_pieces_are_masked() -> None:
    assert streamed(Redactor(), ["https", ":", "//user:p", "w@git.test?tok", "en=a", "bc d"]) == (
        "https://***@git.test?token=*** d"
    )


def test_what_cannot_be_part_of_a_secret_is_passed_on_at_once() -> None:
    stream = Redactor(["hunter2!", PEM]).stream()
    assert stream.feed("Password? ") == "Password? "


def test_what_looked_like_a_secret_and_was_none_is_passed_on_whole() -> None:
    stream = Redactor(["hunter2!"]).stream()
    assert [stream.feed("a hunt"), stream.feed("ing b")] == ["a ", "hunting b"]


def test_the_end_of_a_stream_passes_on_what_was_held_back() -> None:
    stream = Redactor(["hunter2!"]).stream()
    assert [stream.feed("a hunt"), stream.flush(), stream.flush()] == ["a ", "hunt", ""]


def test_a_stream_of_nothing_but_a_secret_that_overlaps_itself_holds_back_no_more_than_the_secret() -> None:
    stream = Redactor(["abaaba"]).stream()
    for _ in range(1000):
        stream.feed("aba")
    assert len(stream._held) < len("abaaba")


def test_a_url_without_end_is_passed_on_in_the_end() -> None:
    stream = Redactor().stream()
    stream.feed("https://")
    passed = [stream.feed("a" * 1024) for _ in range(LONGEST_URL // 1024 + 1)]
    assert len("".join(passed)) > LONGEST_URL


secrets = st.lists(st.text("ab:/@=? \n", min_size=SHORTEST, max_size=12), max_size=4)
texts = st.lists(
    st.one_of(
        st.text("ab:/@=? \n", max_size=12),
        st.sampled_from(["abaaba", "http://a:b@a ", "://", "?token=", "&key=ab", "aab\nba", "abaab@", " "]),
    ),
    max_size=12,
)


@given(secrets, texts)
@example(["abaaba", "baabab"], ["aba", "abab"])
@example(["b@a b"], ["http://a:b@", "a?token=ab a"])
@example(["b?key=ab zz"], ["http://h/b?key=ab z", "q"])
@example([":::::="], [":::::=", ":::::="])
def test_a_text_in_pieces_reads_as_the_whole_text_does(hidden: list[str], pieces: list[str]) -> None:
    redactor = Redactor(hidden)
    assert streamed(redactor, pieces) == redactor.text("".join(pieces))


@given(secrets, texts)
def test_no_secret_is_left_in_any_text(hidden: list[str], pieces: list[str]) -> None:
    text = Redactor(hidden).text("".join(pieces))
    assert not [secret for secret in hidden if len(secret.strip()) >= SHORTEST and secret in text]


@given(st.text(max_size=200))
def test_without_secrets_and_urls_every_text_stays_as_it_is(text: str) -> None:
    text = text.replace("://", "")
    assert streamed(Redactor(["\x00" * SHORTEST]), list(text)) == text


# --- environment variables ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "value", "hidden"),
    [
        ("DB_PASSWORD", "s3cret", ["s3cret"]),
        ("API_KEY", "s3cret", ["s3cret"]),
        ("GREETING", "hello12", []),
        ("GREETING", "hello123", ["hello123"]),
        ("DB_PASSWORD", "short", []),
        ("MODE", "debug", []),
        ("DB_URL", "pg://u:p%40ss@db", ["pg://u:p%40ss@db", "p%40ss", "p@ss"]),
        ("DB_URL", "http://[broken", ["http://[broken"]),
    ],
)
def test_what_is_hidden_of_an_environment_variable(name: str, value: str, hidden: list[str]) -> None:
    assert list(environment_secrets({name: value})) == hidden
