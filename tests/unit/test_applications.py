"""The rules of applications."""

import pytest

from homeport.model.applications import check_name
from homeport.model.errors import InvalidApplicationName


@pytest.mark.parametrize("name", ["ab", "web-shop", "a" * 63, "a9"])
def test_an_application_may_be_called(name: str) -> None:
    check_name(name)


@pytest.mark.parametrize("name", ["", "a", "a" * 64, "9a", "ab-", "Web", "web_shop", "web\n"])
def test_an_application_may_not_be_called(name: str) -> None:
    with pytest.raises(InvalidApplicationName, match="2 to 63"):
        check_name(name)
