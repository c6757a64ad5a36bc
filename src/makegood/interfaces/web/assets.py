"""Our own styles and scripts, joined into one file each and addressed by their content. Packages' files come from dist/."""

import functools
import hashlib
import os
import pathlib

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.gzip import gzip_page
from django.views.decorators.http import require_safe

STATIC = pathlib.Path(__file__).parent / "static"
TYPES = {"css": "text/css", "js": "text/javascript"}


def url(name: str) -> str:
    """The address of an asset: "mg.css" and "mg.js" are our joined files, anything else lies in static/."""
    if name in ("mg.css", "mg.js"):
        kind = name.removeprefix("mg.")
        return f"/assets/mg.{_joined(kind, _stamp(kind))[0]}.{kind}"
    return f"{settings.STATIC_URL}{name}?{_version(name)}"


@require_safe
@login_not_required
@gzip_page
def joined(request: HttpRequest, digest: str, kind: str) -> HttpResponse:
    """All of static/<kind> in order of name, folders after files: a component's file is dropped in and is there."""
    if kind not in TYPES:
        raise Http404
    current, content = _joined(kind, _stamp(kind))
    response = HttpResponse(content, content_type=f"{TYPES[kind]}; charset=utf-8")
    fresh = digest == current and not settings.DEBUG
    response["Cache-Control"] = "public, max-age=31536000, immutable" if fresh else "no-cache"
    return response


def _files(kind: str) -> list[pathlib.Path]:
    return sorted((STATIC / kind).rglob(f"*.{kind}"), key=lambda path: (len(path.parts), path.as_posix()))


def _stamp(kind: str) -> int:
    """Changes when a file does. Outside debugging a process looks once."""
    return max(path.stat().st_mtime_ns for path in _files(kind)) if settings.DEBUG else 0


@functools.lru_cache(maxsize=4)
def _joined(kind: str, stamp: int) -> tuple[str, bytes]:
    content = b"\n".join(path.read_bytes() for path in _files(kind))
    return hashlib.sha256(content).hexdigest()[:12], content


@functools.lru_cache(maxsize=64)
def _version(name: str) -> str:
    path = pathlib.Path(os.path.join(STATIC, name))  # a template hands a SafeString, which paths refuse
    return format(int(path.stat().st_mtime), "x") if path.exists() else "0"
