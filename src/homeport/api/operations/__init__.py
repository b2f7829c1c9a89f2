"""The one table of operations: routes, documentation, parity page and authorisation all derive from it."""

from __future__ import annotations

from typing import Final

from homeport.api.operations.access import CERTIFICATES, DOMAINS, VOLUMES
from homeport.api.operations.base import EnvironmentHeader, Operation, Parameter
from homeport.api.operations.cae import BUILT
from homeport.api.operations.homeport import HOMEPORT
from homeport.api.operations.iam import IAM
from homeport.api.operations.not_built import NOT_BUILT

__all__ = ["CAE", "OPERATIONS", "OPERATIONS_BY_ID", "EnvironmentHeader", "Operation", "Parameter"]

CAE: Final = BUILT + DOMAINS + CERTIFICATES + VOLUMES + NOT_BUILT
"""The operations of the CAE v1 API, in the order of the contract."""

OPERATIONS: Final = CAE + IAM + HOMEPORT
"""Every operation that has a route."""

OPERATIONS_BY_ID: Final = {operation.id: operation for operation in OPERATIONS}
