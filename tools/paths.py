"""Paths in the checkout."""

from __future__ import annotations

from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
RECORDINGS = ROOT / "tests" / "recordings"
HESITATION_PAIRS = ROOT / "tests" / "hesitation_pairs"
JUDGING_SETS = ROOT / "tests" / "judging"
