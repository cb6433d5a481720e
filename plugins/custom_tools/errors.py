"""What can go wrong with tools, for whoever makes them and when they are used."""

from domain.errors import Conflict, LimitReached, Unavailable


class TooManyTools(LimitReached):
    """A business has only so many tools."""

    code = "TOO_MANY_TOOLS"

    def __init__(self, limit: int) -> None:
        super().__init__(f"There are {limit} tools already", limit=limit, used=limit)


class ToolNameTaken(Conflict):
    """Another tool of the business has this name."""

    code = "TOOL_NAME_TAKEN"

    def __init__(self, name: str) -> None:
        super().__init__(f"There is a tool {name!r} already")


class ToolGone(Unavailable):
    """The tool was deleted, or switched off, since the conversation began."""

    def __init__(self) -> None:
        super().__init__("This tool is not there any more")


class ToolShut(Unavailable):
    """What is known of callers may not go to that address."""

    def __init__(self, why: str) -> None:
        super().__init__(f"Nothing may be sent there: {why}")
        self.why = why


class ToolFailed(Unavailable):
    """The address did not answer as it should."""

    def __init__(self, error: str) -> None:
        super().__init__("The tool did not answer as it should")
        self.error = error
