"""The plan's file and the keys file, written whole or not at all: ad servers may be reading."""

import json
import os
import pathlib
import secrets
import tempfile

from django.conf import settings

from makegood.adserver import keys
from makegood.engine import plan as plans


def write(plan: plans.ServingPlan) -> bytes:
    """Put the plan in place of the old one and return its bytes."""
    content = plan.to_json()
    plans.from_json(content)  # what an ad server would refuse is refused here
    _replace(pathlib.Path(settings.PLAN_FILE), content, 0o644)
    return content


def current() -> plans.ServingPlan | None:
    """The plan in force, None before the first."""
    path = pathlib.Path(settings.PLAN_FILE)
    return plans.from_json(path.read_bytes()) if path.exists() else None


def signing_keys() -> keys.Keys:
    """The keys the ad servers sign with, made when there are none."""
    path = pathlib.Path(settings.KEYS_FILE)
    if not path.exists():
        _replace(path, json.dumps({"current": "k1", "keys": {"k1": secrets.token_hex(32)}}).encode(), 0o600, keep=True)
    return keys.load(path)


def _replace(path: pathlib.Path, content: bytes, mode: int, *, keep: bool = False) -> None:
    """Atomic on one file system. With `keep` a file somebody else made meanwhile stands."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.NamedTemporaryFile(dir=path.parent, prefix=f".{path.name}-", delete=False) as draft:
        draft.write(content)
        draft.flush()
        os.fsync(draft.fileno())
    os.chmod(draft.name, mode)
    try:
        os.link(draft.name, path) if keep else os.replace(draft.name, path)
    except FileExistsError:
        pass
    finally:
        pathlib.Path(draft.name).unlink(missing_ok=True)
