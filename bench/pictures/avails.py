"""What three ways of answering find of the same supply: drawn from a small seeded book, solved as it is drawn."""
import altair
import numpy as np

from bench import high_water, supply_graph
from bench.avails import booked, booked_part
from makegood.engine.avails import Book

SEED, LINES, CELLS, EDGES, ASKS = 1, 1000, 5000, 200_000, 30
INK, MUTED, BRAND = "#14202a", "#5f6c78", "#0a6a7b"


def shares() -> list[dict[str, object]]:
    """Part of what matched that each way says is there, over asks that are not booked."""
    whole = supply_graph.contended(SEED, LINES + ASKS, CELLS, EDGES, 0.75)
    graph = booked_part(whole, LINES)
    book, asks = Book(graph.capacity, booked(graph)), whole.cells[LINES:]
    ways = (("Living book, exact", book.available), ("High water mark, searched", lambda own: high_water.most(graph, own)),
            ("Free as the lines lie", book.untouched))
    return [{"way": way, "part": float(np.mean([find(own) / book.matched(own) for own in asks]))} for way, find in ways]


def draw() -> altair.Chart:
    """Bars with their figure; the title states the finding."""
    rows = shares()
    title = f"Moving booked lines finds {rows[0]['part'] / rows[2]['part']:.1f} times what looks free"
    base = altair.Chart(altair.Data(values=rows)).encode(
        y=altair.Y("way:N", sort=None, title=None, axis=altair.Axis(domain=False, ticks=False, labelLimit=220)),
        x=altair.X("part:Q", axis=None, scale=altair.Scale(domain=[0, 1.1])),
    )
    bars = base.mark_bar(height=22).encode(color=altair.condition("datum.way == 'Living book, exact'", altair.value(BRAND), altair.value("#9fb0ba")))
    text = base.mark_text(align="left", dx=6, color=INK).encode(text=altair.Text("part:Q", format=".0%"))
    subtitle = f"Part of matched requests said to be bookable; {LINES:,} booked lines, {CELLS:,} cells, 75 % sold, mean of {ASKS} asks"
    chart = (bars + text).properties(width=460, height=120, title=altair.TitleParams(title, subtitle=subtitle, anchor="start", subtitleColor=MUTED, color=INK))
    return chart.configure(font="Inter").configure_view(stroke=None)
