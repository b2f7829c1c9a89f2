"""Annotations: the map of strings beside a resource's name, kept as its user sent it."""

from __future__ import annotations

import msgspec

_decode = msgspec.json.Decoder(dict[str, str | None]).decode


def annotations_of(text: str | bytes) -> dict[str, str]:
    """Return annotations from the JSON they came as; one whose value is null counts as not sent."""
    return {name: value for name, value in _decode(text).items() if value is not None}
