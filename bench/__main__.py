"""`python -m bench` lists the benches with the goal each serves; `python -m bench NAME` runs one.

Benches are found by themselves: every module of this package with a GOAL.
"""
import argparse
import ast
import importlib
import pathlib
import sys

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
    bench.result.show(name, module.run(options), options)
    return 0


if __name__ == "__main__":
    sys.exit(main())
