"""The description of the API is current, and keeps the Dutch API design rules (Logius, ADR 2.1).

The rules are restated here in our own words, because a user of this project does not have the official linter.
"""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from fastapi.routing import APIRoute

from availability.app import create_app
from availability.description import PROBLEMS, TwoMeanings, _share, describe, written
from availability.edge import API_VERSION
from availability.settings import Settings

Document = dict[str, Any]
COMMITTED = Path(__file__).parents[2] / "openapi.json"
PAGES = {"/confirmations/{token}"}
"""Opened by people from an e-mail: also what goes wrong is a page."""
METHODS = {"get", "put", "post", "delete", "patch"}


@pytest.fixture(scope="module")
def document(settings: Settings) -> Document:
    return describe(create_app(settings))


@pytest.fixture(scope="module")
def operations(document: Document) -> list[tuple[str, str, Document]]:
    return [(path, method, operation) for path, item in document["paths"].items() for method, operation in item.items()]


def _resolved(document: Document, part: Document) -> Document:
    """What a reference inside the document stands for."""
    while "$ref" in part:
        part_of = document
        for step in part["$ref"].removeprefix("#/").split("/"):
            part_of = part_of[step]
        part = part_of
    return part


def _inside(part: Any) -> Iterator[Document]:
    """Every object in the document, at any depth."""
    if isinstance(part, dict):
        yield part
    for each in part.values() if isinstance(part, dict) else part if isinstance(part, list) else ():
        yield from _inside(each)


def test_the_committed_description_is_current(document: Document) -> None:
    assert COMMITTED.read_bytes() == written(document), "Typ: make fix"


def test_every_route_but_the_demos_is_described(document: Document, settings: Settings) -> None:
    """What lies under `/hsds/` has the names of that standard, and its own description."""
    routes = {route.path for route in create_app(settings).routes if isinstance(route, APIRoute)}
    ours = {route for route in routes if not route.startswith("/hsds/")}
    assert ours - set(document["paths"]) == {"/demo-accounts", "/demo-mails", "/demo-tokens"}


def test_it_is_openapi_3_with_a_contact_a_semantic_version_and_a_server_with_the_major_version(
    document: Document,
) -> None:
    assert re.fullmatch(r"3\.\d+\.\d+", document["openapi"])
    assert document["info"]["contact"].keys() >= {"name", "email", "url"}
    assert re.fullmatch(r"\d+\.\d+\.\d+", document["info"]["version"])
    assert document["info"]["version"] == API_VERSION
    assert document["servers"] == [{"url": "/v1"}]


def test_paths_are_kebab_case_without_a_slash_at_the_end(document: Document) -> None:
    for path in document["paths"]:
        assert re.fullmatch(r"(/([a-z0-9-]+|\{[a-z][a-zA-Z0-9_]*\}|openapi\.json))+", path), path


def test_every_operation_has_its_own_name_a_summary_and_a_known_tag(
    document: Document, operations: list[tuple[str, str, Document]]
) -> None:
    names = [operation["operationId"] for _, _, operation in operations]
    assert len(set(names)) == len(names)
    tags = {tag["name"] for tag in document["tags"]}
    for path, method, operation in operations:
        assert method in METHODS
        assert operation["summary"], path
        assert set(operation["tags"]) <= tags


def test_query_keys_and_properties_are_camel_case(
    document: Document, operations: list[tuple[str, str, Document]]
) -> None:
    camel = re.compile(r"[a-z][a-zA-Z0-9]*")
    asked = [each for _, _, operation in operations for each in operation.get("parameters", ())]
    assert all(camel.fullmatch(each["name"]) for each in asked if each["in"] == "query")
    for schema in document["components"]["schemas"].values():
        assert all(camel.fullmatch(name) for name in schema.get("properties", ()))


def test_schemas_are_pascal_case(document: Document) -> None:
    assert all(re.fullmatch(r"([A-Z][a-z0-9]*)+", name) for name in document["components"]["schemas"])


def test_every_answer_tells_the_version(document: Document, operations: list[tuple[str, str, Document]]) -> None:
    for path, _, operation in operations:
        for response in operation["responses"].values():
            assert "API-Version" in _resolved(document, response)["headers"], path


def test_every_error_is_a_problem(document: Document, operations: list[tuple[str, str, Document]]) -> None:
    for path, _, operation in operations:
        for status, response in operation["responses"].items():
            if status >= "400" and path not in PAGES:
                ((kind, content),) = _resolved(document, response)["content"].items()
                assert kind == "application/problem+json", path
                problem = _resolved(document, content["schema"])
                assert {"title", "status", "detail"} <= problem["properties"].keys()


def test_every_status_that_can_occur_is_described(operations: list[tuple[str, str, Document]]) -> None:
    for path, method, operation in operations:
        described = set(operation["responses"])
        assert {"405", "500", "503"} <= described, path
        assert "422" not in described
        assert "400" in described or (method == "get" and not operation.get("parameters")), path
        assert ("404" in described) or "{" not in path
        assert ("401" in described) == bool(operation.get("security")), path
        assert ("413" in described) == ("requestBody" in operation), path


def test_every_problem_has_a_sentence() -> None:
    assert all(sentence.endswith(".") for sentence in PROBLEMS.values())


def test_dates_are_dates(document: Document) -> None:
    for part in _inside(document):
        for name, schema in part.get("properties", {}).items():
            if isinstance(schema, dict) and re.search(r"(^d|[a-z]D)(ate|atum)$", name):
                kinds = [schema, *schema.get("anyOf", ())]
                assert "date" in {kind.get("format") for kind in kinds}, name
                assert "format" in schema, f"{name}: nullable dates need a name that does not end in Date"


def test_every_reference_leads_somewhere(document: Document) -> None:
    for part in _inside(document):
        if isinstance(part.get("$ref"), str):
            assert _resolved(document, part)


def test_nothing_of_this_machine_is_in_it() -> None:
    assert not re.search(rb"/home/|/root/|/work/|localhost|127\.0\.0\.1", COMMITTED.read_bytes())


def test_two_messages_of_one_name_are_not_described_as_one() -> None:
    schemas: Document = {"Answer": {"properties": {"startDate": {}}}}
    with pytest.raises(TwoMeanings, match="Answer"):
        _share("Answer", {"properties": {"matches": {}}}, schemas)
