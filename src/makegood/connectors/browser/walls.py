"""What stands between the browser and this machine: no network but loopback of its own, no rights, no other files.

Which walls can be built depends on the kernel and the user; each is tried once before it is relied upon.
"""

import functools
import os
import pathlib
import pwd
import subprocess

NOBODY = "nobody"
CPU_SECONDS = 60
FLAGS = (
    "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync",
    "--disable-breakpad", "--host-resolver-rules=MAP * ~NOTFOUND", "--proxy-server=http://127.0.0.1:9", "--proxy-bypass-list=<-loopback>",
    "--force-webrtc-ip-handling-policy=disable_non_proxied_udp", "--autoplay-policy=no-user-gesture-required",
    "--js-flags=--max-old-space-size=256", "--mute-audio",
)  # fmt: skip
"""A second wall, inside the browser: names do not resolve, and what would go out goes to a proxy that is not there."""


@functools.cache
def outer() -> tuple[str, ...]:
    """The command in front of the browser's: a network of its own and, for root, nobody's rights; () where neither can be."""
    owner = _owner()
    drop = ("setpriv", "--reuid", str(owner[0]), "--regid", str(owner[1]), "--clear-groups", "--no-new-privs", "--") if owner else ()
    own = ("unshare", "--user", "--map-current-user", "--net", "--")
    ways = (("unshare", "--net", "--", *drop), (*drop, *own), drop) if owner else (own,)
    return next((way for way in ways if _works(*way)), ())


@functools.cache
def inner() -> bool:
    """Whether the browser may build its own sandbox, one user namespace a renderer."""
    return (os.geteuid() != 0 or bool(outer())) and _works(*outer(), "unshare", "--user")


def cut_off() -> bool:
    """Whether the browser has a network of its own, with nothing in it."""
    return "--net" in outer()


def program(folder: pathlib.Path, executable: str) -> pathlib.Path:
    """Write the program that starts the browser behind its walls, and its home; return the program. `folder` is the run's own."""
    command = " ".join(f"'{part}'" for part in (*outer(), "prlimit", f"--cpu={CPU_SECONDS}", "--core=0", executable))
    start = folder / "browser"
    start.write_text(f'#!/bin/sh\nexec {command} "$@"\n')
    start.chmod(0o755)
    home = folder / "home"
    home.mkdir(mode=0o700)
    folder.chmod(0o711)  # to be passed through, not to be listed
    if owner := _owner():
        os.chown(home, *owner)
    return start


def _owner() -> tuple[int, int] | None:
    """Whose rights the browser gets when we are root."""
    if os.geteuid() != 0:
        return None
    found = pwd.getpwnam(NOBODY)
    return found.pw_uid, found.pw_gid


def _works(*command: str) -> bool:
    try:
        return subprocess.run([*command, "true"], capture_output=True, timeout=10, check=False).returncode == 0
    except (OSError, subprocess.TimeoutExpired):
        return False
