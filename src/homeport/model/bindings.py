"""Which environment variables a bound database or microservice engine is given to a program as.

Those of a database are the ones CAE's user manual names (cae_03_0012). Those of a microservice engine are what
ServiceStage, which CAE belongs to, gives its components, and what ServiceComb's libraries read.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

VARIABLES: Final[dict[str, dict[str, str]]] = {
    "rds": {
        "rds_address": "RDS_ADDRESS",
        "rds_port": "RDS_PORT",
        "rds_db_name": "RDS_DB_NAME",
        "rds_username": "RDS_USER_NAME",
        "rds_password": "RDS_PASSWORD",
    },
    "cse": {
        "service_center_addr": "PAAS_CSE_SC_ENDPOINT",
        "config_center_addr": "PAAS_CSE_CC_ENDPOINT",
    },
}
"""By type of configuration: the variable that each field of its `data.spec` becomes."""


def variables_of(type_: str, spec: Mapping[str, Any]) -> dict[str, str]:
    """Return the variables that a binding sets: one for each field that is there and not empty."""
    return {name: str(spec[field]) for field, name in VARIABLES[type_].items() if spec.get(field) not in (None, "")}
