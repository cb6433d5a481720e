"""What plain HTTP routes are sent: small JSON objects, checked against a model."""

import re
from typing import Any, TypeVar

from pydantic import BaseModel, ConfigDict, ValidationError
from pydantic.alias_generators import to_camel
from starlette.requests import Request

from api.problems import BadRequest
from domain.errors import FieldProblem, InvalidInput

M = TypeVar("M", bound=BaseModel)
NUL = re.compile(rb"\\u0000")


class Form(BaseModel):
    """Fields in camelCase, and no others."""

    model_config = ConfigDict(
        extra="forbid", strict=True, alias_generator=to_camel, populate_by_name=True
    )


async def read(request: Request, model: type[M]) -> M:
    """The body of a request. Raises `BadRequest` and `InvalidInput`."""
    # A form on another site can post text, but not JSON: asking for it keeps strangers out.
    if not request.headers.get("Content-Type", "").startswith("application/json"):
        raise BadRequest("Send JSON")
    body = await request.body()
    if NUL.search(body):
        raise BadRequest("PostgreSQL keeps no NUL in text")
    try:
        return model.model_validate_json(body)
    except ValidationError as wrong:
        problems = [_problem(error) for error in wrong.errors() if error["loc"]]
        raise InvalidInput("Some fields are missing or wrong", *problems) from wrong


def _problem(error: Any) -> FieldProblem:
    return FieldProblem(".".join(map(str, error["loc"])), error["msg"])
