"""How much of real orders is read right: a folder of documents against a CSV of what people read in them.

The CSV has the columns file, contract_num, advertiser, gross_amount, flight_from, flight_to; empty cells are not counted.
"""
import argparse
import csv
import difflib
import pathlib
import random
import re
import statistics
import time
from collections import Counter
from collections.abc import Callable
from datetime import date, datetime
from decimal import Decimal, InvalidOperation

from bench import damage
from bench.result import Goal, Result, at_least, at_most
from makegood.documents import orders
from makegood.documents.orders import assemble, sniff

GOAL = "P11: order import - real broadcast orders against human readings, and processor seconds a page"
SHARES = {"contract_number": 0.94, "gross_amount": 0.94, "flight_start": 0.91, "flight_end": 0.91, "advertiser": 0.92}
SUMMED = 0.80  # of the contracts, orders and invoices that have a table of lines or should have
PASSED, WRONG = 0.60, 0.01  # of the values that people have read too, at the reader's own threshold
SECONDS_PER_PAGE = 1.0
TRUTH = {"contract_number": "contract_num", "gross_amount": "gross_amount", "flight_start": "flight_from",
         "flight_end": "flight_to", "advertiser": "advertiser"}
CLOSE = 0.85
SHORT = 5  # letters; a longer piece of a true value is spared too


def arguments(parser: argparse.ArgumentParser) -> None:
    """What to read and what it is held against."""
    parser.add_argument("--folder", type=pathlib.Path, required=True, help="folder with the documents")
    parser.add_argument("--truth", type=pathlib.Path, required=True, help="CSV of human readings")
    parser.add_argument("--misses", action="store_true", help="every value that differs, file by file")
    parser.add_argument("--sample", type=int, default=0, help="only so many documents, drawn by the seed")
    parser.add_argument("--damage", choices=sorted(damage.WAYS), help="read the PDFs made worse in this way; their true values stay readable")
    parser.add_argument("--once", action="store_true", help="never read a doubtful scan a second time, as without the extra for it")
    parser.add_argument("--share", type=float, default=0.02, help="share of letters, rows or texts that are damaged")


def run(options: argparse.Namespace) -> Result:
    """Reads every document of the truth and compares."""
    with options.truth.open(encoding="utf-8-sig", newline="") as stream:
        rows = [row for row in csv.DictReader(stream) if (options.folder / row["file"]).exists()]
    if options.sample:
        rows = random.Random(options.seed).sample(rows, min(options.sample, len(rows)))
    right: Counter[str] = Counter()
    asked: Counter[str] = Counter()
    misses, crashes, unreadable, sums = [], 0, 0, 0
    passed = passed_wrong = 0
    paces: list[float] = []
    slow: list[float] = []
    for row in rows:
        path, begun = options.folder / row["file"], time.process_time()
        try:
            read: orders.OrderDocument | None = worse(path, row, options) if options.damage else orders.read(path, twice=not options.once)
        except orders.UnreadableDocument as error:
            read, unreadable = None, unreadable + 1
            misses.append(f"{row['file']}: {error}")
        except Exception as error:  # a crash is what is being counted
            read, crashes = None, crashes + 1
            misses.append(f"{row['file']}: crashed: {error!r}")
        pace = time.process_time() - begun
        if read is not None and read.recognised:
            slow.append(pace / read.recognised)
        else:
            paces.append(pace / max(1, read.pages or 1 if read else 1))
        sums += read is not None and sums_to_gross(read)
        for name, column in TRUTH.items():
            wanted = (row.get(column) or "").strip()
            if not wanted:
                continue
            asked[name] += 1
            value = read.value(name) if read else None
            same, sure = SAME[name](wanted, value), read is not None and name in read.fields and orders.passes(read.fields[name].confidence)
            passed, passed_wrong = passed + sure, passed_wrong + (sure and not same)
            if same:
                right[name] += 1
            else:
                misses.append(f"{row['file']}: {name}: read {value!s}, people read {wanted}")
    shares = {name: right[name] / asked[name] if asked[name] else 0.0 for name in TRUTH}
    figures = {"documents": len(rows), "crashes": crashes, "unreadable": unreadable,
               **{f"{name}_right": f"{right[name]} of {asked[name]}" for name in TRUTH},
               "passed_without_a_look": f"{passed} of {asked.total()}", "wrong_of_those": passed_wrong,
               "lines_sum_to_gross_or_net": f"{sums} of {len(rows)}",
               "seconds_per_page_median": round(statistics.median(paces), 4) if paces else None,
               "documents_recognised": len(slow), "seconds_per_recognised_page_worst": round(max(slow), 2) if slow else None}
    goals: dict[str, Goal] = {name: at_least(round(shares[name], 4), share) for name, share in SHARES.items()}
    goals["lines_sum_to_gross_or_net"] = at_least(round(sums / max(1, len(rows)), 4), SUMMED)
    goals["passed_without_a_look"] = at_least(round(passed / max(1, asked.total()), 4), PASSED)
    goals["wrong_of_those"] = at_most(round(passed_wrong / max(1, passed), 4), WRONG)
    goals["crashes"] = at_most(crashes, 0)
    goals["seconds_per_page_worst"] = at_most(round(max(paces, default=0.0), 4), SECONDS_PER_PAGE)
    return Result(figures, goals, notes=tuple(misses) if options.misses else ())


