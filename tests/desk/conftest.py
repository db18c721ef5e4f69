"""The example pool in a ledger, read and linked once a session, and the desk over it."""

from __future__ import annotations

import io
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import quote

import pytest
import uvicorn
from starlette.testclient import TestClient

from sayso.desk.app import create_app
from sayso.engine.ledger_add import AddOptions, add_pages
from sayso.engine.ledger_link import relink
from sayso.ledger import Ledger
from sayso.pages.gather import GatherOptions, gather

POOL = Path(__file__).parents[2] / "examples" / "pool"
NOON = datetime(2016, 6, 15, 12, tzinfo=UTC)
HOME = "http://127.0.0.1:8137"


@pytest.fixture(scope="session")
def pool_ledger(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A ledger with the example pool; only to be read: what writes takes a copy."""
    path = tmp_path_factory.mktemp("desk") / "pool.ledger"
    with Ledger.create(path, NOON, "sayso test") as ledger:
        for added in add_pages(ledger, gather([str(POOL)], GatherOptions(), io.BytesIO()), AddOptions(), lambda: NOON):
            assert added.outcome == "new", added
        relink(ledger, lambda: NOON)
    return path


@pytest.fixture(scope="session")
def desk(pool_ledger: Path) -> Iterator[TestClient]:
    """The desk over the example pool."""
    with TestClient(create_app(pool_ledger), base_url=HOME) as client:
        yield client


@contextmanager
def running(ledger: Path, static: Path | None = None) -> Iterator[str]:
    """A desk that really listens on a free port; its address."""
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        listening.listen(128)
        port = listening.getsockname()[1]
        server = uvicorn.Server(
            uvicorn.Config(create_app(ledger, port=port, static=static), log_level="warning", ws="none")
        )
        thread = threading.Thread(target=server.run, args=([listening],), daemon=True)
        thread.start()
        try:
            yield f"http://127.0.0.1:{port}"
        finally:
            server.should_exit = True
            thread.join()


@pytest.fixture(scope="session")
def live_desk(pool_ledger: Path) -> Iterator[str]:
    """The address of a desk over the example pool that really listens."""
    with running(pool_ledger) as address:
        yield address


@pytest.fixture
def own_ledger(pool_ledger: Path, tmp_path: Path) -> Path:
    """A copy of the example pool's ledger that a test may write."""
    path = tmp_path / "own.ledger"
    with Ledger.open(pool_ledger) as ledger:
        ledger.backup(path)
    return path


@pytest.fixture
def own_desk(own_ledger: Path) -> Iterator[TestClient]:
    """A desk that a test may write through."""
    with TestClient(create_app(own_ledger), base_url=HOME) as client:
        yield client


@pytest.fixture
def empty_desk(tmp_path: Path) -> Iterator[TestClient]:
    """The desk over a new ledger."""
    with Ledger.create(tmp_path / "empty.ledger", NOON, "sayso test"):
        pass
    with TestClient(create_app(tmp_path / "empty.ledger"), base_url=HOME) as client:
        yield client


def at(kind: str, id: str) -> str:
    """The address of a record's data."""
    return f"/{kind}/{quote(id, safe='')}.json"


def sign_in(client: TestClient, name: str) -> dict[str, str]:
    """Give a name, and the headers with which this client may write from now on."""
    headers = {"Origin": HOME, "X-Sayso-Token": client.get("/session.json").json()["token"]}
    answer = client.post("/session", json={"name": name}, headers=headers)
    assert answer.status_code == 200, answer.text
    return headers
