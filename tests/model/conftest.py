"""What the model tests need of the machine: a PostgreSQL server."""

from __future__ import annotations

from support.postgres import cluster

__all__ = ["cluster"]
