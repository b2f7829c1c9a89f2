"""Whether two components may be behind the same port."""

from __future__ import annotations

from collections.abc import Sequence

from homeport.model.access import Entrance


def clash_with(entrance: Entrance, others: Sequence[Entrance], component_name: str) -> str | None:
    """Return why an entrance cannot share its port with another component's, naming that one; None if it can."""
    other = others[0]
    if not (entrance.shared and other.shared):
        return f"component {component_name} has it, and only items of type Ingress share a port"
    if entrance.protocol != other.protocol:
        return f"component {component_name} has it for {other.protocol.upper()}"
    if entrance.strict_tls != other.strict_tls:
        return f"component {component_name} has it with another policy for TLS"
    taken = {rule for one in others for rule in one.rules}
    for rule in entrance.rules:
        if rule in taken:
            return f"component {component_name} has it for host {rule.host or '*'} and path {rule.path}"
    return None
