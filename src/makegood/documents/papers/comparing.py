"""Two texts compared word by word, as runs to print: ("", kept), ("cut", gone), ("new", come)."""

import difflib
import re


def changed(before: str, after: str) -> list[tuple[str, str]]:
    """The runs that make `after` of `before`; empty when they are the same."""
    if before == after:
        return []
    old, new = re.findall(r"\S+\s*", before), re.findall(r"\S+\s*", after)
    found: list[tuple[str, str]] = []
    for how, a, b, x, y in difflib.SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if how == "equal":
            found.append(("", _short("".join(old[a:b]))))
            continue
        found += [("cut", "".join(old[a:b]))] if b > a else []
        found += [("new", "".join(new[x:y]))] if y > x else []
    return found


def _short(kept: str, around: int = 60) -> str:
    """What stayed, its middle left out where it is long."""
    return kept if len(kept) <= 3 * around else f"{kept[:around].rstrip()} … {kept[-around:].lstrip()}"
