"""What goes wrong for reasons that a person can mend: one clear sentence each, never a traceback.

Every package derives its own errors from `NabaError`; the `naba` command prints the sentence and
ends with the exit code, the service turns it into a problem answer. A mistake in Naba itself is not
one of these and keeps its traceback.
"""

from __future__ import annotations

from typing import ClassVar

from pydantic import ValidationError


class NabaError(Exception):
    """Something a person can mend. `str(error)` is the sentence that says what to do; it holds no
    secret.
    """

    exit_code: ClassVar[int] = 1


def describe_settings(error: ValidationError, prefix: str = "NABA_") -> str:
    """One sentence a bad setting, naming its environment variable, without the value (it may be a
    secret).

    In: what pydantic raised while building settings. Out: lines of text for people.
    """
    sentences = []
    for problem in error.errors(include_url=False, include_input=False, include_context=False):
        name = prefix + "_".join(str(part) for part in problem["loc"]).upper()
        reason = problem["msg"].removeprefix("Value error, ")
        sentences.append(f"The setting {name} cannot be used: {reason}.")
    return "\n".join(sentences)
