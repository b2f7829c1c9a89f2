"""Domains of an environment: host names that are announced, and how one may be called (contract.md, section 14).

A front answers for the hosts that `access` configurations name, whether they were announced or not.
"""

from __future__ import annotations

from homeport.model.access import is_host
from homeport.model.errors import InvalidParameter, Refused, shown


class DomainNotFound(Refused, kind="domain-not-found"):
    """The environment has no such domain."""

    def __init__(self, domain_id: str) -> None:
        super().__init__(f"Domain {shown(domain_id)} does not exist in this environment.")
        self.domain_id = domain_id


class DomainTaken(Refused, kind="domain-taken"):
    """The environment has the domain already."""

    def __init__(self, name: str) -> None:
        # Tests of the Terraform provider look for these words (contract/terraform.md, section 5).
        super().__init__(f"metadata.name: the domain has already existed: {shown(name)}. Choose another name.")
        self.name = name


def check_name(name: str) -> None:
    """Pass when a domain may be called so; raise `InvalidParameter` otherwise."""
    if not is_host(name):
        allowed = "a host name: labels of letters, digits and hyphens with dots between, perhaps with *. in front"
        raise InvalidParameter("metadata.name", f"is {shown(name)}", allowed=allowed)
