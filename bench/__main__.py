"""`python -m bench` lists the benches with the goal each serves; `python -m bench NAME` runs one.

Benches are found by themselves: every module of this package with a GOAL.
"""
import argparse
import ast
import contextlib
import importlib
import os
import pathlib
import sys
from collections.abc import Iterator

import bench.result

HERE = pathlib.Path(__file__).resolve().parent


def benches() -> dict[str, str]:
    """{name: goal} read from the source, so that listing imports nothing."""
    found = {}
    for path in sorted(HERE.glob("*.py")):
        for node in ast.parse(path.read_text(encoding="utf-8")).body:
            if isinstance(node, ast.Assign) and getattr(node.targets[0], "id", "") == "GOAL":
                found[path.stem.replace("_", "-")] = str(ast.literal_eval(node.value))
    return found


def main() -> int:
    """Exit status: 0 when the bench ran (whether or not its goals are met), 2 for a wrong call."""
    known = benches()
    if len(sys.argv) < 2 or sys.argv[1] in {"-h", "--help"}:
        for name, goal in known.items():
            print(f"{name:20} {goal}")
        return 0
    name = sys.argv[1]
    if name not in known:
        print(f"there is no bench {name}; there are: {', '.join(known)}", file=sys.stderr)
        return 2
    module = importlib.import_module(f"bench.{name.replace('-', '_')}")
    parser = argparse.ArgumentParser(prog=f"python -m bench {name}", description=module.__doc__)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--json", action="store_true", help="one JSON object instead of tables")
    module.arguments(parser)
    options = parser.parse_args(sys.argv[2:])
    with to_standard_error():
        result = module.run(options)
    bench.result.show(name, result, options)
    return 0


@contextlib.contextmanager
def to_standard_error() -> Iterator[None]:
    """What a bench and its peers print meanwhile: standard output holds the result alone (HiGHS greets from C)."""
    sys.stdout.flush()
    kept = os.dup(1)
    os.dup2(2, 1)
    try:
        yield
    finally:
        sys.stdout.flush()
        os.dup2(kept, 1)
        os.close(kept)


if __name__ == "__main__":
    sys.exit(main())
