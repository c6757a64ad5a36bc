"""Terms as text into parts: numbered items, headings on a line of their own or run in, else paragraphs. Wrapped lines are joined."""

import re

from makegood.documents.terms.views import Part

NUMBER = re.compile(r"^\s*(?:(?:section|article|clause|§)\s*)?((?:\d{1,2}(?:\.\d{1,2}){0,3}|[IVX]{1,5}|[a-z]|\([a-z0-9]{1,3}\)))[.):]?\s+(?=\S)", re.IGNORECASE)
DOTTED = re.compile(r"^\s*(?:(?:section|article|clause|§)\s*)(\d{1,2}|[IVX]{1,5})\s*[.:–-]?\s*", re.IGNORECASE)
RUN_IN = re.compile(r"^([A-Z][\w&/,’' -]{2,58}?)[.:]\s+(?=[A-Z])")
BULLET = re.compile(r"^\s*[•▪◦*–-]\s+")
LONGEST_HEADING = 64
PAGE = re.compile(r"^\s*(?:page\s+)?\d{1,3}(?:\s*(?:of|/)\s*\d{1,3})?\s*$", re.IGNORECASE)


def split(text: str) -> list[Part]:
    """The parts in their order, page numbers left out. A heading without words of its own heads what follows it."""
    parts: list[Part] = []
    heading = above = ""
    for line, number, words in _blocks(text.splitlines()):
        title, body = _parted(words, numbered=bool(number))
        if not body:
            heading, above = title, number
            continue
        parts.append(Part(number or above, title or heading, body, line))
    return parts


def _blocks(lines: list[str]) -> list[tuple[int, str, str]]:
    """(first line, number, words) of every block: until a blank line, a number, a bullet or a line that is a heading."""
    found: list[tuple[int, str, list[str]]] = []
    open_ = False
    for at, raw in enumerate(lines, 1):
        line = " ".join(raw.split())
        if not line or PAGE.match(line):
            open_ = False if not line else open_
            continue
        number, rest = _number(line)
        alone = _is_heading(rest, numbered=bool(number))
        if number or alone or not open_ or BULLET.match(line):
            found.append((at, number, [BULLET.sub("", rest)]))
        else:
            found[-1][2].append(line)
        open_ = not alone
    return [(at, number, " ".join(words)) for at, number, words in found]


def _number(line: str) -> tuple[str, str]:
    """A printed number and what follows it. A small letter or roman counts only with its dot or bracket."""
    named = DOTTED.match(line)
    if named:
        return named.group(1), line[named.end() :] or line
    match = NUMBER.match(line)
    if not match:
        return "", line
    mark = line[match.end(1) : match.end()].strip()
    if not mark and not re.match(r"\d+\.\d", match.group(1)) and not match.group(1).startswith("("):
        return "", line
    return match.group(1), line[match.end() :]


def _is_heading(line: str, *, numbered: bool = False) -> bool:
    words = [word for word in re.findall(r"[^\W\d_]+", line) if len(word) > 3]
    if not words or len(line) > LONGEST_HEADING or line.endswith((".", ",", ";")):
        return False
    return (numbered and line[0].isupper()) or line.isupper() or line.endswith(":") or all(word[0].isupper() for word in words)


def _parted(words: str, *, numbered: bool = False) -> tuple[str, str]:
    """A heading run in before the text, and the text; all heading when it is nothing else."""
    if _is_heading(words, numbered=numbered):
        return words.rstrip(":").strip(), ""
    match = RUN_IN.match(words)
    if match and all(word[0].isupper() for word in match.group(1).split() if len(word) > 3):
        return match.group(1), words[match.end() :]
    return "", words
