"""What the service needs of writing; the loader can do it, and `naba` joins the two."""

from __future__ import annotations

from typing import Protocol


class Newsroom(Protocol):
    """Decides about articles. The methods block, and raise NabaError with one sentence when it
    cannot be done now.
    """

    def withdraw(self, article_id: str, reason: str, by: str) -> bool:
        """Take an article out of everything. False when it was withdrawn before."""

    def restore(self, article_id: str, by: str) -> bool:
        """Let it be found again. False when it was not withdrawn."""
