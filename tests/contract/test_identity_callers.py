"""Who may call: every way in, and every bad credential with the answer that clients know it by."""

from __future__ import annotations

import json
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

import httpx2
import pytest

from homeport.api.authenticator import IdentityAuthenticator
from homeport.api.calls import Answer, Call, json_answer
from homeport.api.edge import Edge, request_ids
from homeport.api.operations import OPERATIONS_BY_ID
from homeport.identity.attempts import CREDENTIAL_LIMIT
from homeport.identity.first_start import Credentials, Given, set_up
from homeport.identity.signature import LARGEST_SKEW, SignedRequest, sign
from homeport.model.clock import SECOND, rfc3339
from support.identity import ELSEWHERE, IdentityHouse, call, run_in

PREFIX = "Incorrect IAM authentication information: "


class House(IdentityHouse):
    """An edge with two CAE operations that tell who called, over the accounts of a first start."""

    admin: Credentials

    def __init__(self, folder: Path) -> None:
        super().__init__(folder)
        operations = [OPERATIONS_BY_ID["ListEnvironments"], OPERATIONS_BY_ID["CreateEnvironment"]]
        self.edge = Edge(
            {operation.id: whoami for operation in operations},
            IdentityAuthenticator(self.identity, self.clock),
            request_ids(self.ids),
            operations=operations,
        )

    async def fill(self) -> None:
        file = self.folder / "credentials.json"
        made = await set_up(self.store, self.identity, self.vault, self.ids, Given(), file)
        assert made.credentials
        self.admin = made.credentials

    @property
    def path(self) -> str:
        return f"/v1/{self.admin.project_id}/cae/environments"

    async def token(self, **options: Any) -> str:
        user = await self.identity.accounts.user_named(self.admin.user_name)
        assert user
        return (await self.identity.tokens.issue(user.id, None, "password", **options)).value

    async def send(
        self, headers: Any = None, *, method: str = "GET", path: str = "", client: str = ELSEWHERE, body: bytes = b""
    ) -> httpx2.Response:
        return await call(self.edge, method, path or self.path, client=client, headers=headers, content=body)

    def signed(self, *, access_key: str = "", secret: str = "", path: str = "", method: str = "GET") -> dict[str, str]:
        request = SignedRequest(method=method, path=(path or self.path).encode(), headers=[(b"x-extra", b"1")])
        lines = sign(request, access_key or self.admin.access_key, secret or self.admin.secret_key, self.clock.now())
        return {"x-extra": "1"} | {name.decode(): value.decode() for name, value in lines}


async def whoami(request: Call) -> Answer:
    return json_answer({"user": request.caller.user_name, "method": request.caller.method})


Run = Callable[[Callable[[House], Awaitable[Any]]], Any]


@pytest.fixture
def run(tmp_path: Path) -> Run:
    return lambda scenario: run_in(lambda: House(tmp_path), scenario)


def seen(response: httpx2.Response) -> tuple[int, str, str]:
    body = json.loads(response.content)
    return response.status_code, body.get("error_code", ""), body.get("error_msg", body.get("method", ""))


def unauthenticated(reason: str) -> tuple[int, str, str]:
    return 401, "APIGW.0301", PREFIX + reason


# --- good credentials ---------------------------------------------------------------------------------------------


def test_a_token_lets_its_user_in(run: Run) -> None:
    async def scenario(house: House) -> object:
        token = await house.token()
        return [seen(await house.send({"X-Auth-Token": token})) for _ in range(2)]

    assert run(scenario) == [(200, "", "token")] * 2


def test_a_signature_lets_its_user_in(run: Run) -> None:
    async def scenario(house: House) -> object:
        return [seen(await house.send(house.signed())) for _ in range(2)]

    assert run(scenario) == [(200, "", "signature")] * 2


def test_a_signature_covers_the_body_that_is_sent(run: Run) -> None:
    async def scenario(house: House) -> object:
        headers = house.signed(method="POST")
        return [seen(await house.send(headers, method="POST", body=body))[0] for body in (b"", b"{}")]

    assert run(scenario) == [200, 401]


def test_of_a_token_and_a_signature_the_signature_counts(run: Run) -> None:
    async def scenario(house: House) -> object:
        token = {"X-Auth-Token": await house.token()}
        await house.send(token)
        good = await house.send(token | house.signed())
        bad = await house.send(token | house.signed(secret="wrong"))
        return seen(good), seen(bad)

    assert run(scenario) == ((200, "", "signature"), unauthenticated("verify aksk signature fail"))


def test_an_authorization_that_a_proxy_adds_does_not_hide_a_token(run: Run) -> None:
    async def scenario(house: House) -> object:
        return seen(await house.send({"X-Auth-Token": await house.token(), "Authorization": "Basic YTpi"}))

    assert run(scenario) == (200, "", "token")


# --- bad credentials ----------------------------------------------------------------------------------------------


def test_no_credentials(run: Run) -> None:
    assert run(lambda house: house.send()).json()["error_msg"] == (
        f"{PREFIX}x-auth-token not found; send the header X-Auth-Token, or sign the request with an access key"
    )


def test_an_unknown_token(run: Run) -> None:
    async def scenario(house: House) -> object:
        return seen(await house.send({"X-Auth-Token": "hpt_unknown"}))

    assert run(scenario) == unauthenticated("decrypt token fail; ask for a new token at POST /v3/auth/tokens")


def test_an_expired_token(run: Run) -> None:
    async def scenario(house: House) -> object:
        ends = house.clock.now() + SECOND
        token = {"X-Auth-Token": await house.token(expires_at=ends)}
        assert (await house.send(token)).status_code == 200
        house.clock.micros = ends
        return ends, seen(await house.send(token))

    ends, answer = run(scenario)
    assert answer == (
        401,
        "APIGW.0307",
        f"{PREFIX}token expires, expires_at: {rfc3339(ends)}. Ask for a new token.",
    )


