"""What every service needs, handed to it as one value: the store, time, ids, the vault and the house's rules."""

from __future__ import annotations

from collections.abc import Callable

import msgspec

from homeport.identity.vault import Vault
from homeport.model.clock import SECOND, Clock
from homeport.model.ids import Ids
from homeport.model.plans import JOB_LIMIT
from homeport.services.asking import Once
from homeport.store.base import Store


class HouseRules(msgspec.Struct, frozen=True, kw_only=True):
    """Choices of whoever runs the engine that services go by; `settings.py` says what each is for."""

    default_driver: str = "process"
    """Driver of environments made from now on."""
    job_limit: int = JOB_LIMIT
    """Microseconds a job may take from its acceptance, its build's time not counted."""
    components_per_environment: int = 50
    """contract/contract.md, section 6.1."""
    unfinished_as_failed: bool = False
    """Whether jobs end `failed` where they would end `timeout` or `terminated`; taken into each job when it is made."""
    key_time: int = 24 * 3_600 * SECOND
    """Microseconds for which an Idempotency-Key stands for its request."""
    job_time: int = 90 * 86_400 * SECOND
    """Microseconds for which jobs that ended are kept; the latest of each target and those that snapshots name stay."""
    history_time: int = 15 * 86_400 * SECOND
    """Microseconds for which events of components, and logs of instances that ended, are kept.

    contract/contract.md, section 11.
    """
    keep_alive: int = 15 * SECOND
    """Microseconds of silence after which a stream of events says that it is still there."""
    same_request_time: int = 0
    """Microseconds for which an equal request without a key counts as the same one; 0: never."""


def _any_bucket() -> str:
    """Return that no reason is known for which buckets could not be mounted."""
    return ""


class Context(msgspec.Struct, frozen=True):
    """What a service works with."""

    store: Store
    clock: Clock
    ids: Ids
    vault: Vault
    rules: HouseRules
    once: Once | None = None
    """The request that is carried out, when it is one that has a key."""
    no_buckets: Callable[[], str] = _any_bucket
    """Why no bucket can be mounted on this machine, in words; empty where one can, or instances run elsewhere."""
