"""`sayso review`: what people decided, out of the ledger: gold readings, agreement, the decisions themselves."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from sayso.cli.ledger_options import json_option, ledger_option, plainly


@click.group()
def review() -> None:
    """Take out what people decided at the desk (`sayso desk`, then Review)."""


@review.command()
@ledger_option
@click.option("--partial", is_flag=True, help="Also reports of which only some claims and events were decided.")
@click.option("--out", metavar="FILE", type=click.Path(path_type=Path, dir_okay=False), help="Write to FILE, whole or not at all.")  # fmt: skip # noqa: E501
@plainly
def export(ledger: Path, partial: bool, out: Path | None) -> int:
    """Print decisions as gold readings, one JSON object a line: annotations that stand off, never the text.

    Only decisions that count are taken: of two coders, those they agree on or that were settled.
    """
    from sayso.cli.out import opened
    from sayso.ledger import Ledger
    from sayso.views.review_gold import gold
    from sayso.views.tables import json_object

    with Ledger.open(ledger) as kept, kept.reading(), opened(out) as stream:
        for reading in gold(kept, partial=partial):
            stream.write(json_object(reading) + "\n")
    return 0


@review.command()
@ledger_option
@json_option
@plainly
def agreement(ledger: Path, as_json: bool) -> int:
    """Print how far coders agree who did not see each other's decisions, field by field, all and each two."""
    from sayso.cli.out import opened
    from sayso.ledger import Ledger
    from sayso.views.review_agreement import agreements
    from sayso.views.tables import json_object, write_rows

    with Ledger.open(ledger) as kept, kept.reading():
        found = agreements(kept)
    with opened(None) as stream:
        if as_json:
            stream.write(json_object(found) + "\n")
            return 0
        groups = [{"coders": ["all"], **found}] if len(found["coders"]) > 2 else []
        for group in [*groups, *found["pairs"]]:
            coders = " and ".join(group["coders"] if group in found["pairs"] else ["all"])
            write_rows(({"coders": coders, **field} for field in group["fields"]), "agreement", "table", stream)
    return 0


@review.command("list")
@ledger_option
@json_option
@click.option("--who", metavar="NAME", help="Only what this person decided.")
@plainly
def list_(ledger: Path, as_json: bool, who: str | None) -> int:
    """List every decision in its order, those undone and the undoings among them."""
    from sayso.cli.out import opened
    from sayso.ledger import Ledger
    from sayso.views.tables import write_rows

    columns = ("number", "id", "decision", "who", "at", "note", "mend", "undoes", "blind", "found")
    with Ledger.open(ledger) as kept, kept.reading() as connection, opened(None) as stream:
        rows = connection.execute(
            f"SELECT {', '.join(columns)} FROM reviews_view WHERE ?1 IS NULL OR who = ?1 ORDER BY number",  # noqa: S608
            (who,),
        )
        decided = (_row(dict(zip(columns, row, strict=True))) for row in rows)
        write_rows(decided, "reviews", "json" if as_json else "table", stream)
    return 0


def _row(row: dict[str, Any]) -> dict[str, Any]:
    import msgspec

    mend = msgspec.json.decode(row["mend"]) if row["mend"] else None
    return {**row, "mend": mend, "blind": bool(row["blind"]), "found": bool(row["found"])}
