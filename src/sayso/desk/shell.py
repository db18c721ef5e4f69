"""The built page: its shell at every page's address, its files under their names."""

from __future__ import annotations

import mimetypes
import re
from importlib import resources
from pathlib import Path

from starlette.responses import FileResponse, PlainTextResponse, Response

from sayso.desk.problems import MISSING, RefusedError

NOT_BUILT = "The page is not built: run `npm --prefix web run build`. The data is at /situation.json and its like.\n"
_PAGES = re.compile(
    r"(|situation|search|review|about|(report|claim|event|incident|place|source|actor|outlet)/.+"
    r"|(incidents|events|claims|reports|disputes|sources|outlets|actors|places))",
    re.DOTALL,
)
_HASHED = re.compile(r".+-[A-Za-z0-9_-]{8,}\.\w+")  # a name that changes with what is in it
_DATA = (".json", ".geojson", ".csv", ".atom")
_YEAR = "public, max-age=31536000, immutable"
_TYPES = {".pbf": "application/x-protobuf", ".pmtiles": "application/octet-stream", ".woff2": "font/woff2"}


def packaged() -> Path:
    """The folder of the page that comes with sayso."""
    return Path(str(resources.files("sayso.desk") / "static"))


class Shell:
    """Serves the files of one folder."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder.resolve()

    def answer(self, path: str) -> Response:
        """A file of the page, or the shell: with 404 where no page has the address."""
        if found := self._file(path):
            kept = _YEAR if path.startswith("assets/") and _HASHED.fullmatch(found.name) else "no-cache"
            media = _TYPES.get(found.suffix) or mimetypes.guess_type(found.name)[0] or "application/octet-stream"
            return FileResponse(found, headers={"Cache-Control": kept}, media_type=media)
        if path.endswith(_DATA):
            raise RefusedError(MISSING, "the address", "there is no such data")
        shell = self._folder / "index.html"
        if not shell.is_file():
            return PlainTextResponse(NOT_BUILT, MISSING, {"Cache-Control": "no-store"})
        status = 200 if _PAGES.fullmatch(path) else 404
        return FileResponse(shell, status, {"Cache-Control": "no-cache"}, "text/html")

    def _file(self, path: str) -> Path | None:
        if not path or "\0" in path or len(path) > 500 or path == "index.html":
            return None
        try:
            found = (self._folder / path).resolve()
            inside = found.is_relative_to(self._folder) and found.is_file()
        except (OSError, ValueError):
            return None
        return found if inside else None
