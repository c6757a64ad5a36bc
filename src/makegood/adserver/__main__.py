"""The command line of the ad server: `python -m makegood.adserver --plan PLAN.json --events DIR ...`.

Arguments to settings, nothing else.
"""

from __future__ import annotations

import argparse
import datetime
import logging
import pathlib
import sys

from makegood.adserver import processes
from makegood.adserver.keys import KeysInvalid
from makegood.adserver.settings import Settings
from makegood.engine.plan import PlanInvalid


def settings_from(arguments: list[str]) -> Settings:
    """Read the command line; exits with usage on a mistake."""
    parser = argparse.ArgumentParser("makegood.adserver", description="Serve a compiled plan and append its events.")
    for name, words in (
        ("plan", "plan file"),
        ("events", "event folder"),
        ("assets", "asset folder"),
        ("keys", "keys file"),
    ):
        parser.add_argument(f"--{name}", type=pathlib.Path, required=True, help=words)
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--port", type=int, default=8100, help="0 picks a free one and prints it")
    parser.add_argument("--public-url", default="", help="how browsers reach this server; empty: http://HOST:PORT")
    parser.add_argument("--app-origin", default="", help="origin that may frame previews")
    parser.add_argument("--bots", type=pathlib.Path, help="own list of robots, one substring a line")
    parser.add_argument("--datacentres", type=pathlib.Path, help="data-centre networks, one CIDR a line")
    parser.add_argument("--tcf-vendor", type=int, default=0, help="own id on the IAB's vendor list; 0: the publisher")
    parser.add_argument("--trust-forwarded", action="store_true", help="behind a proxy that sets X-Forwarded-For")
    parser.add_argument(
        "--served-waits", action="store_true", help="hold ad replies until their events are on disk, not just written"
    )
    parser.add_argument("--clock", type=_moment, metavar="ISO", help="the time it takes it to be at the start, for trials of another time")
    parser.add_argument("--processes", type=int, default=1)
    parser.add_argument("--log-level", default="INFO")
    found = vars(parser.parse_args(arguments))
    logging.basicConfig(
        level=found.pop("log_level"), format="%(asctime)s %(levelname)s %(process)d %(name)s %(message)s"
    )
    found["clock_ms"] = found.pop("clock")
    found["public_url"] = found["public_url"].rstrip("/")
    return Settings(**found)


def _moment(text: str) -> int:
    """An aware ISO moment as milliseconds since 1970 UTC."""
    moment = datetime.datetime.fromisoformat(text)
    if moment.tzinfo is None:
        raise argparse.ArgumentTypeError(f"{text!r} names no zone; write it like 2026-03-01T10:00:00+00:00")
    return round(moment.timestamp() * 1000)


def main() -> int:
    """Run until stopped; 2 when the server cannot start, with the reason on standard error."""
    try:
        return processes.run(settings_from(sys.argv[1:]))
    except (PlanInvalid, KeysInvalid, OSError, ValueError) as error:
        print(f"makegood.adserver: cannot start: {error}", file=sys.stderr)
        return 2


if __name__ == "__main__":
    sys.exit(main())
