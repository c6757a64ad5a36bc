"""Hostile XML by seed: document types, entities, deep and wide trees, loops, odd encodings and CDATA, all naming a canary.
Only bytes; nothing here reads them.
"""

import random

from bench.creative_files import tags

OPEN, CLOSE = '<VAST version="3.0">', "</VAST>"


def documents(seed, count, canary):
    """`count` documents; every address in them is `canary`'s."""
    chance = random.Random(seed)
    ways = (doctype, doctype, deep, wide, section, encoding, wrapped, included, heavy, damaged, damaged, damaged)
    for _ in range(count):
        yield chance.choice(ways)(chance, canary)


def whole(chance, canary):
    """A good tag whose addresses are the canary's."""
    return tags.made(chance.choice(("2.0", "3.0", "4.1", "4.2"))).replace("https://track.example", canary).replace("https://cdn.example", canary)


def doctype(chance, canary):
    """A document type: outside, inside, with entities that grow, wherever one may hide it."""
    entities = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10 if n else "lol"}">' for n in range(chance.randrange(1, 12)))
    kind = chance.choice((
        f'<!DOCTYPE VAST SYSTEM "{canary}/v.dtd">', f'<!DOCTYPE VAST PUBLIC "-//x" "{canary}/v.dtd">', f"<!DOCTYPE VAST [{entities}]>",
        f'<!DOCTYPE VAST [<!ENTITY x SYSTEM "{canary}/x">]>', '<!DOCTYPE VAST [<!ENTITY x SYSTEM "file:///etc/passwd">]>',
        f'<!DOCTYPE VAST [<!ENTITY % p SYSTEM "{canary}/p"> %p;]>', f'<!doctype VAST [<!ATTLIST VAST a CDATA "{canary}">]>',
    ))  # fmt: skip
    head = chance.choice(("", "<?xml version='1.0'?>", "<!-- a --> ", "<?x <!DOCTYPE ?>", "\ufeff", "  \n"))
    return f"{head}{kind}{OPEN}<Ad>&x;&e{chance.randrange(12)};</Ad>{CLOSE}".encode()


def deep(chance, canary):
    """Very many levels, closed or not."""
    levels = chance.choice((61, 200, 300, 5_000, 200_000))
    name = chance.choice(("a", "Ad", "Extension", "InLine"))
    tail = chance.choice((f"</{name}>" * levels + CLOSE, "", CLOSE))
    return f"{OPEN}{f'<{name}>' * levels}{tail}".encode()


def wide(chance, canary):
    """Very many elements, attributes or namespaces."""
    many = chance.choice((500, 20_001, 60_000))
    attributes = " ".join(f"a{number}='1'" for number in range(many))
    spaces = " ".join(f"xmlns:n{number}='{canary}/{number}'" for number in range(min(many, 5000)))
    nines = "9" * many
    return chance.choice((
        f"{OPEN}{'<Ad/>' * many}{CLOSE}", f"<VAST {attributes}/>", f"<VAST {spaces} version='3.0'/>", f"<VAST version='{nines}'/>",
        f"{OPEN}{'<!-- - -->' * many}{CLOSE}", f"{OPEN}{'<?p x?>' * many}{CLOSE}",
    )).encode()  # fmt: skip


def section(chance, canary):
    """CDATA that opens what it seems to close."""
    piece = chance.choice(("]]>", "<![CDATA[", "]]]]><![CDATA[>", "<![CDATA[<![CDATA[]]>", "]]&gt;", "<![CDATA[</VAST>", "<![cdata[x]]>", "<!-- ]]> --", "<![IGNORE[x]]>"))
    return whole(chance, canary).replace("<![CDATA[", piece, chance.randrange(1, 5)).encode()


def encoding(chance, canary):
    """Declared one way, written another."""
    declared = chance.choice(("UTF-8", "UTF-16", "UTF-7", "ISO-8859-1", "windows-1252", "EBCDIC-CP-US", "utf-32", "x" * 30, "base64", "rot13", "idna"))
    written = chance.choice(("utf-8", "utf-16", "utf-16-le", "utf-32", "latin-1", "cp037"))
    return whole(chance, canary).replace("UTF-8", declared).replace("Boots", "B\u00f6\u00f6ts").encode(written, "replace")


def wrapped(chance, canary):
    """Wrappers that lead to the canary, to themselves or to something that is no web address."""
    address = chance.choice((f"{canary}/loop", f"<![CDATA[{canary}/loop?u=[CACHEBUSTING]]]>", "file:///etc/passwd", "javascript:alert(1)", "\\\\host\\share", "gopher://x", ""))
    body = f"<Ad id='1'><Wrapper><AdSystem/><VASTAdTagURI>{address}</VASTAdTagURI><Impression>{canary}/i</Impression><Creatives/></Wrapper></Ad>"
    return f"{OPEN}{body * chance.choice((1, 5, 2000))}{CLOSE}".encode()


def included(chance, canary):
    """Schemas, style sheets and inclusions that a reader might fetch."""
    return (f'<?xml-stylesheet href="{canary}/s.xsl" type="text/xsl"?><VAST version="3.0" xmlns:xi="http://www.w3.org/2001/XInclude" '
            f'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:schemaLocation="{canary} {canary}/v.xsd" xsi:noNamespaceSchemaLocation="{canary}/n.xsd" '
            f'xml:base="{canary}/"><xi:include href="{canary}/x" parse="text"/></VAST>').encode()  # fmt: skip


def heavy(chance, canary):
    """Very much text in one place."""
    size = chance.choice((100_000, 900_000, 1_100_000, 20 << 20))
    return chance.choice((f"{OPEN}<Ad>{'x' * size}</Ad>{CLOSE}", f"{OPEN}<Ad id='{'x' * size}'/>{CLOSE}", f"<{'x' * size}/>", f"{OPEN}{' ' * size}", f"{OPEN}<Ad><![CDATA[{']' * size}",
                          f"{OPEN}{'<' * size}", f"{OPEN}<Ad {'a' * size}", f"{OPEN}<Ad a=\"{'b' * size}", f"{OPEN}{'&amp;' * (size // 5)}{CLOSE}")).encode()  # fmt: skip


def damaged(chance, canary):
    """A good tag with pieces out, in, or changed."""
    data = bytearray(whole(chance, canary).encode())
    for _ in range(chance.randrange(1, 6)):
        place = chance.randrange(len(data))
        how = chance.randrange(4)
        if how == 0:
            data[place : place + chance.randrange(1, 100)] = b""
        elif how == 1:
            data[place] = chance.randrange(256)
        elif how == 2:
            data[place:place] = chance.choice((b"<", b">", b"&", b"]]>", b"\0", b"<!--", b"<?", b"\xff", b"<!DOCTYPE x>"))
        else:
            data[place:place] = data[chance.randrange(len(data)) :][:500]
        data = data or bytearray(b"<")
    return bytes(data)
