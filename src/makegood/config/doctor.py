"""`makegood doctor`: what this machine has, what is missing, and the line that mends it."""

import importlib.util
import os
import pathlib
import shutil
import sys
from collections.abc import Callable
from typing import NamedTuple

from rich.console import Console

from makegood.config import home
from makegood.config.postgres import account, binaries
from makegood.connectors.browser import finding, walls


class Finding(NamedTuple):
    """One thing looked at; `remedy` is empty when it is fine."""

    what: str
    found: str
    remedy: str = ""
    advised: bool = False
    """Whether all works without it, less well."""


def doctor() -> None:
    """Look at Python, database programs, static files, browser, data folder and memory; exit 1 when something is missing."""
    console = Console()
    findings = [check() for check in CHECKS]
    for one in findings:
        mark = "[green]ok[/]     " if not one.remedy else "[yellow]advised[/]" if one.advised else "[red]missing[/]"
        console.print(f"{mark} {one.what}: {one.found}" + (f"\n        → {one.remedy}" if one.remedy else ""))
    sys.exit(1 if any(one.remedy and not one.advised for one in findings) else 0)


def _python() -> Finding:
    version = ".".join(map(str, sys.version_info[:3]))
    return Finding("Python", version, "" if sys.version_info >= (3, 11) else "install Python 3.11 or later")


def _database() -> Finding:
    if url := os.environ.get("DATABASE_URL"):
        return Finding("Database", f"DATABASE_URL is set ({url.split('@')[-1]})")
    try:
        found = binaries.find(reachable_copy=home.home() if os.geteuid() == 0 else None)
        user = account.choose().uid
    except RuntimeError as error:
        return Finding("Database", "none", str(error))
    return Finding("Database", f"embedded, programs in {found}" + (f", run by user {user}" if user is not None else ""))


def _static_files() -> Finding:
    spec = importlib.util.find_spec("makegood.interfaces.web")
    built = pathlib.Path((spec.origin if spec else "") or ".").parent / "static" / "dist"
    remedy = "run: make setup" if not built.exists() else ""
    return Finding("Static files of the pages", "built" if built.exists() else "not built", remedy)


def _browser() -> Finding:
    """Without it HTML5 ads are checked as read but not run, and landing pages have no picture."""
    what = "Browser that runs HTML5 ads in a jail"
    if remedy := finding.missing():
        return Finding(what, "none: such ads are not run", remedy, advised=True)
    walls_up = "with a network of its own" if walls.cut_off() else "without a network namespace: only the browser's own walls hold"
    return Finding(what, f"{finding.executable()}, {walls_up}")


def _folder() -> Finding:
    path = home.home()
    free_gb = shutil.disk_usage(path).free / 1e9
    return Finding("Data folder", f"{path}, {free_gb:.0f} GB free", "" if free_gb > 1 else "free some disk space")


CHECKS: tuple[Callable[[], Finding], ...] = (_python, _database, _static_files, _browser, _folder)
