"""Routes that take one of several commands, told apart by their `kind`."""

from collections.abc import Callable, Collection, Coroutine
from typing import Any

from fastapi.exceptions import RequestValidationError
from fastapi.routing import APIRoute
from starlette.requests import Request
from starlette.responses import Response


def kind_route(kinds: Collection[str]) -> type[APIRoute]:
    """Pydantic names the chosen kind in the place of a fault; whoever sent the body does not know it as a field."""

    class KindRoute(APIRoute):
        def get_route_handler(self) -> Callable[[Request], Coroutine[Any, Any, Response]]:
            carry_out = super().get_route_handler()

            async def without_kind(request: Request) -> Response:
                try:
                    return await carry_out(request)
                except RequestValidationError as error:
                    found = [{**one, "loc": place(one["loc"])} for one in error.errors()]
                    raise RequestValidationError(found, body=error.body) from error

            return without_kind

    def place(location: tuple[int | str, ...]) -> tuple[int | str, ...]:
        """Without the kind that stands where a command begins: at the top, or in a list of commands."""
        last = len(location) - 1
        return tuple(
            part
            for at, part in enumerate(location)
            if not (part in kinds and (at == 1 or (at < last and isinstance(location[at - 1], int))))
        )

    return KindRoute
