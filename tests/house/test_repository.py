"""What may stand in the repository: one public package index, no generated files, no machine's own paths."""

import json
import pathlib
import re
import subprocess

ROOT = pathlib.Path(__file__).parent.parent.parent
PUBLIC = {"https://pypi.org", "https://files.pythonhosted.org"}


def tracked() -> list[pathlib.Path]:
    listed = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=True).stdout.split("\n")
    return [ROOT / name for name in listed if name and (ROOT / name).exists()]


def test_the_lock_names_only_the_public_index():
    hosts = set(re.findall(r"https?://[^/\"]+", (ROOT / "uv.lock").read_text()))
    assert hosts == PUBLIC


def test_the_npm_lock_names_no_registry():
    for lock in (ROOT / "package-lock.json", ROOT / "tests/clients/package-lock.json"):
        packages = json.loads(lock.read_text())["packages"].values()
        assert [package["resolved"] for package in packages if "resolved" in package] == []


def test_no_client_of_the_tests_has_a_licence_that_may_not_enter():
    packages = json.loads((ROOT / "tests/clients/package-lock.json").read_text())["packages"]
    licences = {name: package.get("license", "") for name, package in packages.items() if name}
    assert {name: one for name, one in licences.items() if not re.fullmatch("(Apache-2.0|MIT|ISC|BSD-[23]-Clause|0BSD)", one)} == {}


def test_nothing_generated_or_large_is_committed():
    names = [path.relative_to(ROOT).as_posix() for path in tracked()]
    assert [name for name in names if "/dist/" in name or "node_modules" in name or name.endswith((".pyc", ".whl"))] == []
    assert [name for name in names if (ROOT / name).stat().st_size > 600_000 and not name.endswith(".lock")] == []


def test_no_path_of_one_machine():
    own = re.compile(re.escape(str(ROOT)) + r"/|/home/\w+/")
    guilty = [
        path.relative_to(ROOT).as_posix()
        for path in tracked()
        if path.suffix in {".py", ".md", ".toml", ".html", ".js", ".css", ".json"} and own.search(path.read_text(errors="replace"))
    ]
    assert guilty == []
