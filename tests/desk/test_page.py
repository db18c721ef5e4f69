"""The built page's files and its shell; the command that opens the desk."""

from __future__ import annotations

import re
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
from click.testing import CliRunner
from starlette.testclient import TestClient

from sayso.cli.commands import sayso
from sayso.desk.app import create_app
from tests.desk.conftest import HOME


@pytest.fixture
def page(pool_ledger: Path, tmp_path: Path) -> Iterator[TestClient]:
    """A desk with a built page of three files, and a secret beside its folder."""
    (tmp_path / "secret.txt").write_text("secret")
    static = tmp_path / "static"
    (static / "assets").mkdir(parents=True)
    (static / "index.html").write_text("<!doctype html><title>sayso</title>")
    (static / "assets" / "index-BqX2_k9a.js").write_text("export {}")
    (static / "favicon.svg").write_text("<svg/>")
    with TestClient(create_app(pool_ledger, static=static), base_url=HOME) as client:
        yield client


@pytest.mark.parametrize(
    "address",
    ["/", "/report/sha256%3Aab", "/event/a%2Fb%23e1", "/incident/i%3A1?x=y", "/search?q=a", "/review", "/about"],
)
def test_every_pages_address_has_the_shell(page: TestClient, address: str) -> None:
    answer = page.get(address)
    assert (answer.status_code, answer.headers["content-type"]) == (200, "text/html; charset=utf-8")
    assert answer.headers["cache-control"] == "no-cache"


def test_an_address_without_a_page_has_the_shell_too_but_is_missing(page: TestClient) -> None:
    assert page.get("/nothing/here").status_code == 404
    assert "<title>sayso</title>" in page.get("/nothing/here").text
    assert page.get("/nothing.json").json()["problem"]["reason"]


def test_files_with_a_name_of_their_content_are_kept_for_long(page: TestClient) -> None:
    script = page.get("/assets/index-BqX2_k9a.js")
    assert "immutable" in script.headers["cache-control"]
    assert script.headers["content-type"].startswith("text/javascript")
    assert page.get("/favicon.svg").headers["cache-control"] == "no-cache"


@pytest.mark.parametrize("way", ["../secret.txt", "..%2fsecret.txt", "assets/..%2f..%2fsecret.txt", "%2e%2e/secret.txt",
                                 "//etc/passwd", "assets/%00", "C:%5csecret.txt", "a" * 600])  # fmt: skip
def test_nothing_beside_the_page_is_served(page: TestClient, way: str) -> None:
    answer = page.get(f"/{way}")
    assert answer.status_code == 404
    assert "secret" not in answer.text


def test_without_a_built_page_it_is_said_how_to_build_one(pool_ledger: Path, tmp_path: Path) -> None:
    with TestClient(create_app(pool_ledger, static=tmp_path), base_url=HOME) as desk:
        assert "npm" in desk.get("/").text


@pytest.mark.parametrize("host", ["0.0.0.0", "192.168.1.5", "example.org", "::"])
def test_the_desk_listens_on_no_other_address(pool_ledger: Path, host: str) -> None:
    result = CliRunner().invoke(sayso, ["desk", "--ledger", str(pool_ledger), "--no-browser", "--host", host])
    assert result.exit_code == 2
    assert "127.0.0.1 only" in result.output


def test_a_port_that_is_taken_is_said_plainly(pool_ledger: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = str(taken.getsockname()[1])
        result = CliRunner().invoke(sayso, ["desk", "--ledger", str(pool_ledger), "--no-browser", "--port", port])
    assert result.exit_code == 2
    assert "taken" in result.output


def test_the_command_prints_its_address_and_answers_there(pool_ledger: Path, tmp_path: Path) -> None:
    command = [sys.executable, "-m", "sayso", "desk", "--ledger", str(pool_ledger), "--no-browser"]
    environment = {
        "XDG_STATE_HOME": str(tmp_path),
        "PATH": "/usr/bin:/bin",
        "HOME": str(tmp_path),
        "PYTHONUNBUFFERED": "1",
    }
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=environment) as desk:
        try:
            assert desk.stdout is not None
            found = re.match(r"(http://127\.0\.0\.1:\d+)/", desk.stdout.readline())
            assert found is not None
            transport = httpx.HTTPTransport(retries=5)
            with httpx.Client(transport=transport, timeout=60) as client:
                assert client.get(f"{found[1]}/situation.json").json()["counts"]["reports"] == 34
        finally:
            desk.terminate()
    assert (tmp_path / "sayso" / "desk.key").stat().st_size == 32
