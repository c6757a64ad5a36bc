"""Files and functions keep the size one sees at a glance; names say what a thing is about; nothing is caught unseen."""

import ast
import functools
import pathlib
import re

import makegood

SRC = pathlib.Path(makegood.__file__).parent
NAMELESS = {"utils", "util", "helpers", "helper", "common", "misc", "manager", "service", "services", "base"}
@functools.cache
def trees() -> dict[pathlib.Path, tuple[str, ast.Module]]:
    """{path: (text, tree)} of our source, parsed when first asked for and not in every process that collects tests."""
    files = [path for path in sorted(SRC.rglob("*.py")) if "migrations" not in path.parts]
    return {path.relative_to(SRC): (text := path.read_text(), ast.parse(text)) for path in files}


def at(values: list[int], share: float) -> int:
    return sorted(values)[min(len(values) - 1, int(share * len(values)))]


def sizes() -> list[int]:
    return [text.count("\n") + 1 for text, _ in trees().values()]


def functions() -> dict[str, int]:
    """{where: lines} of every function."""
    return {
        f"{path}:{node.lineno} {node.name}": (node.end_lineno or 0) - node.lineno + 1
        for path, (_, tree) in trees().items()
        for node in ast.walk(tree)
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
    }


def test_files_are_of_one_thing():
    assert (at(sizes(), 0.5) <= 110, at(sizes(), 0.95) <= 180, max(sizes()) <= 250) == (True, True, True)


def test_functions_are_seen_at_a_glance():
    found = functions()
    assert at(list(found.values()), 0.95) <= 40
    assert [where for where, lines in found.items() if lines > 80] == []


def test_a_file_is_named_for_what_it_is_about():
    assert [str(path) for path in trees() if path.stem in NAMELESS] == []


def test_every_module_says_what_lives_in_it():
    assert [str(path) for path, (text, tree) in trees().items() if text.strip() and not ast.get_docstring(tree)] == []


def unexplained(text: str) -> list[str]:
    """Broad excepts without a reason on their line, or a raise right after."""
    rows = text.splitlines()
    return [
        row.strip() for number, row in enumerate(rows)
        if re.match(r"\s*except( Exception\b.*| BaseException\b.*)?:", row) and "#" not in row
        and not any("raise" in later for later in rows[number : number + 5])
    ]  # fmt: skip


def test_whatever_is_caught_broadly_has_its_reason():
    assert [f"{path}: {row}" for path, (text, _) in trees().items() for row in unexplained(text)] == []


def test_the_check_sees_a_broad_except():
    assert unexplained("try:\n    x()\nexcept Exception:\n    pass\n") == ["except Exception:"]


def test_no_clock_is_read_below_jobs_and_interfaces():
    """Time is a parameter (docs/decisions/0003): only jobs, interfaces, the demo's start and config ask what time it is."""
    asks = re.compile(r"timezone\.now\(|datetime\.now\(|date\.today\(|(?<!date)(?<!\w)time\.time\(")
    allowed = {"interfaces", "config", "adserver"}
    guilty = [
        str(path) for path, (text, _) in trees().items()
        if path.parts[0] not in allowed and path.name != "jobs.py" and asks.search(text)
    ]  # fmt: skip
    assert guilty == []
