"""Letters as patterns name them."""

from __future__ import annotations

from typing import Final

CAPITAL: Final = r"[^\W\d_a-zß-öø-ÿ]"  # of any script that has small letters; any letter of the others
