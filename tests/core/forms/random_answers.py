"""Forms and answers at random: every kind of field, and values as answers keep them."""

from datetime import date
from decimal import Decimal

from hypothesis import strategies as st

from keqiao.core.forms.moments import LENGTHS
from keqiao.core.forms.quantities import kept_number
from keqiao.core.forms.typed import clean
from tests.core.forms.made import field

OPTIONS = ("A类", "B类", "A类加强", "全国学会", "学会", "其他")
WORDS = st.text(
    st.sampled_from("科普活动项目 三门峡，。、（）—·ABCabc0123456789%％"), min_size=1, max_size=20
)
SENTENCES = WORDS.map(clean).filter(bool)
PARAGRAPHS = st.lists(SENTENCES, min_size=1, max_size=4).map(
    lambda lines: clean("\n".join(lines), lines=True)
)
NUMBERS = st.decimals(-(10**8), 10**8, places=6).map(Decimal).map(kept_number)
FEN = st.integers(0, 10**14)
PRECISIONS = ("day", "month", "year")

ANY_JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=8) | st.sampled_from(["2026-03", "5万元", "■A类"]),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=4), inner, max_size=3),
    max_leaves=8,
)  # fmt: skip
"""What JSON can bring: anything."""


def moments(precision):
    """Dates as answers keep them."""
    days = st.dates(date(1900, 1, 1), date(2199, 12, 31))
    return days.map(lambda day: day.isoformat()[: LENGTHS[precision]])


@st.composite
def simple(draw, identifier="a"):
    """A simple field and a value for it."""
    kind = draw(st.sampled_from(["text", "long_text", "number", "money", "date", "period", "choice"]))
    if kind == "text":
        return field(kind, identifier), draw(SENTENCES)
    if kind == "long_text":
        return field(kind, identifier), draw(PARAGRAPHS)
    if kind == "number":
        unit = draw(st.sampled_from([None, "人", "人次", "万人", "%", "㎡", "场（次）", "小时"]))
        return field(kind, identifier, unit=unit, decimals=6), draw(NUMBERS)
    if kind == "money":
        unit = draw(st.sampled_from(["元", "万元"]))
        return field(kind, identifier, unit=unit, decimals=6), draw(FEN)
    if kind == "choice":
        return draw(choices(identifier))
    precision = draw(st.sampled_from(PRECISIONS))
    ends = moments(precision)
    value = draw(ends) if kind == "date" else {"from": draw(ends), "to": draw(ends)}
    return field(kind, identifier, precision=precision), value


@st.composite
def choices(draw, identifier="a"):
    """A choice and what was picked, in the order of the options; now and then something else."""
    options = draw(st.lists(st.sampled_from(OPTIONS), min_size=1, unique=True))
    other = draw(st.booleans())
    picked = [option for option in options if draw(st.booleans())]
    if other and "其他" not in picked and draw(st.booleans()):
        picked.append(draw(st.sampled_from(["社区居民", "其他", "A类（特别）", "甲；乙"])))
    return field("choice", identifier, options=options, most_picks=None, other=other), picked or [options[0]]


COLUMNS = [
    {"id": "name", "label": "名称"},
    {"id": "times", "label": "场次", "kind": "number", "unit": "场", "decimals": 2, "summed": True},
    {"id": "price", "label": "单价", "kind": "money", "unit": "万元", "decimals": 6, "summed": True},
    {
        "id": "cost",
        "label": "小计",
        "kind": "computed",
        "computed": "product",
        "of": ["times", "price"],
        "summed": True,
    },
    {"id": "when", "label": "时间", "kind": "date", "precision": "month"},
    {"id": "class", "label": "类别", "kind": "choice", "options": ["甲类", "乙类"]},
    {"id": "signature", "label": "签字", "kind": "signature", "required": False},
]
CELLS = {
    "name": SENTENCES,
    "times": st.decimals(0, 1000, places=2).map(Decimal).map(kept_number),
    "price": FEN,
    "when": moments("month"),
    "class": st.sampled_from([["甲类"], ["乙类"]]),
}
PERSON = {"birth_date": moments("day"), "phone": SENTENCES, "id": st.just("p1")}
TARGET = {
    "target": st.just("t"),
    "metric": SENTENCES,
    "op": st.sampled_from([">=", "<=", "==", ">", "<", "~"]),
    "value": NUMBERS,
    "unit": st.sampled_from(["场", "人次"]),
    "basis": SENTENCES,
}
LINE = {"item": SENTENCES, "grant": FEN, "own": FEN, "other": FEN, "basis": SENTENCES}


def rows(cells, least=1):
    """Rows of these cells, some blank; the last one holds something."""
    row = st.fixed_dictionaries({}, optional=cells)
    return st.lists(row, min_size=least, max_size=4).filter(lambda listed: bool(listed and listed[-1]))


COMPOSITES = st.one_of(
    st.tuples(st.just(field("table", columns=COLUMNS)), rows(CELLS)),
    st.tuples(st.just(field("table", columns=COLUMNS, as_blocks=True)), rows(CELLS)),
    st.tuples(
        st.just(field("person", parts=["name", "birth_date", "phone", "signature"])),
        st.fixed_dictionaries({"name": SENTENCES}, optional=PERSON),
    ),
    st.tuples(st.just(field("targets")), rows(TARGET)),
    st.tuples(st.just(field("budget", unit="万元")), rows(LINE)),
    st.tuples(st.just(field("budget", unit="元")), rows(LINE)),
)
