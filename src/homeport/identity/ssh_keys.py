"""Private keys of SSH: whether one can be used without anybody being asked, and what its public half is."""

from __future__ import annotations

from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric import dsa, ec, ed25519, rsa
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    PublicFormat,
    load_pem_private_key,
    load_ssh_private_key,
)


class UnusableKey(Exception):  # noqa: N818 - said of the key
    """A text is no private key that can be used; the text says why, and never repeats the key."""


def public_key_of(private_key: str) -> str:
    """Return the public half of a private key (OpenSSH's form or PEM), as a line of `authorized_keys`.

    Takes some milliseconds for RSA: not for the event loop. Raises `UnusableKey`.
    """
    text = private_key.encode()
    load = load_ssh_private_key if b"BEGIN OPENSSH PRIVATE KEY" in text else load_pem_private_key
    try:
        key = load(text, password=None)
    except TypeError:
        raise UnusableKey("has a passphrase, which nobody is there to type") from None
    except UnsupportedAlgorithm:
        raise UnusableKey("is of a kind that is not supported") from None
    except ValueError as error:
        raise UnusableKey(_why(error)) from None
    if not isinstance(key, ed25519.Ed25519PrivateKey | ec.EllipticCurvePrivateKey | rsa.RSAPrivateKey):
        kind = "DSA" if isinstance(key, dsa.DSAPrivateKey) else "that"
        raise UnusableKey(f"is of kind {kind}, which SSH servers no longer take")
    return key.public_key().public_bytes(Encoding.OpenSSH, PublicFormat.OpenSSH).decode()


def _why(error: ValueError) -> str:
    if "password" in str(error).lower() or "encrypted" in str(error).lower():
        return "has a passphrase, which nobody is there to type"
    return "is no private key"
