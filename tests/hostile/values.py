"""What no field of a command should be sent, and JSON of any shape."""

import uuid
from typing import Any, Final

from hypothesis import strategies as st

SCRIPT: Final = "<script>alert(1)</script>"
TEXTS: Final[list[Any]] = [
    *("", " ", "\0", "a\0b", "\ud800", SCRIPT, "x" * 121, "x" * 10_000, "🍈👨‍👩‍👧", "\u202eabc", "\u200d"),
    *("a\r\nSet-Cookie: x=1", "{name} %(name)s {0}", "../../etc/passwd", "'; DROP TABLE record;--"),
]
NUMBERS: Final[list[Any]] = [
    *(0, -1, -0.0, 1.5, 2**31, 2**63, 10**40, 1e308, float("inf"), float("-inf"), float("nan")),
    *(
        "-0",
        "-5",
        "1e400",
        "NaN",
        "Infinity",
        "1e9",
        "1e-9",
        "999999999999.9999",
        "1" * 200,
        "0x10",
        "1_000",
        "١٢٣",
    ),
]
DAYS: Final[list[Any]] = [
    *(
        "31/02/2026",
        "2026-02-31",
        "0000-00-00",
        "2027-02-29",
        "9999-12-31",
        "0001-01-01",
        "10000-01-01",
        "12345",
    ),
    *(
        "2999-01-01T00:00:00Z",
        "9999-12-31T23:59:59-12:00",
        "0001-01-01T00:00:00+12:00",
        "2026-11-10T06:30:00",
    ),
    *("2026-11-10", "2026-11-10T06:30:00+99:00", "2026-11-10T25:61:00Z", 12345, 1762732800),
]
IDS: Final[list[Any]] = [str(uuid.UUID(int=4 << 76 | 8 << 60)), str(uuid.UUID(int=0)), "not-an-id", "{}"]
SHAPES: Final[list[Any]] = [None, True, False, [], {}, [[]], [1], ["a", "b"], {"a": 1}, {"\ud800": None}]
HOSTILE: Final[list[Any]] = [*TEXTS, *NUMBERS, *DAYS, *IDS, *SHAPES]

# Half characters included: JSON can hold them.
ANY_JSON: Final = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(st.characters(codec=None), max_size=60),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=5,
)
