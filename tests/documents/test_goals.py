"""Sheets of goals: wide and long, and every wrong cell by its place."""

import datetime
from decimal import Decimal

from makegood.documents.goals import reading

JULY, AUGUST = datetime.date(2026, 7, 1), datetime.date(2026, 8, 1)


def read(folder, text):
    path = folder / "goals.csv"
    path.write_text(text)
    rows, problems = reading.read(path, "USD")
    return [(one.by, one.name, one.month, one.amount, one.currency) for one in rows], [(one.place, one.said) for one in problems]


def test_a_column_a_month(tmp_path):
    rows, problems = read(tmp_path, 'Goals for the half year\nSeller,2026-07,Aug 26\nOwen Park,"120,000",90000.50\nTotal,1,2\nDana Whitfield,,$7\n')
    assert (rows, problems) == ([
        ("seller", "Owen Park", JULY, Decimal("120000.00"), "USD"), ("seller", "Owen Park", AUGUST, Decimal("90000.50"), "USD"),
        ("seller", "Dana Whitfield", AUGUST, Decimal("7.00"), "USD"),
    ], [])  # fmt: skip


def test_a_row_a_goal_with_its_currency(tmp_path):
    rows, _ = read(tmp_path, "Category,Month,Goal,Currency\nRetail,July 2026,500,eur\nFinance,08/2026,10,\n")
    assert rows == [("category", "Retail", JULY, Decimal("500.00"), "EUR"), ("category", "Finance", AUGUST, Decimal("10.00"), "USD")]


def test_every_wrong_cell_is_named(tmp_path):
    _, problems = read(tmp_path, "Team,Month,Goal,Currency\nNorth,Smarch,5,\nSouth,2026-07,many,\nEast,2026-07,-4,\nWest,2026-07,4,DOLLAR\n")
    assert [place for place, _ in problems] == ["C2", "C3", "C4", "C5"]
    assert read(tmp_path, "Whatever\n1\n")[1] == [("goals.csv", "no table has a heading Seller, Team, Category or Property")]
    assert read(tmp_path, "Seller,Notes\nOwen,x\n")[1] == [("A1", "there is neither a column a month nor Month and Goal")]
