"""Ports: whether we can have them, and whether somebody answers there."""

import errno
import socket
from collections.abc import Sequence
from typing import Any

from rostra.cli.errors import StartError

EVERYWHERE = {"0.0.0.0": "127.0.0.1", "::": "::1", "": "127.0.0.1"}  # noqa: S104  (compared, not bound)


def check(host: str, port: int, option: str) -> None:
    """Make sure that `port` can be listened on; `option` is the command-line option that sets it.

    Raises:
        StartError: it is taken, needs more rights, or `host` is no address of this machine.
    """
    try:
        family, _, _, _, address = socket.getaddrinfo(host or None, port, type=socket.SOCK_STREAM)[0]
        _try(family, socket.SOCK_STREAM, address)
    except OSError as error:
        raise StartError(_explain(error, host, port, option)) from None


def check_everywhere(
    port: int, option: str, kinds: Sequence[socket.SocketKind] = (socket.SOCK_STREAM,)
) -> None:
    """The same for all addresses of this machine at once, as Caddy listens.

    Raises:
        StartError: another program has the port on one of them, or it needs more rights.
    """
    for kind in kinds:
        try:
            _try(socket.AF_INET, kind, ("0.0.0.0", port))  # noqa: S104  (it is what Caddy does)
            if _has_ipv6():
                _try(socket.AF_INET6, kind, ("::", port))
        except OSError as error:
            raise StartError(_explain(error, "", port, option)) from None


def _try(family: int, kind: socket.SocketKind, address: Any) -> None:
    """Listen for a moment."""
    with socket.socket(family, kind) as probe:
        if family == socket.AF_INET6:
            probe.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_V6ONLY, 1)
        if kind == socket.SOCK_STREAM:
            # Without SO_REUSEPORT, which our web processes use and which would hide that it is taken.
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        probe.bind(address)
        if kind == socket.SOCK_STREAM:
            probe.listen(1)


def _has_ipv6() -> bool:
    try:
        _try(socket.AF_INET6, socket.SOCK_STREAM, ("::1", 0))
    except OSError:
        return False
    return True


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
