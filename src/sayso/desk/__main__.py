"""`python -m sayso.desk > web/openapi.json`: the description of the API that the page's types are made from."""

from __future__ import annotations

import json
import sys

from sayso.desk.app import routed

json.dump(routed().openapi(), sys.stdout, indent=1, ensure_ascii=False)
sys.stdout.write("\n")
