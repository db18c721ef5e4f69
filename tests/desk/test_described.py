"""What the description allows to be asked is answered as described, and never fails in the desk itself (5xx)."""

from __future__ import annotations

import json
from pathlib import Path

import hypothesis
import schemathesis
from schemathesis import Case
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import content_type_conformance, response_schema_conformance

from sayso.desk.app import routed

DESCRIBED = Path(__file__).parents[2] / "web" / "openapi.json"
EXAMPLES = 10  # of an address, so that all take seconds
schema = schemathesis.openapi.from_dict(json.loads(json.dumps(routed().openapi())))
schema.config.phases.coverage.enabled = False  # thousands of requests: minutes


def test_the_description_that_the_page_is_made_from_is_todays() -> None:
    today = json.loads(json.dumps(routed().openapi()))
    assert json.loads(DESCRIBED.read_text(encoding="utf-8")) == today, "python -m sayso.desk > web/openapi.json"


@schema.parametrize()
@hypothesis.settings(max_examples=EXAMPLES, deadline=None, derandomize=True, database=None)
def test_nothing_that_can_be_asked_makes_the_desk_fail(case: Case, live_desk: str) -> None:
    case.call_and_validate(
        base_url=live_desk, checks=[not_a_server_error, response_schema_conformance, content_type_conformance]
    )
