"""The bodies that requests send: how much of them is read, for how long, and what kinds are taken."""

from __future__ import annotations

import asyncio
import json
from typing import Final, TypeVar
from urllib.parse import parse_qsl

from pydantic import BaseModel, ValidationError
from starlette.requests import ClientDisconnect, Request

from treatygraph.web.limits import Limits
from treatygraph.web.problems import Refusal

__all__ = ["FORM", "body_as", "body_of", "form_of", "pairs_of", "text_of", "too_large"]

FORM: Final = "application/x-www-form-urlencoded"
_JSON: Final = "application/json"
_FIELDS: Final = 100
_M = TypeVar("_M", bound=BaseModel)


async def body_of(request: Request, limits: Limits) -> bytes:
    """The body of a request, up to the limit.

    Raises:
        Refusal: it is larger, or does not arrive in time.
    """
    found = bytearray()
    try:
        async with asyncio.timeout(limits.upload):
            async for part in request.stream():
                found += part
                if len(found) > limits.body:
                    raise too_large(limits)
    except ClientDisconnect:  # nobody reads this; without it each would leave a page of traceback in the log
        raise Refusal("slow-request", "the client went away before its body had arrived.") from None
    except TimeoutError:
        raise Refusal("slow-request", f"the body did not arrive within {limits.upload:g} seconds.") from None
    return bytes(found)


async def body_as(request: Request, model: type[_M], limits: Limits) -> _M:
    """The body of a request: one JSON object, and nothing in it that the model does not know.

    Raises:
        Refusal: it is of another kind, too large, too slow, or not as the model has it; the place is named.
    """
    kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if kind != _JSON:
        raise Refusal("wrong-media-type", f"the body comes as {_JSON}, not as '{kind[:80]}'.", offered=[_JSON])
    text = text_of(await body_of(request, limits))
    try:
        return model.model_validate(json.loads(text, object_pairs_hook=_once))
    except RecursionError:
        raise Refusal("bad-request", "the body is nested too deep.") from None
    except ValidationError as error:
        places = [f"{'.'.join(map(str, item['loc'])) or 'the body'}: {item['msg']}" for item in error.errors()]
        raise Refusal("bad-request", "; ".join(places)[:1000]) from None
    except ValueError as error:
        raise Refusal("bad-request", f"the body is no JSON: {error}.") from None


def _once(pairs: list[tuple[str, object]]) -> dict[str, object]:
    """An object whose keys stand once each: of two values one would be dropped without a word."""
    made = dict(pairs)
    if len(made) < len(pairs):
        names = [name for name, _ in pairs]
        raise ValueError(f"the key '{next(name for name in names if names.count(name) > 1)[:80]}' stands twice")
    return made


async def form_of(request: Request, limits: Limits) -> dict[str, str]:
    """The fields of a form that a page has sent.

    Raises:
        Refusal: the body is no form, too large, or too slow.
    """
    kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if kind != FORM:
        raise Refusal("wrong-media-type", f"the form comes as {FORM}, not as '{kind[:80]}'.", offered=[FORM])
    return dict(pairs_of(text_of(await body_of(request, limits))))


def too_large(limits: Limits) -> Refusal:
    """The refusal of a body that is too large."""
    return Refusal("request-too-large", f"a body of more than {limits.body:,} bytes is not read.")


def pairs_of(text: str) -> list[tuple[str, str]]:
    """The fields of a query string or a form.

    Raises:
        Refusal: they are not UTF-8 text, or too many.
    """
    try:
        return parse_qsl(text, keep_blank_values=True, errors="strict", max_num_fields=_FIELDS)
    except UnicodeDecodeError:
        raise Refusal("bad-request", "the fields of the request are not UTF-8 text.") from None
    except ValueError:
        raise Refusal("bad-request", f"the request has more than {_FIELDS} fields.") from None


def text_of(body: bytes) -> str:
    """A body as text.

    Raises:
        Refusal: it is not UTF-8.
    """
    try:
        return body.decode()
    except UnicodeDecodeError:
        raise Refusal("bad-request", "the body is not UTF-8 text.") from None
