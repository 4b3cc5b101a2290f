"""Every exception and warning that dealterms raises."""

from __future__ import annotations


class DealtermsError(Exception):
    """Root of all errors of this package.

    Parameters
    ----------
    message : str
        What happened, with the offending value.
    remedy : str, optional
        What to do about it.

    Examples
    --------
    >>> str(DealtermsError("the file is empty", "give a filing or a narrative"))
    'the file is empty; give a filing or a narrative'
    """

    code = "E000"

    def __init__(self, message: str, remedy: str = "") -> None:
        self.message = message
        self.remedy = remedy
        super().__init__(f"{message}; {remedy}" if remedy else message)


class InputError(DealtermsError, ValueError):
    """The text, file or line given cannot be read as a narrative or a filing."""

    code = "E100"


class NoDealItemError(InputError):
    """A Form 8-K was read, but none of its items can tell of a deal."""

    code = "E101"


class NotFoundError(DealtermsError, LookupError):
    """A file, model or resource is missing."""

    code = "E200"


class PatternError(DealtermsError, ValueError):
    """A pattern file is malformed."""

    code = "E300"


class ModelError(DealtermsError, ValueError):
    """A model artifact is damaged, mismatched or of another format."""

    code = "E400"


class ExampleError(DealtermsError, ValueError):
    """A labelled narrative breaks the annotation's rules."""

    code = "E500"


class WorkerError(DealtermsError):
    """The processes that work on many filings cannot do so at all."""

    code = "E600"


class DealtermsWarning(UserWarning):
    """Root of all warnings of this package."""


class PatternsChangedWarning(DealtermsWarning):
    """The model was trained on the candidates of other patterns."""
