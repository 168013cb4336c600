"""The file as it arrives: in a form (`file`, and beside it `choices`), or as the body itself. Never more than ten
megabytes, and never kept on disk."""

from collections.abc import AsyncGenerator, Awaitable, Callable
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from fastapi import Request
from starlette.datastructures import FormData, Headers, UploadFile
from starlette.formparsers import MultiPartException, MultiPartParser

from availability.intake.workbook import CSV, XLSX
from availability.messages import REFERENCE, Message
from availability.refusals import Fault, Invalid, TooLarge

LARGEST_FILE = 10_485_760
"""Ten mebibytes: a template of ten thousand rows is under one."""

_FORM = "multipart/form-data"

TOO_LARGE = "Het bestand is groter dan 10 MB. Stuur alleen de tabel, zonder plaatjes."
NO_FILE = "Stuur het bestand mee als file."
NO_FORM = "Dit formulier is niet te lezen. Stuur het bestand opnieuw."


C = TypeVar("C", bound=Message)


@dataclass(frozen=True, slots=True)
class Upload(Generic[C]):
    """A file, and what its sender knows better than we can guess."""

    file: bytes
    choices: C


def uploaded(kind: type[C]) -> Callable[[Request], Awaitable[Upload[C]]]:
    """A dependency: the file with choices of this kind, all of which may be left out."""

    async def received(request: Request) -> Upload[C]:
        """Raises TooLarge before more is read, and Invalid when the form or the choices cannot be read."""
        body = await _body(request)
        if not request.headers.get("content-type", "").startswith(_FORM):
            return Upload(body, kind())
        file, choices = await _from_form(request.headers, body)
        return Upload(file, kind.read(choices.encode()) if choices.strip() else kind())

    return received


async def _body(request: Request) -> bytes:
    received = bytearray()
    async for chunk in request.stream():
        received += chunk
        if len(received) > LARGEST_FILE:
            raise TooLarge(TOO_LARGE)
    return bytes(received)


async def _from_form(headers: Headers, body: bytes) -> tuple[bytes, str]:
    async def whole() -> AsyncGenerator[bytes, None]:
        yield body

    parser = MultiPartParser(headers, whole(), max_files=1, max_fields=1)
    parser.spool_max_size = LARGEST_FILE
    try:
        form = await parser.parse()
    except (MultiPartException, LookupError) as broken:
        raise Invalid(NO_FORM) from broken
    try:
        return await _file_and_choices(form)
    finally:
        await form.close()


async def _file_and_choices(form: FormData) -> tuple[bytes, str]:
    file, choices = form.get("file"), form.get("choices")
    if not isinstance(file, UploadFile):
        raise Invalid("De invoer klopt niet.", (Fault("/file", NO_FILE, "missing"),))
    return await file.read(), choices if isinstance(choices, str) else ""


def takes_a_file(kind: type[Message], title: str) -> dict[str, Any]:
    """What the route tells OpenAPI of its body (`openapi_extra`)."""
    choices = kind.model_json_schema(ref_template=REFERENCE)
    form = {
        "title": title,
        "type": "object",
        "required": ["file"],
        "properties": {
            "file": {"type": "string", "format": "binary", "description": "CSV of XLSX, hoogstens 10 MB."},
            "choices": {"$ref": REFERENCE.format(model=kind.__name__)},
        },
        "$defs": {**choices.pop("$defs", {}), kind.__name__: choices},
    }
    content = {
        _FORM: {"schema": form, "encoding": {"choices": {"contentType": "application/json"}}},
        CSV: {"schema": {"type": "string"}},
        XLSX: {"schema": {"type": "string", "format": "binary"}},
    }
    return {"requestBody": {"required": True, "content": content}}
