"""Who is at the desk: the coder's name in a signed cookie, and the token that belongs to it.

No password: whoever can open the page may give any name. Accounts for teams would be checked where `Sessions.of` is.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import hmac
import os
import secrets
from collections.abc import Mapping
from http.cookies import CookieError, SimpleCookie
from pathlib import Path

import msgspec
from starlette.responses import Response

from sayso.desk.problems import ASKED_BADLY, RefusedError
from sayso.views.plain import one_line

COOKIE = "sayso_desk"
TOKEN = "x-sayso-token"  # noqa: S105 -- the name of the header, not a token
MOST_NAME = 80  # characters of a name
_YEAR = 365 * 24 * 3600
_KEY_BYTES = 32


class Coder(msgspec.Struct, frozen=True, kw_only=True):
    """A session: its own random id and the name given, None before that."""

    session: str
    name: str | None = None


class Sessions:
    """Cookies and tokens made and checked with one key."""

    def __init__(self, key: bytes) -> None:
        self._key = key

    def of(self, headers: Mapping[str, str]) -> Coder | None:
        """Whose request it is; None: nobody's yet, or a cookie that was not made here."""
        try:
            cookie = SimpleCookie(headers.get("cookie", "")).get(COOKIE)
        except CookieError:
            return None
        body, _, seal = cookie.value.partition(".") if cookie else ("", "", "")
        if not body or not hmac.compare_digest(seal.encode(), self._seal("cookie", body).encode()):
            return None
        try:
            return msgspec.json.decode(base64.urlsafe_b64decode(body), type=Coder)
        except (binascii.Error, ValueError):
            return None

    def may_write(self, headers: Mapping[str, str]) -> bool:
        """Whether a request carries its session's token."""
        coder = self.of(headers)
        return coder is not None and hmac.compare_digest(headers.get(TOKEN, "").encode(), self.token(coder).encode())

    def token(self, coder: Coder) -> str:
        """The token of a session."""
        return self._seal("token", coder.session)

    def give(self, response: Response, coder: Coder) -> None:
        """Put the session into the answer's cookie."""
        body = base64.urlsafe_b64encode(msgspec.json.encode(coder)).decode()
        value = f"{body}.{self._seal('cookie', body)}"
        response.set_cookie(COOKIE, value, max_age=_YEAR, path="/", httponly=True, samesite="strict")

    def _seal(self, what: str, value: str) -> str:
        return hmac.new(self._key, f"{what}:{value}".encode("utf-8", "replace"), hashlib.sha256).hexdigest()


def new_session() -> Coder:
    """A session nobody has given a name yet."""
    return Coder(session=secrets.token_urlsafe(18))


def name_of(given: str) -> str:
    """A coder's name as it is kept: one line. RefusedError when there is nothing in it, or too much."""
    name = one_line(given)
    if not name or len(name) > MOST_NAME:
        raise RefusedError(ASKED_BADLY, "the name", f"one to {MOST_NAME} characters, please")
    return name


def kept_key(path: Path) -> bytes:
    """The key in a file only its owner may read, made there the first time, so that names outlast the desk."""
    try:
        key = path.read_bytes()
        if len(key) == _KEY_BYTES:
            return key
    except FileNotFoundError:
        pass
    key = secrets.token_bytes(_KEY_BYTES)
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_name(f".{path.name}.{os.getpid()}")
    with open(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as stream:  # noqa: PTH123
        stream.write(key)
    part.replace(path)
    return key
