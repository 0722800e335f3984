"""What a form's answers are called in a link (`#v=1&total=50000`): names that stay, whatever the fields are called.

`templates/js/app/fragment.js` writes and reads them in the browser, and is handed these names by the page.
"""

from collections.abc import Mapping
from urllib.parse import quote

VERSION = "1"
COMPARE: Mapping[str, str] = {
    "mode": "mode",
    "areas.0": "a",
    "areas.1": "b",
    "areas.2": "c",
    "dates.0": "from",
    "dates.1": "to",
    "scheme": "scheme",
    "group": "group",
    "numbers.age": "age",
    "level": "level",
    "filing": "filing",
    "distance": "distance",
    "date": "date",
    "bill.total": "total",
    "bill.self_funded": "self",
    "bill.first_pay": "first",
    "bill.over_limit": "over",
    "admission": "stay",
}
"""The page on which places are compared."""


def fragment_of(answers: Mapping[str, str], names: Mapping[str, str]) -> str:
    """What stands behind `#` in an address: the answers in the order of the names, those without one left out."""
    told = "".join(f"&{name}={quote(answers[field], safe='')}" for field, name in names.items() if answers.get(field))
    return f"v={VERSION}{told}"
