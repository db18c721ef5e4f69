"""What all routes share: the ledger, worker threads that each read it through one connection, and how to answer.

events = await desk.read(lambda ledger: list(rows(ledger.connection, "events", filters, 50)))
return await desk.answer(request, lambda ledger: {"rows": ..., "next": None})
return await desk.write(request, "accept", "REPORT#e1", lambda connection, coder: decide(connection, ...))
"""

from __future__ import annotations

import asyncio
import hashlib
import sqlite3
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, TypeVar

import msgspec
from starlette.requests import Request
from starlette.responses import Response

from sayso.desk.audit import note
from sayso.desk.problems import BUSY, RefusedError
from sayso.desk.session import Coder, Sessions
from sayso.ledger import Ledger
from sayso.ledger.columns import Columns
from sayso.views.plain import in_json

T = TypeVar("T")
_STEPS = 20_000  # of SQLite's machine between two looks at the clock: about a millisecond
_MAPPED_BYTES = 2_147_418_112  # the most SQLite maps: what one thread has read is at hand for all of them
_CACHE_KILOBYTES = 65_536  # a connection: the inner pages of every index of a million events
_WAIT_FOR_WRITER = 5_000  # milliseconds; `sayso add` lets go after every report


class Settings(msgspec.Struct, frozen=True, kw_only=True):
    """How a desk is run: seconds a question may take, threads that read, the clock."""

    seconds: float = 10.0
    threads: int = 4
    now: Callable[[], datetime] = lambda: datetime.now(UTC)


class Body(msgspec.Struct, frozen=True):
    """What an address answers, and the cursor of what comes after it."""

    content: str | bytes
    next: str | None = None


class Desk:
    """One ledger, read by many and written by whoever has a token."""

    def __init__(self, path: Path, sessions: Sessions, settings: Settings) -> None:
        Ledger.open(path).__exit__()  # a problem with the file is told at once; an older one is brought up to date
        self.path, self.sessions, self.settings = path, sessions, settings
        self._threads = ThreadPoolExecutor(settings.threads, "desk")
        self._beside = ThreadPoolExecutor(settings.threads, "desk-beside")  # never waits for one of `_threads`
        self._own = threading.local()
        self._writer = ThreadPoolExecutor(1, "desk-writer")  # one writes at a time; those that read do not wait for it
        self._state = _State(path)
        self.columns = Columns(path)
        self._loading = self._threads.submit(self.columns.now)

    def close(self) -> None:
        """Let the threads and their connections go."""
        self.columns.close()
        for pool in (self._threads, self._beside, self._writer):
            pool.shutdown(cancel_futures=True)
        self._state.close()

    async def read(self, work: Callable[[Ledger], T]) -> T:
        """What `work` finds in the ledger; it runs in a thread, sees one state, and may not take too long."""
        return await asyncio.get_running_loop().run_in_executor(self._threads, self._read, work)

    async def answer(
        self, request: Request, work: Callable[[Ledger], object], headers: Mapping[str, str] | None = None
    ) -> Response:
        """What `work` finds as JSON; 304 where whoever asks has it already."""
        return await self.page(request, lambda ledger: Body(as_json(work(ledger))), "application/json", headers)

    async def loaded(self) -> Columns:
        """The columns of the ledger; of a large one that was just opened, when they are loaded."""
        if self._loading.done() and self._loading.exception() is not None:  # it may go well this time
            self._loading = self._threads.submit(self.columns.now)
        await asyncio.wrap_future(self._loading)
        return self.columns

    async def page(
        self, request: Request, work: Callable[[Ledger], Body], media: str, headers: Mapping[str, str] | None = None
    ) -> Response:
        """What `work` writes, with an ETag of the ledger's state and the address, and the way to the next stretch."""
        tag = self._tag(request, media)
        common = {"ETag": tag, "Cache-Control": "private, no-cache", **(headers or {})}
        if tag in _tags(request.headers.get("if-none-match", "")):
            return Response(status_code=304, headers=common)
        body = await self.read(work)
        if body.next is not None:
            after = request.url.include_query_params(cursor=body.next)
            common["Link"] = f'<{after.path}?{after.query}>; rel="next"'
        return Response(body.content, 200, common, media)

    def side_by_side(self, ledger: Ledger, one: Callable[[Ledger], T], other: Callable[[Ledger], T]) -> tuple[T, T]:
        """What both find, for `work` that reads: at once, through two connections where these see one state.

        Where somebody has written in between, or every helper is busy, one after the other through `ledger`. Each may
        take as long as a question may.
        """
        later = self._beside.submit(self._read_the_same, self._own.version, other)
        try:
            first = one(ledger)
        except BaseException:
            later.cancel()
            raise
        found = None if later.cancel() else later.result()
        return first, other(ledger) if found is None else found[0]

    async def write(
        self, request: Request, act: str, subject: str, change: Callable[[sqlite3.Connection, Coder], T]
    ) -> T:
        """What `change` returns; it runs in one transaction together with its line of the audit trail."""
        coder = self.coder(request)
        return await asyncio.get_running_loop().run_in_executor(
            self._writer, self._write, coder, act, subject, change
        )  # fmt: skip

    def coder(self, request: Request) -> Coder:
        """Who asks to write. RefusedError before a name was given."""
        coder = self.sessions.of(request.headers)
        if coder is None or coder.name is None:
            raise RefusedError(403, "the session", "no name was given yet: POST /session")
        return coder

    def version(self) -> str:
        """What changes whenever the ledger does, while this desk runs."""
        return self._state.version()

    def _tag(self, request: Request, media: str) -> str:
        asked = f"{self._state.version()}\n{request.url.path}\n{request.url.query}\n{media}"
        return f'W/"{hashlib.sha256(asked.encode()).hexdigest()[:32]}"'

    def _read(self, work: Callable[[Ledger], T]) -> T:
        self._own.version = self.version()
        with self._one_state() as ledger:
            return work(ledger)

    def _read_the_same(self, version: str, work: Callable[[Ledger], T]) -> tuple[T] | None:
        """What `work` finds in the state that another thread sees; None: somebody has written since its `version`."""
        with self._one_state() as ledger:
            return (work(ledger),) if self.version() == version else None

    @contextmanager
    def _one_state(self) -> Iterator[Ledger]:
        """This thread's ledger, in the state of now however many questions are asked, and for not too long."""
        ledger = self._ledger()
        with _in_time(ledger.connection, self.settings.seconds), ledger.reading() as connection:
            connection.execute("BEGIN")
            try:
                connection.execute("SELECT 1 FROM sqlite_schema").fetchone()  # only the first question fixes the state
                yield ledger
            finally:
                connection.execute("ROLLBACK")

    def _ledger(self) -> Ledger:
        ledger: Ledger | None = getattr(self._own, "ledger", None)
        if ledger is None:
            ledger = self._own.ledger = Ledger.open(self.path)
            ledger.connection.execute("PRAGMA query_only = ON")
            ledger.connection.execute(f"PRAGMA cache_size = -{_CACHE_KILOBYTES}")
            ledger.connection.execute(f"PRAGMA mmap_size = {_MAPPED_BYTES}")
            ledger.connection.execute(f"PRAGMA busy_timeout = {_WAIT_FOR_WRITER}")
        return ledger

    def _write(self, coder: Coder, act: str, subject: str, change: Callable[[sqlite3.Connection, Coder], T]) -> T:
        with Ledger.open(self.path, write=True) as ledger:
            ledger.connection.execute(f"PRAGMA busy_timeout = {_WAIT_FOR_WRITER}")
            with _in_time(ledger.connection, self.settings.seconds), ledger.writing() as connection:
                done = change(connection, coder)
                note(connection, coder, act, subject, self.settings.now())
                return done


