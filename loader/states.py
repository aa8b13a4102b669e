"""Whether the sender of an article allows it to be published: its status, and its embargo."""

from __future__ import annotations

from datetime import datetime
from typing import Literal

from loader.raw import Given

# The words of NewsML-G2 and ninjs (usable, withheld, canceled), NewsML 1.2, NITF, Superdesk,
# WordPress and Atom, without their prefix (`stat:`).
State = Literal["usable", "canceled", "withheld", "draft"]
_STATES: dict[State, str] = {
    "usable": "usable corrected update-of published publish auto_published final free "
    "ingested routed",
    "canceled": "canceled cancelled killed kill recalled withdrawn retracted unpublished deleted "
    "trash spiked takedown",
    "withheld": "withheld embargoed private embargo restricted hold",
    "draft": "draft scheduled pending auto-draft future in_progress submitted fetched "
    "inherit preview",
}
_STATE_OF = {word: state for state, words in _STATES.items() for word in words.split()}
_REASONS = {
    "canceled": "The sender has canceled it.",
    "withheld": "The sender withholds it.",
    "draft": "Its sender has not published it yet.",
}


def state_of(status: str) -> State | None:
    """The state that a sender's word means; None for a word that nobody knows."""
    word = status.strip().lower()
    return _STATE_OF.get(word) or _STATE_OF.get(word.rpartition(":")[2].rpartition("/")[2])


def unusable(given: Given, now: datetime) -> tuple[str, str] | None:
    """Why an article may not be shown now, as a stable code (canceled, withheld, draft,
    unknown-status, embargoed) and a sentence; None where it may. `now` is aware.
    """
    if given.status:
        state = state_of(given.status)
        if state is None:
            return "unknown-status", f"Nobody knows what its status {given.status[:40]!r} means."
        if state != "usable":
            return state, _REASONS[state]
    return _embargoed(given.embargo, now) if given.embargo else None


def _embargoed(embargo: str, now: datetime) -> tuple[str, str] | None:
    try:
        if datetime.fromisoformat(embargo) <= now:
            return None
    except (ValueError, TypeError):  # what cannot be read is kept back: it would be told too early
        return "embargoed", f"It is under an embargo until {embargo[:40]!r}, which cannot be read."
    return "embargoed", f"It may be published from {embargo} on; load it again then."
