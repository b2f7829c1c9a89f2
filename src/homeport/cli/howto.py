"""How to call an engine with curl, the official SDK and Terraform, with everything filled in but secrets.

Secrets stay in the credentials file: what a terminal shows ends up in scrollbacks and logs.
"""

from __future__ import annotations

from pathlib import Path

import msgspec

from homeport.cli.connection import command


class Example(msgspec.Struct, frozen=True, kw_only=True):
    """A job, and the component it was about, to be called in examples."""

    job_id: str
    environment_id: str
    application_id: str
    component_id: str
    version: str
    source_url: str


def credentials_words(file: Path) -> str:
    """Return what a new user has to know about the credentials."""
    return (
        "An admin with an access key was made. Access key, secret key, project and password stand in\n"
        f"  {file} (mode 0600)\n"
        "The homeport commands of this user find them by themselves."
    )


def how_to_begin(url: str, project_id: str, file: Path, data_dir: Path) -> str:
    """Return how to make first calls, before there is anything to see."""
    return "\n\n".join(
        (
            "Deploy something, from another terminal:\n" + _indented(command("deploy PATH", data_dir)),
            "Call the API with curl:\n"
            + _indented(_curl(f"{url}/v1/{project_id}/cae/environments", data_dir, environment_id="")),
            "With the official SDK for Python (pip install huaweicloudsdkcae):\n"
            + _indented(
                _sdk(url, file, "ListEnvironmentsRequest", "client.list_environments(ListEnvironmentsRequest())")
            ),
            "With Terraform (provider huaweicloud):\n" + _indented(_provider(url, file)),
            f"All calls, with their fields: {url}/docs",
        )
    )


def how_to_call(url: str, project_id: str, file: Path, data_dir: Path, example: Example) -> str:
    """Return how to read a job that ran, and with Terraform how to make one like it."""
    path = f"{url}/v1/{project_id}/cae/jobs/{example.job_id}"
    call = (
        f'client.show_job(ShowJobRequest(job_id="{example.job_id}",\n'
        f'                                     x_environment_id="{example.environment_id}"))'
    )
    return "\n\n".join(
        (
            "Read the same job with curl:\n" + _indented(_curl(path, data_dir, environment_id=example.environment_id)),
            "With the official SDK for Python (pip install huaweicloudsdkcae):\n"
            + _indented(_sdk(url, file, "ShowJobRequest", call)),
            "With Terraform (provider huaweicloud), which makes such a job and waits for it:\n"
            + _indented(_provider(url, file) + "\n\n" + _action(example)),
        )
    )


def _indented(text: str) -> str:
    return "\n".join(f"    {line}" if line else "" for line in text.splitlines())


def _curl(address: str, data_dir: Path, *, environment_id: str) -> str:
    header = f' \\\n     -H "X-Environment-ID: {environment_id}"' if environment_id else ""
    return f'curl -H "X-Auth-Token: $({command("token", data_dir)})"{header} \\\n     {address}'


def _sdk(url: str, file: Path, request: str, call: str) -> str:
    return f"""\
import json
from huaweicloudsdkcore.auth.credentials import BasicCredentials
from huaweicloudsdkcae.v1 import CaeClient, {request}

keys = json.load(open("{file}"))
credentials = BasicCredentials(keys["access_key"], keys["secret_key"], keys["project_id"])
builder = CaeClient.new_builder().with_credentials(credentials)
client = builder.with_endpoint("{url}").build()
print({call})"""


def _provider(url: str, file: Path) -> str:
    return f"""\
locals {{
  keys = jsondecode(file("{file}"))
}}

provider "huaweicloud" {{
  region                  = local.keys.project_name
  project_id              = local.keys.project_id
  access_key              = local.keys.access_key
  secret_key              = local.keys.secret_key
  auth_url                = "{url}/v3"
  endpoints               = {{ cae = "{url}", iam = "{url}" }}
  skip_check_website_type = true
}}"""


def _action(example: Example) -> str:
    return f"""\
resource "huaweicloud_cae_component_action" "upgrade" {{
  environment_id = "{example.environment_id}"
  application_id = "{example.application_id}"
  component_id   = "{example.component_id}"

  metadata {{
    name        = "upgrade"
    annotations = {{ version = "{example.version}" }}
  }}

  spec = jsonencode({{
    source = {{ type = "softwarePackage", url = "{example.source_url}" }}
  }})
}}"""
