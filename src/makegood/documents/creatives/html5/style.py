"""What a style sheet pulls in and how long it moves, by tinycss2.
Lengths are those declared; what a script later switches on is not seen here.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any

import tinycss2

TIME = re.compile(r"^(\d*\.?\d+)(ms|s)$")
NESTING = 40


@dataclass(slots=True)
class Style:
    """References with their line, the longest declared animation in seconds, and endless ones with their line."""

    references: list[tuple[str, int]] = field(default_factory=list)
    animation_s: float = 0.0
    endless: list[tuple[str, int]] = field(default_factory=list)


def read(text: str, first_line: int = 1) -> Style:
    """The style sheet's references and movement. Deep nesting is cut off, not followed."""
    style = Style()
    if _depth(text) <= NESTING:
        _walk(tinycss2.parse_component_value_list(text, skip_comments=True), style, first_line - 1)
    return style


def _depth(text: str) -> int:
    depth = deepest = 0
    for char in text:
        depth += (char in "{([") - (char in "})]")
        deepest = max(deepest, depth)
    return deepest


def _walk(tokens: list[Any], style: Style, offset: int) -> None:
    importing = False
    for token in tokens:
        line = offset + token.source_line
        if token.type == "url" or (importing and token.type == "string"):
            style.references.append((token.value, line))
        elif token.type == "function":
            inner = [t for t in token.arguments if t.type == "string"]
            if token.lower_name in ("url", "src", "image-set", "-webkit-image-set"):
                style.references += [(t.value, line) for t in inner]
            _walk(token.arguments, style, offset)
        elif token.type in ("{} block", "() block", "[] block"):
            _walk(token.content, style, offset)
            if token.type == "{} block":
                _movement(token.content, style, offset)
        importing = (token.type == "at-keyword" and token.lower_value == "import") or (
            importing and token.type == "whitespace"
        )


def _movement(content: list[Any], style: Style, offset: int) -> None:
    declared = {}
    for item in tinycss2.parse_blocks_contents(content, skip_comments=True, skip_whitespace=True):
        if item.type == "declaration":
            name = item.lower_name.removeprefix("-webkit-")
            if name == "animation" or name.startswith("animation-"):
                declared[name] = (tinycss2.serialize(item.value).lower(), offset + item.source_line)
    if not declared:
        return
    longest = 0.0
    for part in re.split(r",(?![^(]*\))", declared.get("animation", ("", 0))[0]):
        longest = max(longest, _one(part, declared, style))
    style.animation_s = max(style.animation_s, round(longest, 3))


def _one(shorthand: str, declared: dict[str, tuple[str, int]], style: Style) -> float:
    words = shorthand.split()
    times = [_seconds(w) for w in words if TIME.match(w)]
    counts = [w for w in words if w == "infinite" or re.fullmatch(r"\d*\.?\d+", w)]
    if "animation-duration" in declared:
        times = [_seconds(declared["animation-duration"][0].split(",")[0].strip()), *times[1:]]
    if "animation-delay" in declared:
        times = [*(times[:1] or [0.0]), _seconds(declared["animation-delay"][0].split(",")[0].strip())]
    count = declared.get("animation-iteration-count", (counts[0] if counts else "1", 0))[0].split(",")[0].strip()
    line = next(iter(declared.values()))[1]
    if not times or not times[0]:
        return 0.0
    if count == "infinite":
        style.endless.append(("animation: infinite", line))
        return 0.0
    return (times[1] if len(times) > 1 else 0.0) + times[0] * (float(count) if re.fullmatch(r"\d*\.?\d+", count) else 1)


def _seconds(word: str) -> float:
    found = TIME.match(word)
    return 0.0 if not found else float(found[1]) / (1000 if found[2] == "ms" else 1)
