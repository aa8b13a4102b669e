"""What a credit looks like that names no known agency: an agency yet to be known, an outlet, a
correspondent, or nobody.
"""

from __future__ import annotations

import re
from typing import Literal

from loader.extract.gazetteer import is_person
from loader.extract.segments import split
from mappings.agencies import Registry, name_key

CreditKind = Literal["agency", "outlet", "correspondent", "nobody"]
_LENGTH = 200  # characters of a credit line that are looked at


def _words(text: str) -> frozenset[str]:
    return frozenset(map(name_key, text.split()))


_AGENCIES = _words("وكالة أنباء الأنباء للأنباء agency newswire press")
_OUTLETS = _words("صحيفة جريدة مجلة موقع قناة إذاعة تلفزيون فضائية شبكة بوابة")
_STAFF = _words(
    "مراسل مراسلة مراسلنا مراسلتنا مراسلونا المراسل موفدنا مندوبنا بقلم كتب كتبت المحرر محرر "
    "تحرير إعداد ترجمة تقرير حوار متابعة by correspondent staff"
)
_NOBODY = _words("خاص متابعات وكالات الوكالات مواقع مصادر agencies exclusive")
_SEPARATORS = re.compile(r"[-–—/|(),،:\[\]]")


def credit_kind(credit: str, registry: Registry) -> CreditKind:
    """What a credit that names no known agency looks like: "outlet" where it names a known one or
    calls itself a paper, a channel or a site; "correspondent" where it says so or is a person's
    name; "nobody" where no word of it is a name ("وكالات"); else "agency".
    """
    credit = credit[:_LENGTH]
    words = name_key(credit).split()
    if registry.resolve(credit) or any(part.sources for part in split(credit, registry)):
        return "outlet"
    if registry.is_generic(credit) or _NOBODY.issuperset(words):
        return "nobody"
    if not _AGENCIES.isdisjoint(words):
        return "agency"
    if words[0] in _OUTLETS:
        return "outlet"
    staff = not _STAFF.isdisjoint(words) or any(map(is_person, _SEPARATORS.split(credit)))
    return "correspondent" if staff else "agency"
