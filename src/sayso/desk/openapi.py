"""The description of the API: parameters as FastAPI has them, answers from the records themselves."""

from __future__ import annotations

import inspect
from collections.abc import Iterable, Sequence
from typing import Any

import msgspec
from fastapi import FastAPI
from fastapi.openapi.utils import get_openapi

from sayso.desk import answer_pages, answers
from sayso.version import __version__

_REF = "#/components/schemas/{name}"
_ABOUT = (
    "Everything the ledger holds, over HTTP on this machine alone. Rows are answered in stretches: `next` is the "
    "cursor of the one after. Ids stand percent-encoded in addresses. Spans are half-open code points of a report's "
    "text. Answers carry an ETag; writes need the header X-Sayso-Token (from /session.json), its cookie, this origin."
)
Responses = dict[int | str, dict[str, Any]]


def answered(name: str, media: str = "application/json") -> Responses:
    """What an address answers, by the name of its record, for FastAPI's `responses`."""
    return {
        200: {"description": name, "content": {media: {"schema": {"$ref": _REF.format(name=name)}}}},
        304: {"description": "What whoever asks has already (If-None-Match)"},
        "default": {"description": "A problem", **_problem()},
    }


def written(media: str) -> Responses:
    """An address that answers another medium than JSON records."""
    kind = {"type": "object"} if media.endswith("json") else {"type": "string"}
    return {**answered("ProblemAnswer"), 200: {"description": media, "content": {media: {"schema": kind}}}}


def body_of(name: str) -> dict[str, Any]:
    """What an address is sent, by the name of its record, for FastAPI's `openapi_extra`."""
    content = {"application/json": {"schema": {"$ref": _REF.format(name=name)}}}
    header = {"name": "X-Sayso-Token", "in": "header", "required": True, "schema": {"type": "string"}}
    return {"requestBody": {"required": True, "content": content}, "parameters": [header]}


def describe(app: FastAPI, more: Sequence[type] = (), sent: Sequence[type] = ()) -> dict[str, Any]:
    """The whole description; `more` and `sent` are records that routes from elsewhere answer and are sent."""
    spec = get_openapi(title="sayso desk", version=__version__, description=_ABOUT, routes=app.routes)
    sent = (answer_pages.Naming, *sent)
    known = {kind for room in (answers, answer_pages) for _, kind in inspect.getmembers(room, inspect.isclass)}
    kinds = sorted((kind for kind in known if issubclass(kind, msgspec.Struct)), key=lambda kind: kind.__name__)
    schemas = spec.setdefault("components", {}).setdefault("schemas", {})
    for name in ("HTTPValidationError", "ValidationError"):  # problems are answered otherwise here
        schemas.pop(name, None)
    for path in spec["paths"].values():
        for operation in path.values():
            operation["responses"].pop("422", None)
    _, found = msgspec.json.schema_components([*kinds, *more, *sent], ref_template=_REF)
    whole = _always_whole([*kinds, *more]) - {kind.__name__ for kind in sent}
    for name, schema in found.items():
        if name in whole:
            schema["required"] = list(schema["properties"])
    spec["components"]["schemas"] = {name: found[name] for name in sorted(found)}
    return spec


def _problem() -> dict[str, Any]:
    return {"content": {"application/json": {"schema": {"$ref": _REF.format(name="ProblemAnswer")}}}}


def _always_whole(kinds: Iterable[type]) -> set[str]:
    """Names of records that are written with all their fields, also those that have a default."""
    met: dict[str, bool] = {}

    def walk(info: Any) -> None:
        if isinstance(info, msgspec.inspect.StructType):
            if info.cls.__name__ in met:
                return
            met[info.cls.__name__] = not info.cls.__struct_config__.omit_defaults
            for field in info.fields:
                walk(field.type)
            return
        for name in ("types", "item_types"):
            for inner in getattr(info, name, ()):
                walk(inner)
        for name in ("item_type", "value_type"):
            if hasattr(info, name):
                walk(getattr(info, name))

    for info in msgspec.inspect.multi_type_info(list(kinds)):
        walk(info)
    return {name for name, whole in met.items() if whole}
