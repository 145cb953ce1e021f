"""What can go wrong in a way a person should hear about; RFC 9457 gives the shape, the door the language."""

import dataclasses
from dataclasses import dataclass
from typing import Any, ClassVar, Final

from trace.kit.translation import N_, Locale, say


@dataclass(frozen=True)
class Fault:
    """One thing wrong with one field: a message still in English with its values beside it.

    `about` is somebody's own word for the thing it is about, where one request says something about several.
    """

    field: str
    message: str
    values: dict[str, Any] = dataclasses.field(default_factory=dict)
    code: str = "refused"
    about: str = ""


def told(fault: Fault, locale: Locale) -> str:
    """The fault in the reader's language."""
    said = say(fault.message, locale, **fault.values)
    return f"{fault.about}: {said}" if fault.about else said


class Problem(Exception):
    """Something the person can understand and act on. Raised by commands and queries, answered by the door."""

    status: ClassVar[int] = 400
    slug: ClassVar[str] = "problem"
    title: ClassVar[str] = ""

    def __init__(self, message: str, *, field: str | None = None, **values: Any) -> None:
        super().__init__(message)
        self.message = message
        self.values = values
        self.faults: list[Fault] = [Fault(field, message, values, self.slug)] if field else []


class Malformed(Problem):
    """The request could not be read as the command it wants to be; every fault names its field."""

    status = 422
    slug = "malformed"
    title = N_("Some of what was sent could not be read")

    def __init__(self, faults: list[Fault]) -> None:
        super().__init__(N_("Please correct the fields named below and send again."))
        self.faults = faults


class Refused(Problem):
    """Understood, and against a rule."""

    status = 409
    slug = "refused"
    title = N_("This cannot be done")


class Doubtful(Problem):
    """Outside the sane range: possible, so it is asked and not refused. Send `sure: true` to go on."""

    status = 409
    slug = "doubtful"
    title = N_("Please check again")

    def __init__(self, doubts: list[Fault]) -> None:
        super().__init__(N_("Some values look unusual. If they are right, confirm them and send again."))
        self.faults = doubts


class Conflict(Problem):
    """Somebody else was first, or the same id came with other content."""

    status = 409
    slug = "conflict"
    title = N_("This clashes with something already stored")


class NotFound(Problem):
    """Absent, or not yours: a stranger cannot tell which."""

    status = 404
    slug = "not-found"
    title = N_("Not found")

    def __init__(
        self, message: str = N_("There is nothing here, or it is not yours to see."), **values: Any
    ) -> None:
        super().__init__(message, **values)


class Forbidden(Problem):
    """Yours to see, not yours to do."""

    status = 403
    slug = "forbidden"
    title = N_("Not allowed")

    def __init__(
        self, message: str = N_("Your role does not allow this. Ask a manager of the cooperative.")
    ) -> None:
        super().__init__(message)


class SignInNeeded(Problem):
    status = 401
    slug = "sign-in-needed"
    title = N_("Please sign in")

    def __init__(self, message: str = N_("Sign in first, or send a valid API key.")) -> None:
        super().__init__(message)


class CrossSite(Problem):
    """The browser says that another site sent this request."""

    status = 403
    slug = "cross-site"
    title = N_("Sent from another site")

    def __init__(self) -> None:
        super().__init__(
            N_(
                "This was sent from another website, so it was not carried out. Open the page here and try again."
            )
        )


class TooLarge(Problem):
    status = 413
    slug = "too-large"
    title = N_("Too large")

    def __init__(self, limit_mb: int) -> None:
        super().__init__(
            N_(
                "What was sent is larger than {limit_mb} MB. Go back, choose fewer or smaller pictures, and send again."
            ),
            limit_mb=limit_mb,
        )


class TooMany(Problem):
    """Slowed down, never locked out. `retry_after` is in seconds."""

    status = 429
    slug = "too-many"
    title = N_("Too many attempts")

    def __init__(self, retry_after: int) -> None:
        super().__init__(
            N_("Too many attempts. Please wait {minutes} minutes and try again."),
            minutes=max(1, -(-retry_after // 60)),
        )
        self.retry_after = retry_after


class MethodRefused(Problem):
    status = 405
    slug = "method-not-allowed"
    title = N_("Not possible here")

    def __init__(self) -> None:
        super().__init__(N_("This address does not answer to that kind of request."))


class Unreadable(Problem):
    """The body is not what its Content-Type says, or the address not what its path promises."""

    status = 400
    slug = "unreadable"
    title = N_("The request could not be read")

    def __init__(
        self,
        message: str = N_("The body of the request is not valid. Check its format and send again."),
        **values: Any,
    ) -> None:
        super().__init__(message, **values)


class Broken(Problem):
    """Our fault. Nothing was stored."""

    status = 500
    slug = "broken"
    title = N_("Something broke on our side")

    def __init__(self) -> None:
        super().__init__(
            N_(
                "Nothing was stored. Please try again; if it happens again, tell the operator this number: {request_id}."
            )
        )


class NotReady(Problem):
    status = 503
    slug = "not-ready"
    title = N_("Not ready yet")

    def __init__(self) -> None:
        super().__init__(N_("The database does not answer. Please try again in a moment."))


class FilesNotReady(Problem):
    """The database answers and the file store does not, or has lost or damaged what it was given."""

    status = 503
    slug = "files-not-ready"
    title = N_("Photographs and documents cannot be reached")

    def __init__(self) -> None:
        super().__init__(
            N_(
                "Nothing was stored. Please try again in a few minutes; if it goes on, tell the operator that "
                "the file store does not answer."
            )
        )


PROBLEMS: Final[dict[str, type[Problem]]] = {
    kind.slug: kind
    for kind in (
        Malformed,
        Refused,
        Doubtful,
        Conflict,
        NotFound,
        Forbidden,
        SignInNeeded,
        CrossSite,
        TooLarge,
        TooMany,
        MethodRefused,
        Unreadable,
        Broken,
        NotReady,
        FilesNotReady,
    )
}
