"""The desk serves this machine's own page alone, and writes only for whoever that page was given to."""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path

import anyio
import pytest
from fastapi import Request
from starlette.testclient import TestClient

from sayso.desk.app import create_app
from sayso.desk.desk import Desk, Settings
from sayso.desk.session import COOKIE, Sessions, kept_key, new_session
from sayso.ledger import Ledger
from tests.desk.conftest import HOME, sign_in

ELSEWHERE = "http://evil.example"


@pytest.mark.parametrize(
    "host", ["evil.example", "127.0.0.1", "127.0.0.1:80", "evil.example:8137", "127.0.0.1:8137.evil.example", ""]
)
def test_another_host_is_refused(desk: TestClient, host: str) -> None:
    answer = desk.get("/situation.json", headers={"Host": host})
    assert (answer.status_code, answer.json()["problem"]["where"]) == (421, "the Host header")


@pytest.mark.parametrize("host", ["127.0.0.1:8137", "localhost:8137", "[::1]:8137", "LocalHost:8137"])
def test_this_machines_names_are_answered(desk: TestClient, host: str) -> None:
    assert desk.get("/situation.json", headers={"Host": host}).status_code == 200


def test_another_site_may_link_here_but_not_read(desk: TestClient) -> None:
    read = {"Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "no-cors"}
    follow = {"Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "navigate"}
    assert desk.get("/events.json", headers=read).status_code == 403
    assert desk.get("/events.json", headers={**read, "Sec-Fetch-Site": "same-site"}).status_code == 403
    assert desk.get("/events.json", headers=follow).status_code == 200
    assert "access-control-allow-origin" not in desk.get("/events.json", headers={"Origin": ELSEWHERE}).headers


@pytest.mark.parametrize("address", ["/events.json", "/nothing.json", "/", "/report/none.json", "/events.json?limit=x"])
def test_every_answer_says_what_a_browser_may_do_with_it(desk: TestClient, address: str) -> None:
    headers = desk.get(address).headers
    assert "default-src 'none'" in headers["content-security-policy"]
    assert "unsafe" not in headers["content-security-policy"]
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["cross-origin-resource-policy"] == "same-origin"


def test_a_write_needs_origin_token_cookie_and_json(own_desk: TestClient) -> None:
    token = own_desk.get("/session.json").json()["token"]
    right = {"Origin": HOME, "X-Sayso-Token": token}

    def status(headers: dict[str, str], body: str = '{"name": "Amira"}') -> int:
        headers = {"Content-Type": "application/json", **headers}
        return int(own_desk.post("/session", content=body, headers=headers).status_code)

    assert status(right) == 200
    assert status({"X-Sayso-Token": token}) == 403
    assert status({**right, "Origin": ELSEWHERE}) == 403
    assert status({**right, "Origin": "null"}) == 403
    assert status({**right, "Sec-Fetch-Site": "cross-site"}) == 403
    assert status({**right, "X-Sayso-Token": token[:-1] + "0"}) in (200, 403)
    assert status({**right, "X-Sayso-Token": "0" * 64}) == 403
    assert status({**right, "Content-Type": "text/plain"}) == 415
    assert status(right, "{" * 300_000) == 413
    assert status(right, "no JSON") == 422
    assert status(right, '{"name": "\\ud800"}') == 422
    assert status(right, '{"name": "   "}') == 422
    own_desk.cookies.clear()
    assert status(right) == 403


def test_a_body_that_hides_its_length_is_bounded_too(own_desk: TestClient) -> None:
    headers = {**sign_in(own_desk, "Amira"), "Content-Type": "application/json"}

    def endless() -> Iterator[bytes]:
        for _ in range(400):
            yield b" " * 1_000

    assert own_desk.post("/session", content=endless(), headers=headers).status_code == 413


@pytest.mark.parametrize("method", ["PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "BREW"])
def test_other_methods_are_refused(desk: TestClient, method: str) -> None:
    assert desk.request(method, "/events.json").status_code == 405


def test_the_head_of_an_answer_can_be_asked_for(desk: TestClient) -> None:
    assert desk.head("/events.json").headers["etag"] == desk.get("/events.json").headers["etag"]


def test_the_name_is_kept_in_a_cookie_that_scripts_and_other_sites_do_not_get(own_desk: TestClient) -> None:
    sign_in(own_desk, "عميرة  Al-Halabi\u202e")
    assert own_desk.get("/session.json").json()["name"] == "عميرة Al-Halabi⟨U+202E⟩"
    cookie = own_desk.get("/session.json").headers["set-cookie"].lower()
    assert "httponly" in cookie
    assert "samesite=strict" in cookie


def test_a_cookie_that_was_changed_or_made_elsewhere_is_nobodys() -> None:
    sessions, others = Sessions(b"k" * 32), Sessions(b"o" * 32)
    from starlette.responses import Response

    given = Response()
    sessions.give(given, new_session())
    cookie = given.headers["set-cookie"].split(";")[0]
    assert sessions.of({"cookie": cookie}) is not None
    assert others.of({"cookie": cookie}) is None
    name, _, value = cookie.partition("=")
    for wrong in (f"{name}=x{value}", f"{name}={value}x", f"{name}=", f"{COOKIE}=.", f"{COOKIE}=é.é", 'a="'):
        assert sessions.of({"cookie": wrong}) is None


def test_the_key_is_kept_for_its_owner_alone(tmp_path: Path) -> None:
    key = kept_key(tmp_path / "state" / "desk.key")
    assert kept_key(tmp_path / "state" / "desk.key") == key
    assert (tmp_path / "state" / "desk.key").stat().st_mode & 0o077 == 0


def test_a_write_and_its_line_of_the_audit_trail_are_there_together_or_not_at_all(own_ledger: Path) -> None:
    app = create_app(own_ledger)
    desk: Desk = app.state.desk

    @app.post("/try/{act}")
    async def attempt(request: Request, act: str) -> dict[str, str]:
        def change(connection: sqlite3.Connection, _: object) -> str:
            connection.execute("INSERT INTO feeds (url) VALUES ('https://example.org/feed')")
            if act == "fail":
                raise ValueError("after the write")
            return "done"

        return {"did": await desk.write(request, act, "REPORT#e1", change)}

    app.router.routes.insert(0, app.router.routes.pop())
    with TestClient(app, base_url=HOME, raise_server_exceptions=False) as client:
        nameless = {"Origin": HOME, "X-Sayso-Token": client.get("/session.json").json()["token"]}
        assert client.post("/try/work", json={}, headers=nameless).status_code == 403
        headers = sign_in(client, "Amira")
        before = client.get("/situation.json").headers["etag"]
        failed = client.post("/try/fail", json={}, headers=headers)
        assert (failed.status_code, failed.json()["problem"]["where"]) == (500, "the desk")
        assert "default-src 'none'" in failed.headers["content-security-policy"]
        assert client.post("/try/work", json={}, headers=headers).json() == {"did": "done"}
        assert client.get("/situation.json").headers["etag"] != before
    with closing(sqlite3.connect(own_ledger)) as connection:
        assert connection.execute("SELECT who, act, subject FROM audit").fetchall() == [("Amira", "work", "REPORT#e1")]
        assert connection.execute("SELECT count(*) FROM feeds").fetchone() == (1,)


def test_a_question_that_takes_too_long_is_broken_off(pool_ledger: Path) -> None:
    app = create_app(pool_ledger, settings=Settings(seconds=0.05))
    desk: Desk = app.state.desk
    endless = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT count(*) FROM n"

    @app.get("/endless.json")
    async def ask(request: Request) -> object:
        return await desk.answer(request, lambda ledger: ledger.connection.execute(endless).fetchone())

    app.router.routes.insert(0, app.router.routes.pop())
    with TestClient(app, base_url=HOME) as client:
        answer = client.get("/endless.json")
        assert (answer.status_code, answer.json()["problem"]["where"]) == (503, "the question")
        assert client.get("/situation.json").status_code == 200  # its thread goes on


def test_a_damaged_ledger_is_one_plain_problem(own_ledger: Path) -> None:
    with TestClient(create_app(own_ledger), base_url=HOME) as client:
        with Ledger.open(own_ledger, write=True) as ledger, ledger.writing() as connection:
            connection.execute("UPDATE readings SET packed = x'00'")
        id = client.get("/reports.json").json()["rows"][0]["id"]
        answer = client.get(f"/report/{id}.json")
        assert answer.status_code == 503
        assert "damaged" in answer.json()["problem"]["reason"]


def test_many_read_at_once(desk: TestClient) -> None:
    found: list[int] = []

    def ask() -> None:
        for _ in range(5):
            found.append(desk.get("/events.json", params={"type": "clash"}).status_code)

    threads = [threading.Thread(target=ask) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert found == [200] * 40


def test_there_are_no_web_sockets(pool_ledger: Path) -> None:
    sent: list[str] = []

    async def connect() -> None:
        async def receive() -> dict[str, str]:
            return {"type": "websocket.connect"}

        async def send(message: dict[str, object]) -> None:
            sent.append(str(message["type"]))

        await create_app(pool_ledger)({"type": "websocket", "path": "/", "headers": []}, receive, send)  # type: ignore[arg-type]

    with ThreadPoolExecutor(1) as aside:  # a browser that other tests opened keeps a loop running in this thread
        aside.submit(anyio.run, connect).result()
    assert sent == ["websocket.close"]
