"""Ids and randomness, as the rest of Homeport is given them, so that tests own both."""

from __future__ import annotations

import random
import re
import secrets
import uuid
from typing import Protocol

from homeport.model.clock import Clock

_UUID = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}")
_SUFFIX_ALPHABET = "bcdfghjklmnpqrstvwxz2456789"


class Ids(Protocol):
    """Where new names come from."""

    def uuid(self) -> str:
        """Return a new UUID, lower case with hyphens; later ones sort after earlier ones."""
        ...

    def suffix(self, length: int) -> str:
        """Return `length` characters fit for the end of an instance's name: no vowels, nothing easily misread."""
        ...

    def secret(self, size: int) -> bytes:
        """Return `size` bytes nobody can guess."""
        ...


class SystemIds:
    """Ids of UUID version 7: 48 bits of milliseconds, then randomness of the operating system."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._last = 0

    def uuid(self) -> str:
        """Return a new UUID v7; within a process each sorts after the one before (RFC 9562, section 6.2, method 2)."""
        stamp = self._clock.now() // 1_000
        value = stamp << 74 | secrets.randbits(74)
        if value <= self._last:
            value = self._last + 1 + secrets.randbits(32)
        self._last = value
        return uuid7_text(value >> 74, value & ((1 << 74) - 1))

    def suffix(self, length: int) -> str:
        """Return `length` random characters for the end of an instance's name."""
        number = secrets.randbelow(len(_SUFFIX_ALPHABET) ** length)
        characters = []
        for _ in range(length):
            number, place = divmod(number, len(_SUFFIX_ALPHABET))
            characters.append(_SUFFIX_ALPHABET[place])
        return "".join(characters)

    def secret(self, size: int) -> bytes:
        """Return `size` bytes from the operating system's generator."""
        return secrets.token_bytes(size)


class SeededIds:
    """Ids that are the same at every run with the same seed; for tests and demonstrations, never for secrets."""

    def __init__(self, clock: Clock, seed: int) -> None:
        self._clock = clock
        self._random = random.Random(seed)  # noqa: S311 - reproducible on purpose, and said so above
        self._count = 0

    def uuid(self) -> str:
        """Return the next UUID of this seed; each sorts after the one before."""
        self._count += 1
        return uuid7_text(self._clock.now() // 1_000, self._count << 42 | self._random.getrandbits(42))

    def suffix(self, length: int) -> str:
        """Return the next `length` characters of this seed."""
        return "".join(self._random.choices(_SUFFIX_ALPHABET, k=length))

    def secret(self, size: int) -> bytes:
        """Return the next `size` bytes of this seed."""
        return self._random.randbytes(size)


def uuid7_text(milliseconds: int, rest: int) -> str:
    """Return the UUID v7 of a time in milliseconds and 74 further bits (RFC 9562, section 5.7)."""
    high = rest >> 62 & 0xFFF
    low = rest & ((1 << 62) - 1)
    value = milliseconds << 80 | 0x7 << 76 | high << 64 | 0b10 << 62 | low
    text = f"{value:032x}"
    return f"{text[:8]}-{text[8:12]}-{text[12:16]}-{text[16:20]}-{text[20:]}"


def is_uuid(text: str) -> bool:
    """Tell whether `text` is a UUID as CAE writes it: lower case, with hyphens (contract/contract.md, section 2)."""
    return _UUID.fullmatch(text) is not None


def derived_uuid(namespace: str, name: str) -> str:
    """Return the UUID that always is the one of `name` within `namespace`, itself a UUID (RFC 9562, version 5)."""
    return str(uuid.uuid5(uuid.UUID(namespace), name))


def id_prefix(milliseconds: int) -> str:
    """Return the text with which ids made at a time begin; it sorts before all of them and behind all earlier ones."""
    text = f"{min(max(milliseconds, 0), (1 << 48) - 1):012x}"
    return f"{text[:8]}-{text[8:]}"
