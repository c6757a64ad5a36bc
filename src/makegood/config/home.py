"""Where this installation keeps its data. Only paths and their creation; what is inside belongs to others."""

import os
import pathlib


def default_home() -> pathlib.Path:
    """The folder used when MAKEGOOD_HOME is not set.

    Root gets /var/lib/makegood, because PostgreSQL runs as an unprivileged user that cannot enter root's home.
    """
    if os.geteuid() == 0:
        return pathlib.Path("/var/lib/makegood")
    data = os.environ.get("XDG_DATA_HOME") or pathlib.Path.home() / ".local" / "share"
    return pathlib.Path(data) / "makegood"


def home() -> pathlib.Path:
    """The data folder of this installation, created when missing."""
    path = pathlib.Path(os.environ.get("MAKEGOOD_HOME") or default_home() / "main").absolute()
    path.mkdir(parents=True, exist_ok=True)
    return path


def folder(name: str) -> pathlib.Path:
    """A named sub-folder of the home, created when missing."""
    path = home() / name
    path.mkdir(parents=True, exist_ok=True)
    return path
