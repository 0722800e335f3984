"""Records: values like those of a frozen dataclass, without its price; and what is found only when asked for."""

from calculator.answer import Later
from calculator.record import record


@record()
class Point:
    x: int
    y: int = 0


@record(eq=False)
class Sheet:
    lines: tuple[int, ...]


def test_records_are_compared_and_hashed_by_their_fields() -> None:
    assert Point(1) == Point(1, 0)
    assert {Point(1): "a"}[Point(1)] == "a"
    assert Point(1) != Point(2)


def test_a_record_without_eq_is_only_itself() -> None:
    one = Sheet((1,))

    assert one != Sheet((1,))
    assert {one: "a"}[one] == "a"


def test_a_record_has_only_its_fields() -> None:
    assert not hasattr(Point(1), "__dict__")


def test_what_is_found_later_is_found_once() -> None:
    asked: list[None] = []

    def find() -> None:
        asked.append(None)

    later = Later(find)
    assert asked == []
    assert later() is None
    assert later() is None
    assert asked == [None]
