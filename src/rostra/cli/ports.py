"""Ports: whether we can have them, and whether somebody answers there."""

import errno
import socket

from rostra.cli.errors import StartError

EVERYWHERE = {"0.0.0.0": "127.0.0.1", "::": "::1", "": "127.0.0.1"}  # noqa: S104  (compared, not bound)


def check(host: str, port: int, option: str) -> None:
    """Make sure that `port` can be listened on; `option` is the command-line option that sets it.

    Raises:
        StartError: it is taken, needs more rights, or `host` is no address of this machine.
    """
    try:
        family, kind, protocol, _, address = socket.getaddrinfo(host or None, port, type=socket.SOCK_STREAM)[
            0
        ]
        with socket.socket(family, kind, protocol) as probe:
            # Without SO_REUSEPORT, which our web processes use and which would hide that it is taken.
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind(address)
            probe.listen(1)
    except OSError as error:
        raise StartError(_explain(error, host, port, option)) from None


def _explain(error: OSError, host: str, port: int, option: str) -> str:
    if error.errno == errno.EADDRINUSE:
        return f"Port {port} is taken by another program. End that one, or choose another port by {option}."
    if error.errno == errno.EACCES:
        return (
            f"Port {port} needs more rights than this user has. Start by systemd as docs/operating/install.md"
            f" shows, allow it (sysctl net.ipv4.ip_unprivileged_port_start={port}), or choose another port"
            f" by {option}."
        )
    return (
        f"The address {host} can't be listened on ({error.strerror}). Choose one of this machine by --host."
    )


def answers_http(host: str, port: int) -> bool:
    """Whether a web server at `host` says that it is well."""
    request = b"GET /health HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"
    try:
        with socket.create_connection((EVERYWHERE.get(host, host), port), timeout=2) as connection:
            connection.sendall(request)
            status = connection.recv(64).split(b" ")[1:2]
    except OSError:
        return False
    return bool(status) and status[0] < b"500"


def accepts(port: int) -> bool:
    """Whether somebody on this machine accepts TCP connections on `port`."""
    try:
        socket.create_connection(("127.0.0.1", port), timeout=2).close()
    except OSError:
        return False
    return True
