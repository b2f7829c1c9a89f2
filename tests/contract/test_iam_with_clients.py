"""How real clients get in: the official SDK, and the calls the Terraform provider makes when it is configured."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import httpx2
import pytest
from huaweicloudsdkcae.v1 import CaeClient, ListEnvironmentsRequest, ShowJobRequest
from huaweicloudsdkcore.auth.credentials import BasicCredentials
from huaweicloudsdkcore.exceptions.exceptions import ClientRequestException, SdkException
from huaweicloudsdkcore.region.region import Region

from homeport.identity.signature import SignedRequest, sign
from homeport.model.clock import SystemClock
from support.server import ACCESS_KEY, DOMAIN, PASSWORD, PROJECT, SECRET_KEY, USER, Server, running

REGION = "local-1"

# The SDK asks for the time in a way that newer interpreters warn about.
pytestmark = pytest.mark.filterwarnings("ignore:datetime.datetime.utcnow:DeprecationWarning")


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    with running(tmp_path_factory.mktemp("iam") / "data") as started:
        yield started


# --- the official SDK ---------------------------------------------------------------------------------------------


def by_region(server: Server, region: str) -> CaeClient:
    credentials = BasicCredentials(ACCESS_KEY, SECRET_KEY).with_iam_endpoint(server.url)
    return CaeClient.new_builder().with_credentials(credentials).with_region(Region(region, server.url)).build()


def test_the_sdk_gets_in_with_a_project_id(server: Server) -> None:
    assert server.sdk().list_environments(ListEnvironmentsRequest()).items == []


def test_the_sdk_finds_the_project_by_the_name_of_its_region(server: Server) -> None:
    assert by_region(server, REGION).list_environments(ListEnvironmentsRequest()).items == []


def test_the_sdk_names_the_region_there_is_no_project_for_and_our_request_id(server: Server) -> None:
    with pytest.raises(SdkException, match=r"Failed to get project id of region 'elsewhere'.*[0-9a-f]{32}"):
        by_region(server, "elsewhere")


def test_the_sdk_passes_on_why_its_keys_are_wrong(server: Server) -> None:
    with pytest.raises(ClientRequestException) as caught:
        server.sdk(secret_key="wrong").list_environments(ListEnvironmentsRequest())
    assert (caught.value.status_code, caught.value.error_code, caught.value.error_msg) == (
        401,
        "APIGW.0301",
        "Incorrect IAM authentication information: verify aksk signature fail",
    )


def test_the_sdk_with_an_unknown_access_key_reads_which_one_it_was(server: Server) -> None:
    with pytest.raises(ClientRequestException, match="ak:HPUNKNOWN,err:ak not exist"):
        server.sdk(access_key="HPUNKNOWN").list_environments(ListEnvironmentsRequest())


def test_the_sdk_without_a_project_id_reads_what_to_give_it(server: Server) -> None:
    credentials = BasicCredentials(ACCESS_KEY, SECRET_KEY)
    client = CaeClient.new_builder().with_credentials(credentials).with_endpoint(server.url).build()
    with pytest.raises(ClientRequestException) as caught:
        client.list_environments(ListEnvironmentsRequest())
    assert caught.value.status_code == 400
    assert "BasicCredentials(ak, sk, project_id)" in caught.value.error_msg


def test_the_sdk_in_the_project_of_others_is_refused(server: Server) -> None:
    with pytest.raises(ClientRequestException) as caught:
        server.sdk(project_id="f" * 32).list_environments(ListEnvironmentsRequest())
    assert (caught.value.status_code, caught.value.error_code) == (400, "CAE.01501800")


@pytest.mark.parametrize("job_id", ["a/b", "100% ünï", "a b+c"])
def test_an_odd_id_is_not_found_rather_than_wrongly_signed(server: Server, job_id: str) -> None:
    environment_id = "0195a5a0-0000-7000-8000-000000000001"
    with pytest.raises(ClientRequestException) as caught:
        server.sdk().show_job(ShowJobRequest(job_id=job_id, x_environment_id=environment_id))
    assert (caught.value.status_code, caught.value.error_code) == (404, "CAE.01500005")


# --- the Terraform provider (contract/terraform.md, section 2.2) --------------------------------------------------


def terraform_get(server: Server, path: str, query: str = "", **extra: str) -> Any:
    """A GET of IAM as golangsdk signs it: accept, user-agent and x-sdk-date, and nothing that comes after."""
    signed = {"Accept": "application/json", "User-Agent": "terraform-provider-iac golangsdk/2.0.0"}
    lines = [(name.encode(), value.encode()) for name, value in signed.items()]
    request = SignedRequest(method="GET", path=path.encode(), query=query.encode(), headers=lines)
    proof = sign(request, ACCESS_KEY, SECRET_KEY, SystemClock().now())
    headers = signed | {name.decode(): value.decode() for name, value in proof} | extra
    answer = httpx2.get(f"{server.url}{path}{'?' if query else ''}{query}", headers=headers)
    assert answer.status_code == 200, answer.text
    return answer.json()


def terraform_token(server: Server, identity: dict[str, Any], scope: dict[str, Any]) -> httpx2.Response:
    answer = httpx2.post(f"{server.url}/v3/auth/tokens", json={"auth": {"identity": identity, "scope": scope}})
    assert answer.status_code == 201, answer.text
    return answer


def test_terraform_with_keys_finds_project_and_domain(server: Server) -> None:
    projects = terraform_get(server, "/v3/projects", f"name={REGION}")["projects"]
    domains = terraform_get(server, "/v3/auth/domains", **{"X-Domain-Id": DOMAIN})["domains"]
    assert ([row["id"] for row in projects], [row["id"] for row in domains]) == ([PROJECT], [DOMAIN])


def test_terraform_with_a_password_gets_two_tokens_and_finds_domain_and_user(server: Server) -> None:
    user = {"name": USER, "password": PASSWORD, "domain": {"id": DOMAIN}}
    identity = {"methods": ["password"], "password": {"user": user}}
    first = terraform_token(server, identity, {"project": {"id": PROJECT}})
    second = terraform_token(server, identity, {"domain": {"id": DOMAIN}})
    assert first.json()["token"]["project"]["id"] == PROJECT
    headers = {"X-Auth-Token": second.headers["X-Subject-Token"]}
    domains = httpx2.get(f"{server.url}/v3/auth/domains", headers=headers).json()["domains"]
    users = httpx2.get(f"{server.url}/v3/users?name={USER}", headers=headers).json()["users"]
    assert ([row["id"] for row in domains], [row["name"] for row in users]) == ([DOMAIN], [USER])


def test_terraform_with_a_token_exchanges_it_twice_and_uses_the_new_one(server: Server) -> None:
    identity = {"methods": ["token"], "token": {"id": server.token()}}
    terraform_token(server, identity, {"domain": {"id": DOMAIN}})
    made = terraform_token(server, identity, {"project": {"name": REGION, "domain": {"id": DOMAIN}}})
    headers = {"X-Auth-Token": made.headers["x-subject-token"]}
    path = f"/v1/{made.json()['token']['project']['id']}/cae/environments"
    assert httpx2.get(server.url + path, headers=headers).status_code == 200


# --- what must never be shown -------------------------------------------------------------------------------------


def test_no_secret_stands_in_the_engines_log_or_data(server: Server) -> None:
    token = server.token()
    server.sdk().list_environments(ListEnvironmentsRequest())
    stored = b"".join(path.read_bytes() for path in server.data_dir.glob("homeport.db*")) + server.log.read_bytes()
    assert [secret for secret in (token, SECRET_KEY, PASSWORD) if secret.encode() in stored] == []
