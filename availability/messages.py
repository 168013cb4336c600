"""What goes over the wire: JSON in camelCase, judged strictly, and every fault of an input named at once.

A body is read by the handler itself (`Statement.read(raw)`) and not by FastAPI: so token, permission and precondition
come first, and JSON is judged as JSON — a date is a text there, and `true` is no number.
"""

from typing import Annotated, Any, Generic, Self, TypeVar

from fastapi import Depends, Request
from pydantic import BaseModel, ConfigDict, Field, StringConstraints, ValidationError
from pydantic.alias_generators import to_camel

from availability.faults import faults_of
from availability.refusals import Invalid, TooLarge

LARGEST_BODY = 1_048_576
"""One mebibyte: some two thousand capacity statements."""

Text = Annotated[str, StringConstraints(pattern=r"^[^\x00]*$", max_length=2000)]
"""PostgreSQL keeps no NUL character."""

ShortText = Annotated[str, StringConstraints(pattern=r"^[^\x00-\x1f]+$", min_length=1, max_length=100)]


class Message(BaseModel):
    """A frozen value with camelCase names in JSON; an unknown field is a fault, not noise."""

    model_config = ConfigDict(
        frozen=True,
        strict=True,
        extra="forbid",
        alias_generator=to_camel,
        populate_by_name=True,
        ser_json_inf_nan="null",
    )

    @classmethod
    def read(cls, raw: bytes) -> Self:
        """The message in a request body. Raises Invalid with every fault there is."""
        try:
            return cls.model_validate_json(raw)
        except ValidationError as error:
            raise Invalid("De invoer klopt niet.", faults_of(error)) from None


class CodeAndName(Message):
    """Something of a list, with its name for people."""

    code: str
    name: str


REFERENCE = "#/components/schemas/{model}"

T = TypeVar("T")


class Page(Message, Generic[T]):
    """A piece of a list; `next` is the cursor of what follows, or null."""

    items: list[T]
    next: str | None = None


class FieldFault(Message):
    """What is wrong with one field of the input; `pointer` says which."""

    pointer: str
    detail: str
    code: str


class Problem(Message):
    """Why a request was refused (RFC 9457), with every fault of the input."""

    type: str
    title: str
    status: Annotated[int, Field(ge=400, le=599)]
    detail: str
    errors: list[FieldFault] | None = None


async def raw_body(request: Request) -> bytes:
    """The body as it came, up to LARGEST_BODY bytes. Raises TooLarge before more is read."""
    return await body_up_to(LARGEST_BODY, request)


async def body_up_to(most: int, request: Request) -> bytes:
    """The body as it came, up to `most` bytes. Raises TooLarge before more is read."""
    received = bytearray()
    async for chunk in request.stream():
        received += chunk
        if len(received) > most:
            raise TooLarge("Het bericht is te groot. Verdeel het over kleinere berichten.")
    return bytes(received)


RawBody = Annotated[bytes, Depends(raw_body)]


def takes(message: type[Message]) -> dict[str, Any]:
    """What a route that reads `message` from its body tells OpenAPI (`openapi_extra`)."""
    schema = message.model_json_schema(ref_template=REFERENCE)
    return {"requestBody": {"required": True, "content": {"application/json": {"schema": schema}}}}


def takes_part_of(message: type[Message]) -> dict[str, Any]:
    """The same for a merge patch (RFC 7396): any of the fields of `message`; what is left out stays."""
    schema = message.model_json_schema(ref_template=REFERENCE)
    schema["title"] = f"{schema['title']}Patch"
    schema.pop("required", None)
    kinds = ("application/merge-patch+json", "application/json")
    return {"requestBody": {"required": True, "content": {kind: {"schema": schema} for kind in kinds}}}
