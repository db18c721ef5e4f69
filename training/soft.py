"""The windows that other networks have read (`training/distil.py`) -> training examples with chances for labels."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import torch

from examples import Anchor, Example, Soft
from sayso.reading.labels import ATTRIBUTES, CUE, CUE_ROLES, EVENT_ROLES, ROLES
from sayso.reading.windows import Words


def soft_examples(path: Path) -> Iterator[Example]:
    """One example a window."""
    for kept in torch.load(path):
        words = Words(*(kept[name].numpy() for name in ("spans", "sentence", "marks", "pieces", "first")))
        example = Example(words, 0, True, True)
        count, anchors = len(words.spans), kept["anchors"].tolist()
        roles = np.zeros((len(anchors), count, len(ROLES), 3), np.float16)
        attributes = np.zeros((len(anchors), len(ATTRIBUTES)), np.float16)
        if anchors:
            roles[tuple(kept["roles_at"].numpy().T)] = kept["roles"].numpy()
            attributes[:] = kept["attributes"].numpy()
        example.soft = Soft(kept["chances"].numpy(), roles, attributes)
        for a, b, kind in anchors:
            known = frozenset(CUE_ROLES if kind == CUE else EVENT_ROLES)
            example.anchors.append(Anchor(a, b, kind, {}, known))
        yield example
