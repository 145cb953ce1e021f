"""The one way in which this room says no."""


class Misspelt(Exception):
    """Something is not written as GS1 writes it; the message is one of ours, to be translated at the door."""

    def __init__(self, message: str, **values: str | int) -> None:
        super().__init__(message)
        self.message = message
        self.values = values