def worse(path: pathlib.Path, row: dict[str, str], options: argparse.Namespace) -> orders.OrderDocument:
    """The document read from pages made worse; texts that hold a value of the truth are spared."""
    wanted = [bare(row[column]) for column in TRUTH.values() if row.get(column)]

    def spared(text: str) -> bool:
        said = bare(text)
        return bool(said) and any(value in said or (len(said) > SHORT and said in value) for value in wanted)

    media_type = sniff.media_type(path)
    chance = random.Random(f"{options.seed}{row['file']}")
    leaves = damage.WAYS[options.damage](orders.READERS[media_type](path), options.share, chance, spared)
    found = assemble.content(leaves)
    return orders.OrderDocument(path.name, "", media_type, found.layout, len(leaves), found.fields, found.lines, found.problems)


def sums_to_gross(read: orders.OrderDocument) -> bool:
    """Whether the lines sum to the total of the document."""
    amounts = [line.value("amount") for line in read.lines]
    total = sum((value for value in amounts if isinstance(value, Decimal)), Decimal())
    return bool(total) and total in {read.value("gross_amount"), read.value("net_amount")}


def bare(text: object) -> str:
    """Case, punctuation and spaces taken away."""
    return re.sub(r"[\W_]+", "", str(text)).casefold()


def same_code(wanted: str, read: object) -> bool:
    """Equal but for case and punctuation."""
    return read is not None and bare(wanted) == bare(read)


def same_money(wanted: str, read: object) -> bool:
    """Equal amounts."""
    try:
        return isinstance(read, Decimal) and Decimal(re.sub(r"[^\d.-]", "", wanted)) == read
    except InvalidOperation:
        return False


def same_day(wanted: str, read: object) -> bool:
    """The same day; the readings are American."""
    if not isinstance(read, date):
        return False
    for form in ("%m/%d/%y", "%m/%d/%Y", "%Y-%m-%d"):
        try:
            return datetime.strptime(wanted, form).date() == read
        except ValueError:
            continue
    return False


def same_name(wanted: str, read: object) -> bool:
    """One contains the other, or they are alike by 0.85."""
    one, other = bare(wanted), bare(read or "")
    if not one or not other:
        return False
    return one in other or other in one or difflib.SequenceMatcher(None, one, other).ratio() >= CLOSE


SAME: dict[str, Callable[[str, object], bool]] = {
    "contract_number": same_code, "gross_amount": same_money, "flight_start": same_day, "flight_end": same_day,
    "advertiser": same_name}
