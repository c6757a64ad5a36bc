"""Which operating-system user runs PostgreSQL. PostgreSQL refuses to run as root, so root lends it another."""

import ctypes
import dataclasses
import os
import pathlib
import pwd
import signal
from collections.abc import Callable

PR_SET_PDEATHSIG = 1
_libc = ctypes.CDLL(None, use_errno=True)


@dataclasses.dataclass(frozen=True)
class Account:
    """The user and group the server runs as; None means ourselves."""

    uid: int | None
    gid: int | None

    def own(self, path: pathlib.Path) -> None:
        """Make `path` this account's private folder."""
        path.mkdir(parents=True, exist_ok=True)
        if self.uid is not None and self.gid is not None:
            os.chown(path, self.uid, self.gid)
        path.chmod(0o700)

    def become(self, *, dies_with_parent: bool) -> Callable[[], None]:
        """What the child runs between fork and exec.

        The death signal is set last because a change of user clears it; SIGINT is PostgreSQL's fast, clean shutdown.
        """

        def enter() -> None:
            os.setsid()
            if self.uid is not None and self.gid is not None:
                os.setgroups([])
                os.setgid(self.gid)
                os.setuid(self.uid)
            if dies_with_parent:
                _libc.prctl(PR_SET_PDEATHSIG, signal.SIGINT)

        return enter


def choose() -> Account:
    """Ourselves, or for root the first of postgres and nobody."""
    if os.geteuid() != 0:
        return Account(None, None)
    for name in ("postgres", "nobody"):
        try:
            entry = pwd.getpwnam(name)
        except KeyError:
            continue
        return Account(entry.pw_uid, entry.pw_gid)
    raise RuntimeError("running as root, but neither 'postgres' nor 'nobody' exists to run PostgreSQL: add one of them")
