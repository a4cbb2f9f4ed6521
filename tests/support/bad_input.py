"""Bad input by the thousand: good input, damaged in the ways in which files are damaged."""

from __future__ import annotations

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st

THOUSANDS = settings(
    max_examples=70,
    deadline=None,
    derandomize=True,
    database=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
"""The same examples every time, so that a test that fails can be run again."""

_NUMBERS = (b"\0" * 4, b"\xff" * 4, b"\x7f\xff\xff\xff", b"\xff\xff\xff\x7f", b"\x80\0\0\0", b"\0\0\0\x01")
"""What numbers in headers go wrong by."""


@st.composite
def damaged(draw: st.DrawFn, good: bytes, *, header: int = 200) -> bytes:
    """Good bytes of which some are changed, left out, put in or cut off, most of them in the first `header`."""
    data = bytearray(good)
    for _ in range(draw(st.integers(1, 6))):
        end = draw(st.sampled_from([header, len(data)]))
        at = draw(st.integers(0, max(0, min(end, len(data)) - 1)))
        match draw(st.sampled_from("byte number gone new cut".split())):
            case "byte":
                data[at : at + 1] = bytes([draw(st.integers(0, 255))])
            case "number":
                data[at : at + 4] = draw(st.sampled_from(_NUMBERS))
            case "gone":
                del data[at : at + draw(st.integers(1, 64))]
            case "new":
                data[at:at] = draw(st.binary(min_size=1, max_size=32))
            case _:
                del data[max(1, at) :]
    return bytes(data)


_VALUES = (
    "0",
    "-1",
    "1e999",
    "nan",
    "''",
    "[]",
    "{}",
    "true",
    "[['a', 1], {b = 2}]",
    "1979-05-27",
    f"'{'long ' * 400}'",
)


@st.composite
def mistaken(draw: st.DrawFn, good: str) -> bytes:
    """A TOML file with lines that are left out, doubled, moved or given a wrong value, or that is damaged as bytes."""
    lines = good.splitlines()
    for _ in range(draw(st.integers(1, 4))):
        at = draw(st.integers(0, len(lines) - 1))
        match draw(st.sampled_from("gone twice moved value".split())):
            case "gone":
                del lines[at]
            case "twice":
                lines.insert(at, lines[at])
            case "moved":
                lines.insert(draw(st.integers(0, len(lines) - 1)), lines.pop(at))
            case _:
                key, equals, _ = lines[at].partition(" = ")
                lines[at] = key + equals + draw(st.sampled_from(_VALUES))
        lines = lines or [""]
    text = "\n".join(lines).encode()
    return draw(st.one_of(st.just(text), damaged(text or b"x", header=len(text))))
