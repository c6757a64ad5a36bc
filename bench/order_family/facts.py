"""What one made-up order says: parties, numbers, days, lines whose amounts make the gross. All by a generator that is passed in."""
import random
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal

CENT = Decimal("0.01")
FIRST = ("Avery", "Dana", "Luis", "Priya", "Morgan", "Noel", "Carla", "Hugh", "Irene", "Tobias", "Wanda", "Yusuf")
LAST = ("Brandt", "Okafor", "Lindqvist", "Castellano", "Whitfield", "Nakamura", "Dupree", "Haverford", "Quist", "Tremblay", "Novak", "Ellery")
OFFICES = ("Congress", "US Senate", "Governor", "State House", "Mayor", "Sheriff", "Supreme Court", "Attorney General")
CAUSES = ("Clean Rivers", "Better Roads", "Safe Schools", "Fair Courts", "Open Water", "Strong Harbors", "Working Families", "Bright Future")
SHOPS = ("Harbor Street Media", "Northlight Buying LLC", "Quarry & Pine", "Tallgrass Strategies", "Meridian Spot Group", "Blue Ladder Media, Inc.",
         "Canal Street Partners", "Redwood Placement", "Sable Media Services", "Old Mill Strategies LLC")
SHOPS_OF_TRADE = ("Riverbend Ford", "Castor Furniture", "Lakeview Dental Group", "Sunrise Credit Union", "Pioneer Seed Co", "Tri-County Heating & Air")
TIMES = ("5:00A-6:00A", "6a-7a", "12:00p-12:30p", "5p-530p", "6:00 PM-6:30 PM", "M-F 11p-1135p", "7P-8P", "10:00PM-10:35PM")
SHOWS = ("Morning News", "News at Noon", "Early Show", "Evening News", "Wheel Hour", "Late News", "Sunday Sports", "Prime Movie", "News at 6", "Game Night")


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the order."""

    number: int
    start: date
    end: date
    show: str
    time: str
    length_s: int
    spots: int
    rate: Decimal

    @property
    def amount(self) -> Decimal:
        return self.rate * self.spots


@dataclass(frozen=True, slots=True)
class Facts:
    """The whole of it."""

    contract: str
    alternate: str
    estimate: str
    revision: int
    advertiser: str
    agency: str
    station: str
    product: str
    start: date
    end: date
    entered: date
    broadcast_calendar: bool
    lines: tuple[Line, ...]

    @property
    def gross(self) -> Decimal:
        return sum((line.amount for line in self.lines), Decimal())

    @property
    def commission(self) -> Decimal:
        return (self.gross * 15 / 100).quantize(CENT, ROUND_HALF_UP)


def facts(chance: random.Random) -> Facts:
    """One order's facts."""
    start = date(2017, 1, 1) + timedelta(days=chance.randrange(2000))
    end = start + timedelta(days=chance.choice((0, 1, 4, 6, 6, 6, 13, 20, 27)))
    contract = chance.choice((str(chance.randrange(10_000, 9_999_999)), f"{chance.randrange(10_000, 999_999)}-{chance.randrange(1, 9)}",
                              f"{chance.choice('HKTW')}{chance.choice('OPAC')}{chance.randrange(10**6, 10**8)}"))
    return Facts(contract, f"{chance.randrange(10**7):08}", str(chance.randrange(100, 99_999)), chance.randrange(0, 5), advertiser(chance),
                 chance.choice(SHOPS), f"{chance.choice('KW')}{''.join(chance.choices('ABDGHKLMNPRSTVWXZ', k=3))}{chance.choice(('', '-TV', '-DT', '-FM'))}",
                 chance.choice(("Political Issue", "Candidate", "GOV", "US Senate", "Spring Sale", "Brand TV", "Levy", "Ballot")), start, end,
                 start - timedelta(days=chance.randrange(1, 12)), chance.random() < 0.6, lines(chance, start, end))


def advertiser(chance: random.Random) -> str:
    """A campaign, a committee, a cause or a shop."""
    first, last, office, cause = (chance.choice(words) for words in (FIRST, LAST, OFFICES, CAUSES))
    return chance.choice((f"{last} for {office}", f"Friends of {first} {last}", f"Committee to Elect {first} {last}", f"POL/{first} {last}/R/{office}",
                          f"Citizens for {cause}", f"{cause} PAC", f"{first} {last}", f"Yes on {chance.randrange(1, 99)}", chance.choice(SHOPS_OF_TRADE),
                          f"{cause} Action Fund"))


def lines(chance: random.Random, start: date, end: date) -> tuple[Line, ...]:
    """One to twenty lines; the first begins with the flight and the last ends with it."""
    many = chance.choice((1, 1, 2, 3, 4, 5, 8, 12, 20))
    days = (end - start).days
    found = []
    for number in range(1, many + 1):
        first, last = sorted(chance.randrange(days + 1) for _ in range(2))
        first, last = (0 if number == 1 else first), (days if number == many else last)
        rate = Decimal(chance.choice((chance.randrange(5, 200) * 5, chance.randrange(1000, 90_000)))) if chance.random() < 0.8 else Decimal(chance.randrange(500, 40_000)) / 100
        found.append(Line(number, start + timedelta(days=first), start + timedelta(days=last), chance.choice(SHOWS), chance.choice(TIMES),
                          chance.choice((15, 30, 30, 30, 60)), chance.randrange(1, 12), rate.quantize(CENT)))
    return tuple(found)
