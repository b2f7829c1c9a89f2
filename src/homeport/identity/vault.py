"""The vault: seals what must be stored and stay secret, under one master key that never enters the store.

What is sealed: secrets of access keys and of credentials, `env` values, database passwords, keys of certificates. Each
is bound to its context, the words for what it belongs to (`access-key:HP…`), so that a sealed value moved to another
row does not open.
"""

from __future__ import annotations

import base64
import contextlib
import hashlib
from pathlib import Path
from typing import Final

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from homeport.identity.private_file import SharedFile, read_private, write_private
from homeport.model.ids import Ids

KEY_BYTES: Final = 32
"""Length of a master key: AES-256."""

_VERSION: Final = "hp1"
_NONCE_BYTES: Final = 12
_TAG_BYTES: Final = 16
_LONGEST_KEY_TEXT: Final = 1024
_HOW_TO_MAKE: Final = "make one with: openssl rand -base64 32"
_DAMAGED: Final = "the secret of {} cannot be opened, set it anew or restore the store from a backup"


class VaultError(Exception):
    """A key or a sealed value cannot be used; the text says which, why, and what to do."""


class MasterKey:
    """The key of a vault. Its `repr` shows the id, never the key."""

    __slots__ = ("_key", "id")

    def __init__(self, key: bytes) -> None:
        """Take the key's bytes; `VaultError` when they are not `KEY_BYTES` many."""
        if len(key) != KEY_BYTES:
            raise VaultError(f"a master key has {KEY_BYTES} bytes, this one has {len(key)}; {_HOW_TO_MAKE}")
        self._key = key
        self.id: Final = hashlib.sha256(b"homeport master key id\n" + key).hexdigest()[:8]
        """Eight hex digits that tell keys apart and say nothing about the key."""

    def __repr__(self) -> str:
        return f"MasterKey(id={self.id!r})"

    def cipher(self) -> AESGCM:
        """Return AES-256-GCM under this key."""
        return AESGCM(self._key)


def parse_master_key(text: str) -> MasterKey:
    """Return the key that a setting or a key file holds: 32 bytes in base64 (either alphabet) or in 64 hex digits.

    Raises `VaultError` for anything else; its text never repeats the input.
    """
    word = text.strip()
    try:
        if len(word) == 2 * KEY_BYTES:
            return MasterKey(bytes.fromhex(word))
        return MasterKey(base64.b64decode(word.replace("-", "+").replace("_", "/"), validate=True))
    except ValueError:
        raise VaultError(f"the master key is neither base64 nor hex; {_HOW_TO_MAKE}") from None


def load_or_create_master_key(path: Path, ids: Ids) -> MasterKey:
    """Return the key in the file `path`; where there is none, make a key and the file, with mode 0600.

    Of two processes that start at once one makes the file, and both return its key. Raises `VaultError` when others may
    use the file, when it holds no key, or when it can be neither read nor made.
    """
    try:
        with contextlib.suppress(FileNotFoundError):
            return _load(path)
        with contextlib.suppress(FileExistsError):
            write_private(path, base64.b64encode(ids.secret(KEY_BYTES)).decode() + "\n")
        return _load(path)
    except SharedFile as error:
        raise VaultError(str(error)) from None
    except OSError as error:
        raise VaultError(f"master key {path}: {error.strerror}; give Homeport a data folder it may write to") from error


def _load(path: Path) -> MasterKey:
    text = read_private(path, _LONGEST_KEY_TEXT)
    try:
        return parse_master_key(text)
    except VaultError as error:
        raise VaultError(f"{path}: {error}, or restore the file from a backup") from None


class Vault:
    """Seals and opens values under one master key.

    A sealed value is text: `hp1:<key id>:<base64 of nonce, ciphertext and tag>`, some 60 characters longer than the
    value. The same value sealed twice reads differently.
    """

    def __init__(self, key: MasterKey, ids: Ids) -> None:
        self._cipher = key.cipher()
        self._key_id = key.id
        self._ids = ids

    def seal(self, value: bytes, context: str) -> str:
        """Return `value` sealed for `context`; whoever opens it must name the same context."""
        nonce = self._ids.secret(_NONCE_BYTES)
        sealed = nonce + self._cipher.encrypt(nonce, value, self._bound(context))
        return f"{_VERSION}:{self._key_id}:{base64.b64encode(sealed).decode()}"

    def unseal(self, sealed: str, context: str) -> bytes:
        """Return the value that was sealed for `context`.

        Raises `VaultError` when it was sealed under another key or in another form, or when it was changed or belongs
        to another context.
        """
        raw = self._opened(sealed, context)
        try:
            return self._cipher.decrypt(raw[:_NONCE_BYTES], raw[_NONCE_BYTES:], self._bound(context))
        except InvalidTag:
            raise VaultError(f"{_DAMAGED.format(context)}: it was changed, or sealed for something else") from None

    def seal_text(self, value: str, context: str) -> str:
        """Return text sealed for `context`, as `seal` does with bytes."""
        return self.seal(value.encode(), context)

    def unseal_text(self, sealed: str, context: str) -> str:
        """Return the text that `seal_text` sealed for `context`; raises as `unseal` does."""
        return self.unseal(sealed, context).decode()

    def _opened(self, sealed: str, context: str) -> bytes:
        version, _, rest = sealed.partition(":")
        key_id, _, payload = rest.partition(":")
        if version != _VERSION:
            raise VaultError(f"{_DAMAGED.format(context)}: it is not in the form {_VERSION}:<key id>:<base64>")
        if key_id != self._key_id:
            raise VaultError(
                f"the secret of {context} is sealed under master key {key_id}, this is {self._key_id};"
                " start Homeport with the master key that belongs to this store"
            )
        try:
            raw = base64.b64decode(payload, validate=True)
        except ValueError:
            raise VaultError(f"{_DAMAGED.format(context)}: its base64 is broken") from None
        if len(raw) < _NONCE_BYTES + _TAG_BYTES:
            raise VaultError(f"{_DAMAGED.format(context)}: it is cut short")
        return raw

    def _bound(self, context: str) -> bytes:
        # The form is bound too, so that a value of a later form can never be passed off as one of this form.
        return f"{_VERSION}:{self._key_id}:{context}".encode()
