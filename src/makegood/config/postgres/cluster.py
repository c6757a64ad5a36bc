"""One PostgreSQL cluster: created once, started as a child that shuts down cleanly even when we are killed."""

import contextlib
import fcntl
import hashlib
import os
import pathlib
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator
from typing import IO

import psycopg

from makegood.config.postgres import account, binaries

OWNER = "makegood"
LONGEST_SOCKET_PATH = 90


class ClusterError(RuntimeError):
    """PostgreSQL did not start or did not answer; the message ends with the tail of its log."""


class Cluster:
    """A cluster in `folder`. `durable=False` (tests) trades crash safety for speed."""

    def __init__(self, folder: pathlib.Path, *, durable: bool = True) -> None:
        self.folder = folder.absolute()
        self.durable = durable
        self.data = self.folder / "data"
        self.log = self.folder / "postgres.log"
        self.account = account.choose()
        self.process: subprocess.Popen[bytes] | None = None
        self._lock: IO[str] | None = None

    @property
    def socket_folder(self) -> pathlib.Path:
        """Where the server's socket lies: in our folder, or in a short private one when the path would be too long."""
        inside = self.folder / "socket"
        if len(str(inside)) < LONGEST_SOCKET_PATH - len("/.s.PGSQL.5432"):
            return inside
        digest = hashlib.sha256(str(self.folder).encode()).hexdigest()[:12]
        return pathlib.Path(tempfile.gettempdir()) / f"makegood-{os.geteuid()}-{digest}"

    def url(self, database: str = OWNER) -> str:
        """A connection URL for `database`."""
        return f"postgresql://{OWNER}@/{database}?host={self.socket_folder}"

    def running(self) -> bool:
        """Whether a server (ours or another process's) answers on this cluster's socket."""
        try:
            psycopg.connect(self.url("postgres"), connect_timeout=2).close()
        except psycopg.OperationalError:
            return False
        return True

    def start(self, *, wait_s: float = 60) -> None:
        """Create the cluster when missing and run the server. Raises ClusterError."""
        self.account.own(self.folder)
        self._take_lock()
        bin_folder = binaries.find(reachable_copy=self.folder.parent if self.account.uid is not None else None)
        if not (self.data / "PG_VERSION").exists():
            self._create(bin_folder)
        self.account.own(self.socket_folder)
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(
                [bin_folder / "postgres", "-D", self.data, *self._settings()],
                stdout=log, stderr=log, stdin=subprocess.DEVNULL, cwd="/",
                preexec_fn=self.account.become(dies_with_parent=True),
            )  # fmt: skip
        self._await_answer(wait_s)
        self._ensure_database()

    def stop(self) -> None:
        """Fast shutdown: open transactions roll back, everything committed is on disk."""
        if self.process and self.process.poll() is None:
            self.process.send_signal(signal.SIGINT)
            self.process.wait(timeout=60)
        self.process = None
        if self._lock:
            self._lock.close()
            self._lock = None

    def _take_lock(self) -> None:
        self._lock = (self.folder / "lock").open("w")
        try:
            fcntl.flock(self._lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            self._lock.close()
            self._lock = None
            raise ClusterError(f"another process is running the database in {self.folder}") from None

    def _create(self, bin_folder: pathlib.Path) -> None:
        command = [
            bin_folder / "initdb", "-D", self.data, "-U", OWNER, "--auth=trust", "--encoding=UTF8", "--locale=C.UTF-8",
        ]  # fmt: skip
        result = subprocess.run(
            [*command, *([] if self.durable else ["--no-sync"])],
            capture_output=True, cwd="/", preexec_fn=self.account.become(dies_with_parent=False),
        )  # fmt: skip
        if result.returncode:
            raise ClusterError(f"initdb failed in {self.data}: {result.stderr.decode(errors='replace')[-600:]}")

    def _settings(self) -> list[str]:
        values = {
            "listen_addresses": "", "unix_socket_directories": str(self.socket_folder), "max_connections": "120",
            "shared_buffers": "128MB", "logging_collector": "off", "timezone": "UTC", "log_timezone": "UTC",
            "jit": "off", "max_wal_size": "1GB",
        }  # fmt: skip
        if not self.durable:
            values |= {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off"}
        return [part for key, value in values.items() for part in ("-c", f"{key}={value}")]

    def _await_answer(self, wait_s: float) -> None:
        deadline = time.monotonic() + wait_s
        while not self.running():
            if self.process is None or self.process.poll() is not None or time.monotonic() > deadline:
                tail = self.log.read_text(errors="replace")[-800:]
                self.stop()
                raise ClusterError(f"PostgreSQL did not start in {self.data}; its log ends:\n{tail}")
            time.sleep(0.03)

    def _ensure_database(self) -> None:
        with psycopg.connect(self.url("postgres"), autocommit=True) as connection:
            if not connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [OWNER]).fetchone():
                connection.execute(f"CREATE DATABASE {OWNER}")


@contextlib.contextmanager
def running(cluster: Cluster) -> Iterator[Cluster]:
    """The cluster, started for the time of the block unless another process already runs it."""
    if cluster.running():
        yield cluster
        return
    cluster.start()
    try:
        yield cluster
    finally:
        cluster.stop()
