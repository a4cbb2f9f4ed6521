"""The soak: visitors of every kind come to one process, and nothing of them is left."""

from __future__ import annotations

from pathlib import Path

import pytest

from tools.soak import KINDS, Footprint, Soaked, soak, visitors_in_turn


@pytest.mark.slow
def test_every_kind_of_visitor_leaves_nothing_behind_and_every_review_arrives_once(tmp_path: Path):
    soaked = soak(tmp_path, visitors_in_turn(tmp_path, len(KINDS) + 1))
    assert soaked.faults == []
    assert soaked.sessions["sent"] >= 3
    assert soaked.sessions["abandoned"] == 1
    assert soaked.sessions["declined"] == 1
    assert len(soaked.footprints) == len(KINDS) + 1


def test_what_grows_is_named():
    before, after = Footprint(300.0, 4, 20, 0), Footprint(310.0, 5, 20, 1)
    soaked = Soaked([before] * 20 + [after], {"sent": 2, "failed": 1}, rows=1)
    assert soaked.faults == [
        "memory grew by 3.3%",
        "threads: 4 became 5",
        "temporary: 0 became 1",
        "2 reviews were sent, 1 rows delivered",
        "1 sessions failed",
    ]
