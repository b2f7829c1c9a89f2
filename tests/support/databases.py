"""Databases of a PostgreSQL server that listens on a socket in a folder."""

from __future__ import annotations

import os
import time
from pathlib import Path

import psycopg


def address_of(folder: Path, database: str) -> str:
    """Return the address of a database of the server whose socket lies in `folder`."""
    return f"postgresql://homeport@/{database}?host={folder}"


def new_database(folder: Path) -> str:
    """Make an empty database and return its address."""
    name = f"test_{os.getpid()}_{time.monotonic_ns()}"
    with psycopg.connect(address_of(folder, "postgres"), autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name}".encode())
    return address_of(folder, name)
