"""Requests checked with a service's own API document (OpenAPI 3): path, query and body."""

import json
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from jsonschema_rs import Draft202012Validator


class Undocumented(Exception):
    """A request that the document does not know, or not like this."""


@dataclass(frozen=True)
class ApiDocument:
    """What a service says of its requests."""

    paths: dict[str, Any]
    components: dict[str, Any]

    @classmethod
    def read(cls, path: Path) -> "ApiDocument":
        """A document as it is kept in a file."""
        said = json.loads(path.read_text())
        return cls(said["paths"], _strict(said["components"]))

    def check(self, method: str, path: str, query: list[tuple[str, str]], body: bytes) -> str:
        """Which of the paths is asked. Raises `Undocumented`."""
        pattern, known = self._found(method, path)
        operation = known[method.lower()]
        parameters = [
            self._resolved(each)
            for each in (*known.get("parameters", ()), *operation.get("parameters", ()))
        ]
        self._check_query(
            {each["name"]: each for each in parameters if each["in"] == "query"}, query
        )
        self._check_body(operation.get("requestBody"), body)
        return pattern

    def _found(self, method: str, path: str) -> tuple[str, dict[str, Any]]:
        for pattern, known in self.paths.items():
            shape = "/".join(
                "[^/]+" if part.startswith("{") else re.escape(part) for part in pattern.split("/")
            )
            if re.fullmatch(shape, path) and method.lower() in known:
                return pattern, known
        raise Undocumented(f"{method} {path}")

    def _check_query(self, known: dict[str, Any], query: list[tuple[str, str]]) -> None:
        for name, value in query:
            if name not in known:
                raise Undocumented(f"there is no parameter {name}")
            self._check_value(known[name].get("schema", {}), _typed(known[name], value), name)
        given = {name for name, _ in query}
        for name, each in known.items():
            if each.get("required") and name not in given:
                raise Undocumented(f"{name} is missing")

    def _check_body(self, stated: Any, body: bytes) -> None:
        if stated is None:
            if body:
                raise Undocumented("there is no body")
            return
        stated = self._resolved(stated)
        if not body:
            raise Undocumented("the body is missing")
        schema = stated["content"]["application/json"]["schema"]
        self._check_value(schema, json.loads(body), "body")

    def _check_value(self, schema: dict[str, Any], value: Any, what: str) -> None:
        whole = {**schema, "components": self.components}
        for problem in Draft202012Validator(whole).iter_errors(value):
            raise Undocumented(f"{what}: {problem.message}")

    def _resolved(self, stated: dict[str, Any]) -> dict[str, Any]:
        if "$ref" not in stated:
            return stated
        _, kind, name = stated["$ref"].removeprefix("#/").split("/")
        found: dict[str, Any] = self.components[kind][name]
        return found


def _strict(stated: Any) -> Any:
    """The same, with no other properties than those that are named."""
    if isinstance(stated, list):
        return [_strict(each) for each in stated]
    if not isinstance(stated, dict):
        return stated
    strict = {name: _strict(each) for name, each in stated.items()}
    if stated.get("type") == "object" and "properties" in stated:
        strict.setdefault("additionalProperties", False)
    return strict


def _typed(parameter: dict[str, Any], value: str) -> Any:
    """A word of a query, as its schema has it."""
    kind = parameter.get("schema", {}).get("type")
    if kind == "integer" and value.isdecimal():
        return int(value)
    if kind == "boolean" and value in ("true", "false"):
        return value == "true"
    if kind == "array":
        return [value]
    return value
