"""Installs the clients and bundles them into dist/ for browser tests; never committed. A second run does nothing.

`python -m tests.clients.build`. Tests take `ready() / "player.js"` or ask `node("consent.mjs", …)`.
"""

import fcntl
import functools
import hashlib
import json
import pathlib
import subprocess

from makegood.interfaces.web import build

HERE = pathlib.Path(__file__).resolve().parent
PACKAGES = HERE / "node_modules"
ENTRIES = ("player.mjs", "prebid.mjs")


def key() -> str:
    """What the bundles depend on."""
    sources = [HERE / name for name in ("package.json", "package-lock.json", *ENTRIES)]
    return hashlib.sha256(b"".join(path.read_bytes() for path in sources)).hexdigest()


@functools.cache
def ready() -> pathlib.Path:
    """Folder of the bundles, made when they are not what the lock file says. Raises CalledProcessError."""
    with (HERE / ".building").open("w") as one:
        fcntl.flock(one, fcntl.LOCK_EX)  # test processes build once, not each
        return _built(HERE / "dist")


def _built(dist: pathlib.Path) -> pathlib.Path:
    mark = dist / ".made-from"
    if not mark.exists() or mark.read_text() != key():
        npm = [*build.node_command(), "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"]
        subprocess.run(npm, cwd=HERE, check=True, capture_output=True)
        esbuild = [PACKAGES / "esbuild/bin/esbuild", *ENTRIES, "--bundle", "--format=iife", "--outdir=dist", "--log-level=error"]
        subprocess.run([build.node_command()[0], *esbuild], cwd=HERE, check=True, capture_output=True)
        mark.write_text(key())
    return dist


def node(script: str, value: object) -> object:
    """What a script of this folder answers to a JSON value."""
    ready()
    done = subprocess.run([build.node_command()[0], script], cwd=HERE, input=json.dumps(value), capture_output=True, text=True, check=True)
    return json.loads(done.stdout)


if __name__ == "__main__":
    print(ready())
