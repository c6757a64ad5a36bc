#!/usr/bin/env python3
"""Makes .venv from uv.lock and builds the pages' static files. Needs nothing but Python and the package registries.

Uses uv when it is on the PATH; otherwise fetches it into .bootstrap/ with pip, or, where Debian's Python has no pip,
straight from the package index (PIP_INDEX_URL or the public one).
"""

import html.parser
import io
import os
import pathlib
import platform
import shutil
import subprocess
import sys
import urllib.parse
import urllib.request
import zipfile

ROOT = pathlib.Path(__file__).resolve().parent.parent
LOCAL = ROOT / ".bootstrap"
READY = ROOT / ".venv" / ".ready"
COMPILED = ROOT / ".venv" / ".compiled"


def main() -> None:
    """Do what is missing; say what is being done."""
    if sys.version_info < (3, 11):  # noqa: UP036  (this file is what runs before anything is checked)
        sys.exit(f"Makegood needs Python 3.11 or later; this is {platform.python_version()}. Set PYTHON=python3.12, say.")
    inputs = [ROOT / "pyproject.toml", ROOT / "uv.lock"]
    if not READY.exists() or any(path.stat().st_mtime > READY.stat().st_mtime for path in inputs):
        uv = find_uv()
        print("Installing the locked environment into .venv …", flush=True)
        run([uv, "sync", "--frozen", "--quiet", "--python", sys.executable], UV_PYTHON_DOWNLOADS="never", UV_LINK_MODE="copy")
        READY.touch()
    compiling = compile_all()
    run([str(ROOT / ".venv/bin/python"), "-m", "makegood.interfaces.web.build"])
    if compiling is not None and compiling.wait() == 0:
        COMPILED.touch()


def compile_all() -> subprocess.Popen | None:
    """Bytecode and the engine's machine code, made beside the front end's build; None when nothing has changed since."""
    sources = (ROOT / "src").rglob("*.py")
    if COMPILED.exists() and all(path.stat().st_mtime <= COMPILED.stat().st_mtime for path in sources):
        return None
    print("Compiling …", flush=True)
    written = os.environ | {"PYTHONDONTWRITEBYTECODE": "", "MAKEGOOD_HOME": str(LOCAL / "home")}
    return subprocess.Popen([str(ROOT / ".venv/bin/python"), "-m", "makegood.config.settled"], cwd=ROOT, env=written)


def find_uv() -> str:
    """A uv to call: installed, fetched before, or fetched now."""
    local = LOCAL / "bin" / "uv"
    if found := shutil.which("uv"):
        return found
    if not local.exists():
        print("Fetching uv …", flush=True)
        with_pip = [sys.executable, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--target", str(LOCAL), "uv"]
        if subprocess.run(with_pip, cwd=ROOT, stderr=subprocess.DEVNULL).returncode:
            fetch_uv(local)
    return str(local)


def fetch_uv(target: pathlib.Path) -> None:
    """uv's program out of its newest wheel for this machine, without pip."""
    index = os.environ.get("PIP_INDEX_URL", "https://pypi.org/simple").rstrip("/") + "/uv/"
    links = Links()
    links.feed(urllib.request.urlopen(index, timeout=60).read().decode())
    wheels = [url for url in links.found if "-py3-none-manylinux" in url and f"_{platform.machine()}." in url and ".metadata" not in url]
    if not wheels:
        sys.exit(f"no uv for {platform.machine()} on {index}: install uv yourself and run make again")
    content = urllib.request.urlopen(urllib.parse.urljoin(index, wheels[-1]), timeout=300).read()
    with zipfile.ZipFile(io.BytesIO(content)) as wheel:
        name = next(name for name in wheel.namelist() if name.endswith(".data/scripts/uv"))
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(wheel.read(name))
    target.chmod(0o755)


class Links(html.parser.HTMLParser):
    """The addresses on a package index page, in their order (oldest first)."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list) -> None:
        """Collect href."""
        self.found += [value.split("#")[0] for key, value in attrs if tag == "a" and key == "href" and value]


def run(command: list, **more: str) -> None:
    """Run or stop with the command's own status."""
    result = subprocess.run(command, cwd=ROOT, env=os.environ | more)
    if result.returncode:
        sys.exit(f"failed ({result.returncode}): {' '.join(command)}")


if __name__ == "__main__":
    main()