def test_a_wrong_signature(run: Run) -> None:
    async def scenario(house: House) -> object:
        return seen(await house.send(house.signed(secret="wrong")))

    assert run(scenario) == unauthenticated("verify aksk signature fail")


def test_a_signature_of_another_request(run: Run) -> None:
    async def scenario(house: House) -> object:
        return seen(await house.send(house.signed(path="/elsewhere")))

    assert run(scenario) == unauthenticated("verify aksk signature fail")


def test_an_unknown_access_key(run: Run) -> None:
    async def scenario(house: House) -> object:
        return seen(await house.send(house.signed(access_key="HPUNKNOWN")))

    assert run(scenario) == unauthenticated("Get secretKey failed,ak:HPUNKNOWN,err:ak not exist")


@pytest.mark.parametrize("skew", [LARGEST_SKEW + SECOND, -LARGEST_SKEW - SECOND])
def test_a_clock_that_is_off(run: Run, skew: int) -> None:
    async def scenario(house: House) -> object:
        # To the second, as the date of a signature is.
        house.clock.micros -= house.clock.micros % SECOND
        headers = house.signed()
        house.clock.micros += skew
        return seen(await house.send(headers))

    assert run(scenario) == unauthenticated(
        "calc ak sk signature fail:signature expired; X-Sdk-Date is 901 s off, check the client's clock"
    )


def test_another_algorithm(run: Run) -> None:
    async def scenario(house: House) -> object:
        headers = house.signed()
        headers["Authorization"] = headers["Authorization"].replace("SDK-HMAC-SHA256", "SDK-HMAC-SM3")
        return seen(await house.send(headers))

    assert run(scenario)[:2] == (401, "APIGW.0301")


def test_a_project_of_others(run: Run) -> None:
    async def scenario(house: House) -> object:
        user = await house.identity.accounts.user_named(house.admin.user_name)
        assert user
        other = (await house.identity.accounts.add_project(user.domain_id, "other")).id
        path = f"/v1/{other}/cae/environments"
        token = await house.send({"X-Auth-Token": await house.token()}, path=path)
        signature = await house.send(house.signed(path=path), path=path)
        return [seen(answer)[:2] for answer in (token, signature)]

    assert run(scenario) == [(400, "CAE.01501800")] * 2


def test_a_token_for_one_project_opens_no_other(run: Run) -> None:
    async def scenario(house: House) -> object:
        accounts = house.identity.accounts
        user = await accounts.user_named(house.admin.user_name)
        assert user
        other = (await accounts.add_project(user.domain_id, "other")).id
        token = (await house.identity.tokens.issue(user.id, other, "password")).value
        return seen(await house.send({"X-Auth-Token": token}))[:2]

    assert run(scenario) == (400, "CAE.01501800")


def test_a_client_that_was_given_no_project_id_is_told_so_before_its_signature(run: Run) -> None:
    async def scenario(house: House) -> object:
        return seen(await house.send(house.signed(secret="wrong"), path="/v1/%7Bproject_id%7D/cae/environments"))

    status, code, text = run(scenario)
    assert (status, code) == (400, "CAE.01500001")
    assert "placeholder {project_id}" in text


@pytest.mark.parametrize(
    "headers",
    [
        {"X-Auth-Token": "\x00\xff" * 9000},
        {"X-Auth-Token": "'; DROP TABLE token; --"},
        {"Authorization": "SDK-HMAC-SHA256"},
        {"Authorization": f"SDK-HMAC-SHA256 Access={'a' * 9000}, SignedHeaders=x-sdk-date, Signature={'0' * 64}"},
        {"Authorization": f"SDK-HMAC-SHA256 Access=a, SignedHeaders=;;x-sdk-date, Signature={'0' * 64}"},
    ],
    ids=["bytes", "sql", "scheme alone", "endless key", "empty names"],
)
def test_whatever_is_sent_the_answer_is_401(run: Run, headers: dict[str, str]) -> None:
    lines = {name: value.encode("latin-1") for name, value in headers.items()}
    assert run(lambda house: house.send(lines)).status_code == 401


# --- the limit by address -----------------------------------------------------------------------------------------


async def fail_up_to_the_limit(house: House, **options: Any) -> httpx2.Response:
    for _ in range(CREDENTIAL_LIMIT.elsewhere - 1):
        assert (await house.send({"X-Auth-Token": "wrong"}, **options)).status_code == 401
    return await house.send({"X-Auth-Token": "wrong"}, **options)


def test_an_address_that_keeps_failing_is_told_to_wait(run: Run) -> None:
    answer = run(fail_up_to_the_limit)
    assert (*seen(answer)[:2], answer.headers["retry-after"]) == (429, "APIGW.0308", "60")


def test_good_credentials_are_let_in_from_an_address_that_keeps_failing(run: Run) -> None:
    async def scenario(house: House) -> object:
        await fail_up_to_the_limit(house)
        return seen(await house.send(house.signed()))

    assert run(scenario) == (200, "", "signature")


def test_this_machine_may_fail_more_often(run: Run) -> None:
    async def scenario(house: House) -> object:
        return (await fail_up_to_the_limit(house, client="127.0.0.1")).status_code

    assert run(scenario) == 401


def test_an_expired_token_is_no_attempt_to_guess(run: Run) -> None:
    async def scenario(house: House) -> object:
        token = {"X-Auth-Token": await house.token(expires_at=house.clock.now())}
        return {(await house.send(token)).status_code for _ in range(CREDENTIAL_LIMIT.elsewhere + 1)}

    assert run(scenario) == {401}
