"""Random text for keys, passwords and tokens, from alphabets that survive shells, URLs and being read aloud."""

from __future__ import annotations

import string
from typing import Final

from homeport.model.ids import Ids

_CAPITALS: Final = string.ascii_uppercase + string.digits
_LETTERS_AND_DIGITS: Final = string.ascii_letters + string.digits


def capitals(ids: Ids, length: int) -> str:
    """Return `length` capitals and digits, 5.2 random bits each."""
    return _text(ids, _CAPITALS, length)


def letters_and_digits(ids: Ids, length: int) -> str:
    """Return `length` letters and digits, 5.95 random bits each."""
    return _text(ids, _LETTERS_AND_DIGITS, length)


def _text(ids: Ids, alphabet: str, length: int) -> str:
    # Eight bytes more than the text can hold: what the division leaves uneven is below 2**-64.
    number = int.from_bytes(ids.secret(length + 8))
    digits = []
    for _ in range(length):
        number, digit = divmod(number, len(alphabet))
        digits.append(alphabet[digit])
    return "".join(digits)
