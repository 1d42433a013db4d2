"""How the embedded PostgreSQL is set up: made for a small machine that runs all of Rostra."""

MAJOR = "18"
"""Major version of the packaged PostgreSQL; clusters of another can't be started."""

LOCAL_FILE = "postgresql.local.conf"
"""The operator's own PostgreSQL settings; they win over ours."""


def initdb_options(role: str) -> list[str]:
    """Options of a new cluster.

    Text compares by code point (builtin C.UTF-8: the same on every machine, whatever its libc), so an
    upgrade of the system never corrupts an index. No passwords: the socket's folder is closed to others.
    """
    locale = ["--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--locale=C", "--encoding=UTF8"]
    return [f"--username={role}", "--auth=trust", "--data-checksums", "--no-instructions", *locale]


def environment() -> dict[str, str]:
    """The whole environment of server processes: nothing of ours, no secrets."""
    return {"PATH": "/usr/bin:/bin", "LC_ALL": "C", "TZ": "UTC"}


def text(socket_folder: str, durable: bool, shared_buffers_mb: int, max_connections: int) -> str:
    """The complete postgresql.conf."""
    values = {
        "listen_addresses": "",
        "unix_socket_directories": socket_folder,
        "unix_socket_permissions": "0700",
        "max_connections": str(max_connections),
        "shared_buffers": f"{shared_buffers_mb}MB",
        "work_mem": "8MB",
        "maintenance_work_mem": "64MB",
        "effective_cache_size": f"{shared_buffers_mb * 6}MB",
        "random_page_cost": "1.1",  # solid-state disks
        "jit": "off",
        "max_parallel_workers_per_gather": "0",  # many small queries, few cores
        "io_method": "sync",  # saves three processes
        "max_logical_replication_workers": "0",
        "wal_level": "replica",
        "max_wal_senders": "4",
        "max_wal_size": "1GB",
        "checkpoint_timeout": "15min",
        "synchronous_commit": "on",
        "datestyle": "iso, ymd",
        "timezone": "UTC",
        "log_timezone": "UTC",
        "log_line_prefix": "%m [%p] ",
        # Members' words and addresses stay out of the log: no statements, no details, no parameters.
        "log_error_verbosity": "terse",
        "log_min_error_statement": "panic",
        "log_parameter_max_length": "0",
        "log_checkpoints": "off",
    }
    if not durable:
        values |= {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off"}
    lines = [f"{name} = {_quote(value)}" for name, value in values.items()]
    return "\n".join(
        [
            f"# Written by Rostra at each start. Your own settings go into {LOCAL_FILE} beside it.",
            *lines,
            f"include '{LOCAL_FILE}'",
            "",
        ]
    )


def _quote(value: str) -> str:
    return "'" + value.replace("'", "''") + "'"
