"""Certificates for TLS: whether a chain and a key are what they should be, and belong together."""

from __future__ import annotations

from cryptography import x509
from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat, load_pem_private_key


class UnusableCertificate(Exception):  # noqa: N818 - said of the certificate
    """A chain or key cannot be used; `part` is `crt` or `key`, the text says why and never repeats the key."""

    def __init__(self, part: str, why: str) -> None:
        super().__init__(why)
        self.part = part


def check_pair(crt: str, key: str) -> None:
    """Pass when PEM is a chain, the server's own certificate first, and the key of that.

    Takes some milliseconds for RSA: not for the event loop. Raises `UnusableCertificate`.
    """
    try:
        chain = x509.load_pem_x509_certificates(crt.encode())
    except ValueError:
        raise UnusableCertificate("crt", "holds no certificate that can be read") from None
    try:
        private = load_pem_private_key(key.encode(), password=None)
    except TypeError:
        raise UnusableCertificate("key", "has a passphrase, which nobody is there to type") from None
    except (ValueError, UnsupportedAlgorithm):
        raise UnusableCertificate("key", "holds no private key that can be read") from None
    form = (Encoding.DER, PublicFormat.SubjectPublicKeyInfo)
    if chain[0].public_key().public_bytes(*form) != private.public_key().public_bytes(*form):
        raise UnusableCertificate("key", "is not the key of the first certificate in crt")
