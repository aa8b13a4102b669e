"""The options by which a person vouches for what the text lacks: `--agency` and `--date` of `check`
and `load`.
"""

from __future__ import annotations

import re
from datetime import date

import typer

from loader.raw import Given
from mappings.agencies import Registry

_DATE = re.compile(r"([0-9]{4})(?:-([0-9]{2})(?:-([0-9]{2}))?)?")


def given_options(agency: str | None, day: str | None, registry: Registry) -> Given | None:
    """What the options say, checked; None when neither is used. Raises typer.BadParameter."""
    if agency is None and day is None:
        return None
    if agency is not None:
        known = registry.get(agency) or registry.resolve(agency)
        if known is None:
            raise typer.BadParameter(
                f"{agency!r} is no agency of the registry; give an id such as reuters, "
                "or add it to your own file (NABA_AGENCIES).",
                param_hint="--agency",
            )
        agency = known.id
    if day is not None:
        _check_date(day)
    return Given(agency=agency, published=day)


def _check_date(day: str) -> None:
    match = _DATE.fullmatch(day)
    try:
        if match is None:
            raise ValueError
        date(int(match[1]), int(match[2] or 1), int(match[3] or 1))
    except ValueError:
        raise typer.BadParameter(
            f"{day!r} is no date; write YYYY-MM-DD, YYYY-MM or YYYY.", param_hint="--date"
        ) from None
