"""What is sent through a route: bodies that a program or a form would send, read off the route's own description."""

from __future__ import annotations

import io
import re
import zipfile
from functools import cache
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse

from sushui.config.api import api

MARK = re.compile(r"MARK-([A-Z]+)-[A-Z]+")
# Fields that forms of the house are made of; each form takes those that are its own.
FORM = {
    "text": "x",
    "reason": "x",
    "note": "x",
    "title": "x",
    "name": "x",
    "label": "x",
    "version": "1",
    "seen_version": "1",
    "kind": "progress",
    "grade": "good",
    "source": "meeting",
    "issued_on": "2026-03-03",
    "new_due_on": "2026-06-30",
    "arrangement": "x",
}


@cache
def _description() -> dict[str, Any]:
    return api.get_openapi_schema()


@cache
def body_for(operation: Any) -> Any:
    """The least JSON that the operation's description allows; numbers are 1."""
    schema = _description()
    details = _operation_details(schema, operation.operation_id)
    content = details.get("requestBody", {}).get("content", {})
    body = content.get("application/json")
    return _least(body["schema"], schema) if body else None


def file_for(operation: Any) -> dict[str, SimpleUploadedFile]:
    """The file that the operation wants sent as a form; nothing for one that takes JSON."""
    details = _operation_details(_description(), operation.operation_id)
    is_form = "multipart/form-data" in details.get("requestBody", {}).get("content", {})
    return {"file": SimpleUploadedFile("x.pdf", b"%PDF-1.7")} if is_form else {}


@cache
def query_for(operation: Any) -> dict[str, Any]:
    """The query parameters that the operation cannot do without."""
    schema = _description()
    parameters = _operation_details(schema, operation.operation_id)["parameters"]
    wanted = [each for each in parameters if each["in"] == "query" and each["required"]]
    return {each["name"]: _least(each["schema"], schema) for each in wanted}


def _operation_details(schema: dict[str, Any], operation_id: str) -> dict[str, Any]:
    methods = [method for path in schema["paths"].values() for method in path.values()]
    return next(method for method in methods if method["operationId"] == operation_id)


def _least(described: dict[str, Any], schema: dict[str, Any]) -> Any:
    if "$ref" in described:
        return _least(schema["components"]["schemas"][described["$ref"].split("/")[-1]], schema)
    if "allOf" in described:
        return _least(described["allOf"][0], schema)
    if "anyOf" in described:
        return _least(described["anyOf"][0], schema)
    if "enum" in described:
        return described["enum"][0]
    least = {
        "string": "2026-06-30" if described.get("format") == "date" else "x" * described.get("minLength", 1),
        "integer": max(1, described.get("minimum", 1)),
        "number": 1,
        "boolean": True,
    }
    if described["type"] == "array":
        return [_least(described["items"], schema)] if described.get("minItems") else []
    if described["type"] == "object":
        properties = described.get("properties", {})
        return {name: _least(properties[name], schema) for name in described.get("required", [])}
    return least[described["type"]]


def text_of(response: HttpResponse) -> str:
    """All that a response says: its body, or the texts inside a workbook; and where it leads to."""
    content = b"".join(response.streaming_content) if response.streaming else response.content
    if content.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(content)) as workbook:
            content = b"".join(workbook.read(name) for name in workbook.namelist())
    return content.decode(errors="replace") + response.get("Location", "")


def records_marked_in(response: HttpResponse) -> set[str]:
    """The records whose marks stand in a response."""
    return set(MARK.findall(text_of(response)))
