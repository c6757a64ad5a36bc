"""Names of companies made comparable. Text in, text out; no account is looked up here."""

import re
import unicodedata

LEGAL = {
    "inc", "incorporated", "llc", "llp", "lp", "ltd", "limited", "plc", "corp", "corporation", "co", "company", "pty", "pvt",
    "gmbh", "mbh", "ag", "kg", "kgaa", "ohg", "ug", "se", "sa", "sas", "sarl", "srl", "spa", "bv", "nv", "oy", "ab", "as", "aps", "kk",
}  # fmt: skip
CARE_OF = re.compile(r"\bc\s*/\s*o\b", re.IGNORECASE)


def key(name: str) -> str:
    """The form under which two spellings of one company agree: no case, accents, punctuation, legal form, 'c/o' or 'and'.

    'Fenwick & Rowe, Inc. c/o Parallel' and 'FENWICK AND ROWE' both give 'fenwick rowe'. Never empty for a name with a letter.
    """
    before, *after = CARE_OF.split(name)
    plain = unicodedata.normalize("NFKD", before if before.strip() else " ".join(after)).upper().casefold()
    plain = "".join(letter for letter in plain if not unicodedata.combining(letter))
    plain = re.sub(r"['’.]", "", plain).replace("&", " and ")
    words = [word for word in re.findall(r"\w+", plain.replace("_", " ")) if word != "and"] or re.findall(r"\w+", plain)
    while len(words) > 1 and words[-1] in LEGAL:
        words.pop()
    if len(words) > 1 and words[0] == "the":
        words.pop(0)
    return " ".join(words)
