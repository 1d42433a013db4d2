"""`migrations/schema.sql`: what all migrations together have made, for reviewers to read in diffs.

This test writes the file anew when it is out of date, and fails, so that the change is looked at.
"""

import subprocess

import psycopg
import pytest

from rostra.core.migrate import MIGRATIONS
from rostra.core.postgres_home import installed_programs

SCHEMA = MIGRATIONS / "schema.sql"
HEADER = "-- Generated from the migrations by tests/core/test_schema.py. Don't edit.\n\n"
NOISE = ("--", "SET ", "SELECT pg_catalog.set_config", "\\")


def dump(conninfo: str) -> str:
    """The schema of the database, without what changes from run to run."""
    program = installed_programs() / "bin" / "pg_dump"
    command = [program, "--schema-only", "--no-owner", "--no-privileges", f"--dbname={conninfo}"]
    text = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    lines = [line for line in text.splitlines() if not line.startswith(NOISE)]
    paragraphs = [part.strip("\n") for part in "\n".join(lines).split("\n\n") if part.strip()]
    return HEADER + "\n\n".join(paragraphs) + "\n"


def test_schema_sql_is_what_the_migrations_make(database: str) -> None:
    with psycopg.connect(database) as connection:
        if connection.info.server_version // 10_000 != 18:
            pytest.skip("schema.sql is written by PostgreSQL 18; other versions word it differently")
    current = dump(database)
    if not SCHEMA.exists() or SCHEMA.read_text("utf-8") != current:
        SCHEMA.write_text(current, "utf-8")
        pytest.fail("migrations/schema.sql was out of date and is written anew: review and commit it")
