"""Dates and numbers as apps write them in many places of the world."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from voicecoach.errors import UnitError
from voicecoach.store.exchange.dates import (
    MONTHS,
    DateOrder,
    date_of,
    instant,
    needs_order,
    settles,
)
from voicecoach.store.exchange.numerals import (
    count_of,
    exertion_of,
    load_of,
    number_of,
    seconds_of,
    shows_decimal_comma,
)
from voicecoach.store.exchange.rows import UnreadableRow
from voicecoach.units import Load, Unit

SUMMER_EVENING = datetime(2026, 7, 6, 17, 59)  # noqa: DTZ001 - by the lifter's clock


@pytest.mark.parametrize(
    "text",
    [
        "2026-07-06 17:59:00",
        "2026-07-06T17:59",
        "2026/07/06 5:59 PM",
        "6 Jul 2026, 17:59",
        "06 July 2026, 17:59",
        "Jul 6, 2026, 5:59 PM",
        "Jul 6, 2026, 5:59\N{NARROW NO-BREAK SPACE}PM",
        "July 6th, 2026 at 5:59 pm",
        "06.07.2026, 17:59",
        "6.7.26 17:59",
        "6. Juli 2026 um 17:59",
        "6 juil. 2026, 17:59",
        "6 de jul. de 2026, 17:59",
        "6 lug 2026, 17:59",
        "6 juli 2026 17:59",
        "6 июля 2026, 17:59",
        "6 lipca 2026, 17:59",
        "2026年7月6日 17:59",
        "2026. 7. 6. 오후 5:59",
        "Mon, 6 Jul 2026, 17:59",
    ],
)
def test_a_date_is_read_in_many_languages(text: str) -> None:
    written = date_of(text, None)
    assert written is not None
    assert written.at == SUMMER_EVENING
    assert written.has_time


@pytest.mark.parametrize(
    ("text", "order", "day", "month"),
    [
        ("05/06/2026", DateOrder.DAY_FIRST, 5, 6),
        ("05/06/2026", DateOrder.MONTH_FIRST, 6, 5),
        ("5-6-26", DateOrder.DAY_FIRST, 5, 6),
        ("05.06.2026", DateOrder.MONTH_FIRST, 5, 6),  # with dots it is day first everywhere
        ("06/06/2026", None, 6, 6),
    ],
)
def test_two_numbers_are_read_in_the_order_that_was_settled(
    text: str, order: DateOrder | None, day: int, month: int
) -> None:
    written = date_of(text, order)
    assert written is not None
    assert (written.at.day, written.at.month, written.has_time) == (day, month, False)


def test_a_day_without_a_time_is_at_noon() -> None:
    written = date_of("2026-08-04", None)
    assert written is not None
    assert written.at.hour == 12


@pytest.mark.parametrize(
    "text",
    [
        "",
        "yesterday",
        "2026-02-30",
        "31/02/2026",
        "2026-13-01",
        "1850-01-01",
        "05/06/2026",
        "2026-07-06 25:00",
        "2026-07-06 5:99 PM",
        "13:00 PM",
        "Foo 6, 2026",
        "2026-07-06 and more",
        "99999999",
        "2026-07-06 17:59 +99:99",
        "2026-07-06 14:00 PM",
    ],
)
def test_what_is_no_date_is_none(text: str) -> None:
    assert date_of(text, None) is None


@pytest.mark.parametrize(
    ("text", "shown", "asked"),
    [
        ("31/12/2026", DateOrder.DAY_FIRST, True),
        ("12/31/2026 7:00", DateOrder.MONTH_FIRST, True),
        ("05/06/2026", None, True),
        ("05/05/2026", None, False),
        ("05.06.2026", None, False),
        ("2026-06-05", None, False),
    ],
)
def test_a_date_shows_its_order_where_it_can(
    text: str, shown: DateOrder | None, asked: bool
) -> None:
    assert settles(text) is shown
    assert needs_order(text) is asked


def test_machines_write_utc_and_lifters_their_own_clock() -> None:
    berlin = timezone(timedelta(hours=2))
    for text, expected in (
        ("2026-07-06 17:59", datetime(2026, 7, 6, 17, 59, tzinfo=berlin)),
        ("2026-07-06T15:59:00Z", datetime(2026, 7, 6, 17, 59, tzinfo=berlin)),
        ("2026-07-06 15:59:00 +0000", datetime(2026, 7, 6, 17, 59, tzinfo=berlin)),
        ("2026-07-06 08:59 -07:00", datetime(2026, 7, 6, 15, 59, tzinfo=UTC)),
    ):
        written = date_of(text, None)
        assert written is not None
        assert instant(written.at, berlin) == expected
    kept = date_of("2026-07-06 08:59 -07:00", None)
    assert kept is not None
    assert instant(kept.at, berlin).utcoffset() == timedelta(hours=-7)


@given(
    st.datetimes(SUMMER_EVENING.replace(year=1950), SUMMER_EVENING.replace(year=2100)),
    st.sampled_from(sorted(MONTHS)),
)
def test_every_month_is_known_by_its_name_in_every_language(at: datetime, language: str) -> None:
    at = at.replace(second=0, microsecond=0)
    month = MONTHS[language].split()[at.month - 1]
    written = date_of(f"{at.day} {month} {at.year}, {at:%H:%M}", None)
    assert written is not None
    assert written.at == at


@pytest.mark.parametrize(
    ("text", "decimal_comma", "number"),
    [
        ("82.5", False, "82.5"),
        ("82,5", False, "82.5"),
        ("1,000", False, "1000"),
        ("1,000", True, "1"),
        ("1,234.5", False, "1234.5"),
        ("1.234,5", True, "1234.5"),
        (" 22.6796 ", False, "22.6796"),
        ("\N{MINUS SIGN}5", False, "-5"),
        ("1e2", False, "100"),
    ],
)
def test_a_number_is_read_with_either_mark(text: str, decimal_comma: bool, number: str) -> None:
    assert number_of(text, decimal_comma=decimal_comma) == Decimal(number)


@pytest.mark.parametrize("text", ["heavy", "8-10", "nan", "inf", "1e99", "0x10", "5 kg", "1,2,3"])
def test_what_is_no_number_is_told(text: str) -> None:
    with pytest.raises(UnreadableRow, match="is no number"):
        number_of(text, decimal_comma=False)


def test_only_some_numbers_show_a_decimal_comma() -> None:
    shown = [t for t in ("82,5", "82,25", "1,000", "82.5", "8", ",5") if shows_decimal_comma(t)]
    assert shown == ["82,5", "82,25", ",5"]


@pytest.mark.parametrize(
    ("text", "seconds"),
    [
        ("45", 45),
        ("45.0", 45),
        ("0:01:30", 90),
        ("1:30", 90),
        ("1h 5m", 3900),
        ("42m", 2520),
        ("1h 5m 3s", 3903),
        ("50s", 50),
        ("", None),
    ],
)
def test_a_duration_is_read_as_apps_write_it(text: str, seconds: int | None) -> None:
    assert seconds_of(text, decimal_comma=False) == seconds


@pytest.mark.parametrize("text", ["-5", "soon", "1:2:3:4"])
def test_what_is_no_duration_is_told(text: str) -> None:
    with pytest.raises(UnreadableRow):
        seconds_of(text, decimal_comma=False)


def test_repetitions_are_whole_and_loads_not_below_zero() -> None:
    assert count_of("8.0", "reps", decimal_comma=False) == 8
    with pytest.raises(UnreadableRow, match="no whole number"):
        count_of("8.5", "reps", decimal_comma=False)
    with pytest.raises(UnreadableRow, match="below zero"):
        count_of("-3", "reps", decimal_comma=False)
    assert load_of("", Unit.KG, decimal_comma=False) == Load(0)
    assert load_of("225", Unit.LB, decimal_comma=False) == Load.lb(225)
    with pytest.raises(UnreadableRow, match="below zero"):
        load_of("-20", Unit.KG, decimal_comma=False)


def test_an_exertion_off_the_scale_is_refused_and_none_is_none() -> None:
    assert exertion_of("0", decimal_comma=False) is None
    assert exertion_of("", decimal_comma=False) is None
    for text in ("4", "11", "8.3", "hard"):
        with pytest.raises(UnitError):
            exertion_of(text, decimal_comma=False)
