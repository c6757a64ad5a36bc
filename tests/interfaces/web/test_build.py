"""The front-end packages: locked without hosts, built once, told clearly when they cannot be."""

import json
import time

import pytest

from makegood.interfaces.web import build


def test_the_lock_names_no_host():
    packages = json.loads((build.ROOT / "package-lock.json").read_text())["packages"]
    assert [name for name, entry in packages.items() if "resolved" in entry] == []


def test_a_second_build_does_nothing_and_is_quick():
    build.build()
    start = time.perf_counter()
    assert build.build() is False
    assert time.perf_counter() - start < 0.3


def test_every_asset_is_there():
    build.build()
    assert [name for name in build.FILES if not (build.DIST / name).exists()] == []


def test_a_missing_file_of_a_package_is_named(monkeypatch, tmp_path):
    build.build()
    monkeypatch.setattr(build, "FILES", {"x.js": "htmx.org/dist/gone.js"})
    monkeypatch.setattr(build, "DIST", tmp_path / "dist")
    with pytest.raises(build.BuildFailed, match=r"htmx.org/dist/gone.js is not in the package"):
        build.copy()


def test_without_node_the_remedy_is_said(monkeypatch):
    monkeypatch.setattr(build.importlib.util, "find_spec", lambda name: None)
    monkeypatch.setattr(build.shutil, "which", lambda name: None)
    with pytest.raises(build.BuildFailed, match="uv sync"):
        build.node_command()
