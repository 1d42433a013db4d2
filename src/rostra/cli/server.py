"""Granian with what ten thousand open connections need of the kernel."""

import os
import resource
import socket

from granian.server.embed import Server

MOST_CONNECTIONS = 16_384
"""Open connections at once, per process; idle and streaming ones count. More wait in the backlog."""
OTHER_FILES = 256
"""Files that a process has open beside connections."""
IDLE_SECONDS, PROBE_SECONDS, PROBES = 30, 10, 3
UNANSWERED_SECONDS = 60
"""How long what was sent may stay unacknowledged, or a client not read, before the kernel hangs up."""


class KeptAliveServer(Server):
    """Finds clients that are gone without a word: the kernel asks after them (tcp(7)).

    Granian sends no pings of WebSocket itself (emmett-framework/granian#613), and answers those of clients.
    """

    def _init_shared_socket(self) -> None:
        """Build the socket here and now. Accepted connections inherit its options (Linux)."""
        super()._init_shared_socket()
        spec = self._ssp
        if spec is not None:
            self._shd = spec.build()
            self._sfd = self._shd.get_fd()
            self._ssp = None
        with socket.socket(fileno=os.dup(self._sfd)) as listening:
            listening.setsockopt(socket.SOL_SOCKET, socket.SO_KEEPALIVE, 1)
            listening.setsockopt(socket.IPPROTO_TCP, socket.TCP_KEEPIDLE, IDLE_SECONDS)
            listening.setsockopt(socket.IPPROTO_TCP, socket.TCP_KEEPINTVL, PROBE_SECONDS)
            listening.setsockopt(socket.IPPROTO_TCP, socket.TCP_KEEPCNT, PROBES)
            listening.setsockopt(socket.IPPROTO_TCP, socket.TCP_USER_TIMEOUT, UNANSWERED_SECONDS * 1000)


def raise_open_files() -> int:
    """Let this process open as many files as it may; returns how many connections it can hold."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = MOST_CONNECTIONS + OTHER_FILES
    allowed = wanted if hard == resource.RLIM_INFINITY else min(wanted, hard)
    if soft != resource.RLIM_INFINITY and soft < allowed:
        resource.setrlimit(resource.RLIMIT_NOFILE, (allowed, hard))
        soft = allowed
    files = wanted if soft == resource.RLIM_INFINITY else soft
    return max(64, min(MOST_CONNECTIONS, files - OTHER_FILES))
