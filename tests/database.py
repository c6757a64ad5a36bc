"""The database tests run on: a throw-away cluster copied from one that was migrated once for these migrations."""

import fcntl
import hashlib
import os
import pathlib
import shutil
import subprocess
import sys
import tempfile

from makegood.config.postgres import Cluster

ROOT = pathlib.Path(__file__).parent.parent
TEMPLATE = "makegood_template"
KEPT = 3  # other checkouts with other migrations may be copying theirs


def start(run: pathlib.Path) -> Cluster:
    """A running cluster in `run` whose database makegood_template has every migration applied."""
    template = _template()
    shutil.rmtree(run, ignore_errors=True)
    subprocess.run(["cp", "-a", template, run], check=True)
    (run / "lock").unlink(missing_ok=True)
    cluster = Cluster(run, durable=False)
    cluster.start()
    return cluster


def _template() -> pathlib.Path:
    """The migrated, stopped cluster for the migrations as they are now; built under a lock when missing."""
    base = pathlib.Path(tempfile.gettempdir()) / f"makegood-tests-{os.geteuid()}"
    base.mkdir(mode=0o755, exist_ok=True)
    final = base / f"template-{_digest()}"
    with (base / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not final.exists():
            for old in sorted(base.glob("template-*"), key=lambda one: one.stat().st_mtime)[:-KEPT]:
                shutil.rmtree(old, ignore_errors=True)
            _build(base / f"draft-{_digest()}", final)
    return final


def _build(draft: pathlib.Path, final: pathlib.Path) -> None:
    shutil.rmtree(draft, ignore_errors=True)
    cluster = Cluster(draft, durable=False)
    cluster.start()
    try:
        subprocess.run(
            [sys.executable, ROOT / "manage.py", "migrate", "--verbosity=0"], check=True, cwd=ROOT,
            env=os.environ | {"DATABASE_URL": cluster.url(), "MAKEGOOD_HOME": str(draft.parent / "home")},
        )  # fmt: skip
        subprocess.run(
            [sys.executable, "-c", _RENAME], check=True, env=os.environ | {"URL": cluster.url("postgres"), "NEW": TEMPLATE}
        )
    finally:
        cluster.stop()
    draft.rename(final)


_RENAME = (
    "import os, psycopg; psycopg.connect(os.environ['URL'], autocommit=True)"
    ".execute('ALTER DATABASE makegood RENAME TO ' + os.environ['NEW'])"
)


def _digest() -> str:
    digest = hashlib.sha256((ROOT / "uv.lock").read_bytes())
    for path in sorted((ROOT / "src").rglob("migrations/*.py")):
        digest.update(path.read_bytes())
    return digest.hexdigest()[:16]
