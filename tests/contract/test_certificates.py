"""Certificates of an environment: given back as they were sent, checked, and sealed (contract/contract.md, 15)."""

import base64
from typing import Any

import pytest

from support.certificates import certificate

UNKNOWN = "00000000-0000-4000-8000-000000000000"


class Shelf:
    """An environment and its certificates; `crt` and `key` are a pair as Terraform sends it."""

    def __init__(self, cae: Any, environment: str) -> None:
        self.cae = cae
        self.environment = environment
        self.crt, self.key = (base64.b64encode(half.encode()).decode() for half in certificate("shop.test"))

    @classmethod
    async def of(cls, cae: Any) -> "Shelf":
        return cls(cae, (await cae.house.environment()).id)

    async def call(self, method: str, path: str = "", body: Any = None) -> Any:
        return await self.cae(method, f"/certificates{path}", body, environment=self.environment)

    async def create(self, name: str = "shop", **halves: str) -> Any:
        return await self.call("POST", body={"metadata": {"name": name}, "spec": self.spec(**halves)})

    async def change(self, id_: str, **halves: str) -> Any:
        return await self.call("PUT", f"/{id_}", {"spec": self.spec(**halves)})

    def spec(self, **halves: str) -> dict[str, str]:
        return {"crt": self.crt, "key": self.key} | halves


def test_a_certificate_is_given_back_as_it_was_sent(in_cae) -> None:
    async def scenario(cae):
        shelf = await Shelf.of(cae)
        created, listed = await shelf.create(), await shelf.call("GET")
        return shelf, created, listed

    shelf, created, listed = in_cae(scenario)
    (item,) = created.json["items"]
    assert (created.status, listed.json) == (200, created.json)
    assert (item["metadata"]["name"], item["spec"]["crt"], item["spec"]["key"]) == ("shop", shelf.crt, shelf.key)


def test_a_certificate_is_changed_and_deleted_by_its_id(in_cae) -> None:
    async def scenario(cae):
        shelf = await Shelf.of(cae)
        id_ = (await shelf.create()).json["items"][0]["metadata"]["id"]
        crt, key = certificate("shop.test")
        changed = await shelf.change(id_, crt=crt, key=key)
        held = (await shelf.call("GET")).json["items"][0]["spec"]
        deleted = await shelf.call("DELETE", f"/{id_}")
        return (
            (changed.status, changed.text, deleted.status),
            held["crt"] == crt,
            (await shelf.call("GET")).json["items"],
        )

    assert in_cae(scenario) == ((204, b"", 204), True, [])


def test_an_unknown_certificate_is_one_that_is_gone(in_cae) -> None:
    async def scenario(cae):
        shelf = await Shelf.of(cae)
        return [await shelf.change(UNKNOWN), await shelf.call("DELETE", f"/{UNKNOWN}")]

    for answer in in_cae(scenario):
        assert (answer.status, answer.json["error_code"]) == (400, "CAE.01500005")


@pytest.mark.parametrize(
    ("name", "halves", "said"),
    [
        ("", {}, "metadata.name is ''"),
        ("a b", {}, "metadata.name is 'a b'"),
        ("shop", {"crt": "no PEM"}, "spec.crt holds no PEM"),
        ("shop", {"crt": "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----"}, "spec.crt holds no cert"),
        ("shop", {"key": "-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----"}, "spec.key holds no private"),
        ("shop", {"key": certificate("shop.test")[1]}, "spec.key is not the key of the first certificate"),
        ("shop", {"key": "A" * 70_000}, "spec.key has 70000 characters"),
    ],
)
def test_what_is_no_certificate_is_refused_by_its_field(in_cae, name: str, halves: dict[str, str], said: str) -> None:
    async def scenario(cae):
        return await (await Shelf.of(cae)).create(name, **halves)

    answer = in_cae(scenario)
    assert (answer.status, answer.json["error_code"]) == (400, "CAE.01500001")
    assert said in answer.json["error_msg"]


def test_a_name_is_there_once_in_an_environment(in_cae) -> None:
    async def scenario(cae):
        shelf = await Shelf.of(cae)
        await shelf.create()
        return await shelf.create()

    answer = in_cae(scenario)
    assert (answer.status, answer.json["error_code"]) == (400, "CAE.01500001")
    assert "there is a certificate 'shop' already" in answer.json["error_msg"]


def test_the_key_is_sealed_in_the_store(in_cae) -> None:
    async def scenario(cae):
        shelf = await Shelf.of(cae)
        await shelf.create()
        (row,) = await cae.house.context.store.rows("certificates", environment_id=shelf.environment)
        return str(row["crt"]) == shelf.crt, shelf.key in str(row)

    assert in_cae(scenario) == (True, False)
