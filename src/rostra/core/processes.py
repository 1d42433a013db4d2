"""Starting and finding operating-system processes on Linux."""

import ctypes
import os
from collections.abc import Callable
from pathlib import Path
from typing import TypedDict

PR_SET_PDEATHSIG = 1  # linux/prctl.h
PR_SET_NAME = 15
_libc = ctypes.CDLL(None, use_errno=True)


class UserOptions(TypedDict, total=False):
    """Arguments of subprocess.Popen that change the user."""

    user: int
    group: int
    extra_groups: list[int]


def as_user(uid: int, gid: int) -> UserOptions:
    """Popen arguments for running as `uid` and `gid`; none if that is who we are."""
    if uid == os.geteuid():
        return {}
    return {"user": uid, "group": gid, "extra_groups": []}


def end_with_parent(signal_number: int, parent: int | None = None) -> Callable[[], None]:
    """A `preexec_fn`: the kernel sends the child `signal_number` when the calling thread ends (prctl(2)).

    A child may call it itself, with the id of its parent.
    """
    parent = parent or os.getpid()

    def ask_kernel() -> None:
        _libc.prctl(PR_SET_PDEATHSIG, signal_number, 0, 0, 0)
        if os.getppid() != parent:  # it ended in between
            os.kill(os.getpid(), signal_number)

    return ask_kernel


def set_name(name: str) -> None:
    """Name this process as ps and top show it; the kernel keeps 15 bytes."""
    _libc.prctl(PR_SET_NAME, name.encode(), 0, 0, 0)


def titled(title: str, program: str, uid: int) -> set[int]:
    """Ids of the running processes of user `uid`, named `program`, with `title` in their command line.

    The command line, because only it can be read of another user's processes without CAP_SYS_PTRACE,
    which root lacks in containers.
    """
    found: set[int] = set()
    for entry in os.scandir("/proc"):
        if not entry.name.isdecimal():
            continue
        try:
            process = Path(entry.path)
            if (
                process.stat().st_uid == uid
                and (process / "comm").read_text().strip() == program
                and title.encode() in (process / "cmdline").read_bytes()
            ):
                found.add(int(entry.name))
        except OSError:  # ended meanwhile
            continue
    return found
