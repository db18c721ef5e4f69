"""Build `pool/archive-2016-06.warc.gz` from the pages in `warc/`: python examples/build_warc.py [OUT].

Record ids and dates are fixed, so that building again gives the same records. The file holds what a small crawl holds:
the crawler's own words, a request, a redirect, a picture, and five pages.
"""

from __future__ import annotations

import gzip
import io
import sys
from pathlib import Path

from fastwarc.warc import WarcRecord, WarcRecordType

HERE = Path(__file__).parent
PAGES = (  # file in warc/, address, when it was fetched
    (
        "01-meridian-0610.html",
        "https://www.meridianwire.example/world/middle-east/no-coordination-raqqa-there-is-telephone-us-official-says-2016-06-10/",
        "2016-06-10T16:02:11Z",
    ),
    ("02-barada-0612.html", "http://bna.example/eng/?p=91077", "2016-06-12T19:40:37Z"),
    (
        "03-mina-herald-0612.html",
        "https://www.minaherald.example/News/Middle-East/2016/Jun-12/truce-sheikh-maqsoud.ashx",
        "2016-06-13T05:15:00Z",
    ),
    (
        "04-meridian-0613.html",
        "https://www.meridianwire.example/world/middle-east/syrian-army-loses-desert-junction-way-raqqa-officers-monitor-2016-06-13/",
        "2016-06-13T17:20:08Z",
    ),
    ("05-qinnasrin-0614.html", "https://qinnasrin.example/en/2016/06/fourteen-fighters-freed", "2016-06-14T15:01:52Z"),
)
PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c489"
    "0000000d49444154789c6360000000000500017a5eab3f0000000049454e44ae426082"
)
CRAWLER = b"software: examples/build_warc.py\r\nformat: WARC File Format 1.1\r\n"


def record(number: int, kind: WarcRecordType, when: str, uri: str | None, content: bytes, media: str) -> WarcRecord:
    """One record with the fixed id of `number`; a response's `content` begins with its HTTP head."""
    made = WarcRecord()
    made.init_headers(record_type=kind)
    made.headers["WARC-Record-ID"] = f"<urn:uuid:5a750000-0000-4000-8000-0000000000{number:02d}>"
    made.headers["WARC-Date"] = when
    if uri:
        made.headers["WARC-Target-URI"] = uri
    made.headers["Content-Type"] = media
    made.set_bytes_content(content)
    return made


def response(number: int, when: str, uri: str, head: str, payload: bytes) -> WarcRecord:
    """A response record; `head` is the status line and headers, without the length."""
    http = f"HTTP/1.1 {head}\r\nContent-Length: {len(payload)}\r\n\r\n".encode("ascii")
    return record(number, WarcRecordType.response, when, uri, http + payload, "application/http; msgtype=response")


def records() -> list[WarcRecord]:
    """All records, in the order of the crawl."""
    first_uri, first_when = PAGES[0][1], PAGES[0][2]
    host = first_uri.split("/")[2]
    get = f"GET /{first_uri.split('/', 3)[3]} HTTP/1.1\r\nHost: {host}\r\n\r\n".encode("ascii")
    made = [
        record(90, WarcRecordType.warcinfo, "2016-06-10T16:00:00Z", None, CRAWLER, "application/warc-fields"),
        record(91, WarcRecordType.request, first_when, first_uri, get, "application/http; msgtype=request"),
        response(
            92, first_when, "http://meridianwire.example/", f"301 Moved Permanently\r\nLocation: {first_uri}", b""
        ),
        response(
            93, first_when, "https://www.meridianwire.example/pixel.png", "200 OK\r\nContent-Type: image/png", PNG
        ),
    ]
    for number, (name, uri, when) in enumerate(PAGES, 1):
        payload = (HERE / "warc" / name).read_bytes()
        made.append(response(number, when, uri, "200 OK\r\nContent-Type: text/html; charset=utf-8", payload))
    return made


def build() -> bytes:
    """The archive: each record its own gzip member, as the format asks, without the time of building."""
    members = []
    for made in records():
        plain = io.BytesIO()
        made.write(plain, checksum_data=True)
        members.append(gzip.compress(plain.getvalue(), compresslevel=9, mtime=0))
    return b"".join(members)


if __name__ == "__main__":
    out = Path(sys.argv[1]) if len(sys.argv) > 1 else HERE / "pool" / "archive-2016-06.warc.gz"
    out.write_bytes(build())
