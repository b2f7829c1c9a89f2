"""Rules of certificates: how one may be named, and the PEM in what was sent.

Both halves are kept as they were sent, for Terraform compares them (contract/contract.md, section 15): it sends the
base64 of PEM, others send PEM itself.
"""

from __future__ import annotations

import base64
import binascii
import re
from typing import Final

from homeport.model.errors import InvalidParameter, Refused, shown

LONGEST: Final = 65_536
"""Characters that a chain or a key may have."""

_NAME: Final = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,63}")
_BEGIN: Final = "-----BEGIN "


class CertificateNotFound(Refused, kind="certificate-not-found"):
    """The environment has no such certificate."""

    def __init__(self, certificate_id: str) -> None:
        super().__init__(f"Certificate {shown(certificate_id)} does not exist in this environment.")
        self.certificate_id = certificate_id


class CertificateNameTaken(Refused, kind="certificate-name-taken"):
    """Another certificate of the environment has the name."""

    def __init__(self, name: str) -> None:
        super().__init__(f"metadata.name: there is a certificate {shown(name)} already. Choose another name.")
        self.name = name


def check_name(name: str) -> None:
    """Pass when a certificate may be called so; raise `InvalidParameter` otherwise."""
    if _NAME.fullmatch(name) is None:
        allowed = "1 to 64 letters, digits, dots, underscores and hyphens, the first a letter or digit"
        raise InvalidParameter("metadata.name", f"is {shown(name)}", allowed=allowed)


def pem_of(text: str, field: str) -> str:
    """Return the PEM in what was sent: itself, or base64 of it.

    Raises:
        InvalidParameter: there is none. What was sent is never repeated.
    """
    if len(text) > LONGEST:
        raise InvalidParameter(field, f"has {len(text)} characters", allowed=f"{LONGEST} at most")
    pem = text if _BEGIN in text else _decoded(text)
    if _BEGIN not in pem:
        raise InvalidParameter(field, "holds no PEM", allowed="PEM, or base64 of PEM")
    return pem


def _decoded(text: str) -> str:
    try:
        return base64.b64decode("".join(text.split()), validate=True).decode()
    except (binascii.Error, ValueError):
        return ""
