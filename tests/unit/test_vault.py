"""The vault: what it seals opens again under the same key and context, and under nothing else."""

from __future__ import annotations

import base64
import os
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from homeport.identity.vault import KEY_BYTES, MasterKey, Vault, VaultError, load_or_create_master_key, parse_master_key
from homeport.model.clock import SystemClock
from homeport.model.ids import SystemIds

IDS = SystemIds(SystemClock())
KEY = MasterKey(bytes(range(KEY_BYTES)))
VAULT = Vault(KEY, IDS)
CONTEXT = "access-key:HPTEST"


@pytest.fixture
def umask() -> Iterator[None]:
    """The usual umask, under which files are readable by all unless somebody cares."""
    before = os.umask(0o022)
    yield
    os.umask(before)


@given(st.binary(max_size=200), st.text(max_size=30))
def test_sealed_bytes_open_again(value: bytes, context: str) -> None:
    assert VAULT.unseal(VAULT.seal(value, context), context) == value


def test_sealed_text_opens_again() -> None:
    assert VAULT.unseal_text(VAULT.seal_text("pässwörd\n", CONTEXT), CONTEXT) == "pässwörd\n"


def test_a_sealed_value_shows_its_form_and_its_key_and_nothing_of_itself() -> None:
    version, key_id, payload = VAULT.seal_text("correct horse", CONTEXT).split(":")
    assert (version, key_id) == ("hp1", KEY.id)
    assert b"correct" not in base64.b64decode(payload)


def test_the_same_value_never_reads_the_same_twice() -> None:
    assert VAULT.seal_text("one", CONTEXT) != VAULT.seal_text("one", CONTEXT)


def test_a_value_moved_to_another_context_does_not_open() -> None:
    sealed = VAULT.seal_text("one", CONTEXT)
    with pytest.raises(VaultError, match=r"secret of access-key:OTHER cannot be opened.*sealed for something else"):
        VAULT.unseal(sealed, "access-key:OTHER")


def test_a_value_of_another_key_does_not_open_and_both_keys_are_named() -> None:
    other = MasterKey(bytes(KEY_BYTES))
    sealed = Vault(other, IDS).seal_text("one", CONTEXT)
    with pytest.raises(VaultError, match=f"sealed under master key {other.id}, this is {KEY.id}; start Homeport with"):
        VAULT.unseal(sealed, CONTEXT)


def test_another_key_that_bears_the_right_id_does_not_open_it_either() -> None:
    sealed = Vault(MasterKey(bytes(KEY_BYTES)), IDS).seal_text("one", CONTEXT)
    _, _, payload = sealed.split(":")
    with pytest.raises(VaultError, match="it was changed"):
        VAULT.unseal(f"hp1:{KEY.id}:{payload}", CONTEXT)


@given(st.data())
def test_a_value_with_any_bit_changed_does_not_open(data: st.DataObject) -> None:
    version, key_id, payload = VAULT.seal_text("correct horse", CONTEXT).split(":")
    raw = bytearray(base64.b64decode(payload))
    raw[data.draw(st.integers(0, len(raw) - 1))] ^= 1 << data.draw(st.integers(0, 7))
    with pytest.raises(VaultError, match="it was changed"):
        VAULT.unseal(f"{version}:{key_id}:{base64.b64encode(raw).decode()}", CONTEXT)


@pytest.mark.parametrize(
    ("sealed", "why"),
    [
        ("", "it is not in the form hp1:<key id>:<base64>"),
        (f"hp2:{KEY.id}:AAAA", "it is not in the form hp1:<key id>:<base64>"),
        (f"hp1:{KEY.id}:AAAA", "it is cut short"),
        (f"hp1:{KEY.id}:\N{SNOWMAN}", "its base64 is broken"),
        (f"hp1:{KEY.id}:A", "its base64 is broken"),
    ],
)
def test_a_damaged_value_is_refused_with_what_is_wrong_and_what_to_do(sealed: str, why: str) -> None:
    with pytest.raises(VaultError) as caught:
        VAULT.unseal(sealed, CONTEXT)
    assert str(caught.value) == (
        f"the secret of {CONTEXT} cannot be opened, set it anew or restore the store from a backup: {why}"
    )


# --- the master key -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "text",
    [
        base64.b64encode(b"\xfb\xff" * 16).decode(),
        base64.urlsafe_b64encode(b"\xfb\xff" * 16).decode(),
        "fbff" * 16,
        "  " + "FBFF" * 16 + "\n",
    ],
)
def test_a_key_may_be_given_in_base64_or_hex(text: str) -> None:
    assert parse_master_key(text).id == MasterKey(b"\xfb\xff" * 16).id


@pytest.mark.parametrize("text", ["", "c2VjcmV0", "not a key", "zz" * 32, "\N{SNOWMAN}" * 44])
def test_what_is_no_key_is_refused_without_repeating_it(text: str) -> None:
    with pytest.raises(VaultError, match="openssl rand -base64 32") as caught:
        parse_master_key(text)
    assert not text or text not in str(caught.value)


def test_a_key_does_not_show_itself() -> None:
    assert repr(KEY) == f"MasterKey(id='{KEY.id}')"


def test_the_first_start_makes_a_key_file_for_its_owner_alone(tmp_path: Path, umask: None) -> None:
    load_or_create_master_key(tmp_path / "master.key", IDS)
    assert (tmp_path / "master.key").stat().st_mode & 0o777 == 0o600


def test_making_the_key_file_leaves_nothing_beside_it(tmp_path: Path) -> None:
    load_or_create_master_key(tmp_path / "master.key", IDS)
    assert [path.name for path in tmp_path.iterdir()] == ["master.key"]


def test_later_starts_read_the_same_key(tmp_path: Path) -> None:
    first = load_or_create_master_key(tmp_path / "master.key", IDS)
    assert load_or_create_master_key(tmp_path / "master.key", IDS).id == first.id


def test_starts_at_the_same_moment_agree_on_one_key(tmp_path: Path) -> None:
    found: list[str] = []
    gate = threading.Barrier(8)

    def start() -> None:
        gate.wait()
        found.append(load_or_create_master_key(tmp_path / "master.key", IDS).id)

    threads = [threading.Thread(target=start) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(found) == 8
    assert len(set(found)) == 1


@pytest.mark.parametrize("mode", [0o640, 0o604, 0o620, 0o666])
def test_a_key_file_that_others_may_use_is_refused_with_the_command_that_closes_it(tmp_path: Path, mode: int) -> None:
    path = tmp_path / "master.key"
    load_or_create_master_key(path, IDS)
    path.chmod(mode)
    with pytest.raises(VaultError, match=f"mode {mode:04o} lets others use it; run: chmod 600 {path}"):
        load_or_create_master_key(path, IDS)


def test_a_file_without_a_key_is_refused_and_left_as_it_is(tmp_path: Path) -> None:
    path = tmp_path / "master.key"
    path.write_text("oops\n")
    path.chmod(0o600)
    with pytest.raises(VaultError, match=f"^{path}: .*or restore the file from a backup"):
        load_or_create_master_key(path, IDS)
    assert path.read_text() == "oops\n"


def test_a_folder_that_is_not_there_is_named(tmp_path: Path) -> None:
    path = tmp_path / "absent" / "master.key"
    with pytest.raises(VaultError, match=f"master key {path}: No such file or directory"):
        load_or_create_master_key(path, IDS)
