"""Puts the parts together, for each kind of process there is: the only place that opens stores and makes drivers."""

from homeport.app.commands import down, migrate, serve, serve_api, work
from homeport.app.results import Down, Endpoint, Migrated, Ready, StartError, StopError, Stopped

__all__ = [
    "Down",
    "Endpoint",
    "Migrated",
    "Ready",
    "StartError",
    "StopError",
    "Stopped",
    "down",
    "migrate",
    "serve",
    "serve_api",
    "work",
]
