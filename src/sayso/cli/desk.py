"""`sayso desk`: the ledger in a browser, for this machine alone."""

from __future__ import annotations

import contextlib
import socket
import threading
import webbrowser
from pathlib import Path

import click

from sayso.cli.ledger_options import ledger_option, plainly

_TRIED = 20  # ports after the usual one, before any free one is taken
_LOOPBACK = "127.0.0.1"


@click.command()
@ledger_option
@click.option("--port", metavar="N", type=click.IntRange(1, 65535), help="The port. Default: 8137, or the next that is free.")  # fmt: skip # noqa: E501
@click.option("--host", metavar="NAME", default=_LOOPBACK, show_default=True, help="This machine's own name; another is refused.")  # fmt: skip # noqa: E501
@click.option("--no-browser", is_flag=True, help="Only print the address.")
@plainly
def desk(ledger: Path, port: int | None, host: str, no_browser: bool) -> int:
    """Open the ledger in a browser: the situation, every record with its words, review.

    It answers this machine only, and nothing of the ledger leaves it. Ctrl-C ends it.
    """
    import uvicorn
    from platformdirs import user_state_path

    from sayso.desk.app import create_app
    from sayso.desk.session import kept_key

    if host not in (_LOOPBACK, "localhost"):
        raise click.UsageError(f"{host} is not this machine alone: the desk answers {_LOOPBACK} only")
    listening = _listening(port)
    with contextlib.closing(listening):
        number = listening.getsockname()[1]
        app = create_app(ledger, port=number, key=kept_key(user_state_path("sayso") / "desk.key"))
        address = f"http://{_LOOPBACK}:{number}/"
        click.echo(f"{address}  (Ctrl-C ends it)")
        if not no_browser:
            threading.Timer(0.5, webbrowser.open, [address]).start()
        config = uvicorn.Config(
            app, log_level="warning", server_header=False, proxy_headers=False, ws="none", timeout_graceful_shutdown=3
        )
        uvicorn.Server(config).run(sockets=[listening])
    return 0


def _listening(port: int | None) -> socket.socket:
    """A socket on the port given, else on the usual one or the first free one after it."""
    from sayso.desk.app import PORT

    for number in [port] if port else [*range(PORT, PORT + _TRIED), 0]:
        listening = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
        listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            listening.bind((_LOOPBACK, number))
            listening.listen(128)
        except OSError:
            listening.close()
            continue
        return listening
    raise click.UsageError(f"port {port} is taken or not allowed: choose another, or leave --port out")