class _State:
    """The ledger's state as a short text, seen through a connection of its own."""

    def __init__(self, path: Path) -> None:
        self._begun = time.time_ns()
        self._lock = threading.Lock()
        self._connection = sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro", uri=True, check_same_thread=False)

    def version(self) -> str:
        with self._lock:
            try:
                (version,) = self._connection.execute("PRAGMA data_version").fetchone()
            except sqlite3.OperationalError:  # a folder that lets nobody write: then nobody does
                version = 0
        return f"{self._begun:x}.{version}"

    def close(self) -> None:
        with self._lock:
            self._connection.close()


def as_json(value: object) -> str:
    """JSON in which what a program might obey is escaped."""
    return in_json(msgspec.json.encode(value).decode())


@contextmanager
def _in_time(connection: sqlite3.Connection, seconds: float) -> Iterator[None]:
    """Within: a question that takes too long is broken off (503)."""
    until = time.monotonic() + seconds
    connection.set_progress_handler(lambda: time.monotonic() > until, _STEPS)
    try:
        yield
    except sqlite3.OperationalError as error:
        raise _too_long(seconds) if _interrupted(error) else error from None
    except Exception as error:
        if _interrupted(error.__cause__):
            raise _too_long(seconds) from None
        raise
    finally:
        connection.set_progress_handler(None, 0)


def _interrupted(error: Any) -> bool:
    return getattr(error, "sqlite_errorcode", None) == sqlite3.SQLITE_INTERRUPT


def _too_long(seconds: float) -> RefusedError:
    return RefusedError(BUSY, "the question", f"it took longer than {seconds:g} seconds: narrow the filters")


def _tags(given: str) -> frozenset[str]:
    return frozenset(tag.strip() for tag in given.split(","))
