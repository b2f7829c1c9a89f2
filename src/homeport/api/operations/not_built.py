"""The operations of the CAE v1 API that answer 501 so far (contract/contract.md, section 1): a row each.

A row moves to `cae.py` in the change that builds it.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final, Literal, get_args

from homeport.api.operations.base import EnvironmentHeader, Operation
from homeport.api.operations.cae import ROOT
from homeport.model.caller import Role

_Method = Literal["GET", "POST", "PUT", "DELETE"]

# operation, method, path, success status, headers: E for X-Environment-ID, P for X-Enterprise-Project-ID
_ROWS: Final = """
Timer rules
  ListTimerRules GET /timer-rules 200 EP
  CreateTimerRule POST /timer-rules 200 EP
  DeleteTimerRule DELETE /timer-rules/{timer_rule_id} 204 EP
  UpdateTimerRule PUT /timer-rules/{timer_rule_id} 204 EP
  ShowExecutionResult GET /timer-rules/{timer_rule_id}/execution-results 200 EP
Notice rules
  ListNoticeRules GET /notice-rules 200 P
  CreateNoticeRule POST /notice-rules 200 P
  DeleteNoticeRule DELETE /notice-rules/{rule_id} 204 P
  ShowNoticeRule GET /notice-rules/{rule_id} 200 P
  UpdateNoticeRule PUT /notice-rules/{rule_id} 200 P
VPC egress
  ListVpcEgress GET /vpc-egress 200 EP
  CreateVpcEgress POST /vpc-egress 200 EP
  DeleteVpcEgress DELETE /vpc-egress/{vpc_egress_id} 204 EP
EIPs
  ListEips GET /eips 200 EP
  UpdateEip PUT /eips 200 EP
Agencies
  ListAgencies GET /agencies 200 -
  CreateAgency POST /agencies 204 -
Monitor system
  ShowMonitorSystem GET /monitor-system 200 EP
  CreateMonitorSystem POST /monitor-system 204 EP
  UpdateMonitorSystem PUT /monitor-system/{monitor_system_id} 204 EP
Secrets (DEW)
  ListSecrets GET /dew-secrets 200 P
  CreateSecret POST /dew-secrets 200 EP
  DeleteSecret DELETE /dew-secrets/{secret_id} 200 P
  UpdateSecret PUT /dew-secrets/{secret_id} 200 P
  ListEffectiveComponents GET /dew-secrets/{secret_id}/effective-components 200 P
"""


def _operations() -> Iterator[Operation]:
    group = ""
    for line in _ROWS.strip().splitlines():
        if line.startswith("  "):
            yield _operation(group, *line.split())
        else:
            group = line


def _operation(group: str, id_: str, method: str, path: str, status: str, headers: str) -> Operation:
    resource = path.split("/")[1].replace("-", "")
    return Operation(
        id=id_,
        method=_method(method),
        path=ROOT + path,
        group=group,
        summary=id_,
        status=int(status),
        environment=EnvironmentHeader.REQUIRED if "E" in headers else EnvironmentHeader.UNUSED,
        enterprise="P" in headers,
        action=f"cae:{resource}:{'get' if method == 'GET' else 'change'}",
        role=Role.READ_ONLY if method == "GET" else Role.OPERATOR,
        built=False,
    )


def _method(text: str) -> _Method:
    return next(method for method in get_args(_Method) if method == text)


NOT_BUILT: Final = tuple(_operations())
"""In the order of the contract."""
