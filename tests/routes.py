"""The application's own list of its routes, so that no new one escapes the tests that try them all."""

from collections.abc import Iterable, Iterator
from typing import Any

from trace.app import ROUTERS


def every_route(routers: Iterable[Any] = ROUTERS) -> Iterator[tuple[str, str]]:
    """(method, path) of every route of every room."""
    for route in (route for router in routers for route in router.routes):
        if inner := getattr(route, "original_router", None):
            yield from every_route([inner])
        else:
            path = route.path.replace(":path}", "}")
            yield from ((method, path) for method in sorted(route.methods - {"HEAD", "OPTIONS"}))
