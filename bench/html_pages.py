"""HTML pages a second on one core, all three extractors counted, beside trafilatura alone in the same process.

    python bench/html_pages.py FOLDER

FOLDER holds .html or .html.gz files. Processor time of this process is counted, so that a busy machine does not tell;
each page is read once before, so that models are loaded and caches warm. Each run goes over all pages, sayso and
trafilatura in turn; the best of the runs counts.
"""

from __future__ import annotations

import gzip
import logging
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path

import trafilatura

from sayso.pages.page import Page
from sayso.pages.report import report_of
from sayso.records import Received, digest_of

RUNS = 3
GOAL = 25  # pages a second


def pages_in(folder: Path) -> list[Page]:
    """The folder's HTML files as pages."""
    pages = []
    for path in sorted(folder.glob("*.html*")):
        data = gzip.decompress(path.read_bytes()) if path.suffix == ".gz" else path.read_bytes()
        received = Received(where=path.name, how="file", media="html", digest=digest_of(data), size=len(data))
        pages.append(Page(data=data, received=received))
    return pages


def seconds(do: Callable[[Page], object], pages: Sequence[Page]) -> float:
    """Processor seconds for all pages."""
    began = time.process_time()
    for page in pages:
        do(page)
    return time.process_time() - began


def main() -> None:
    """Print the figures."""
    logging.disable(logging.CRITICAL)
    pages = pages_in(Path(sys.argv[1]))

    def alone(page: Page) -> object:
        return trafilatura.extract(page.data, include_comments=False)

    seconds(report_of, pages[:5]), seconds(alone, pages[:5])
    ours, theirs = zip(*((seconds(report_of, pages), seconds(alone, pages)) for _ in range(RUNS)), strict=True)
    rate, other = len(pages) / min(ours), len(pages) / min(theirs)
    size = sum(len(page.data) for page in pages) / len(pages)
    print(f"{len(pages)} pages of {size / 1000:.0f} kB on average, one core, best of {RUNS} runs")
    print(f"sayso, three extractors:  {rate:6.1f} pages/s  ({1000 / rate:.1f} ms a page; goal {GOAL})")
    print(f"trafilatura alone:        {other:6.1f} pages/s  (sayso takes {other / rate:.2f} times as long)")


if __name__ == "__main__":
    main()
