"""Cases in words: their limit, and what each came to.

Invariant: a sentence says the days from which an outcome follows, so that a reader can count them again.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from govscore.calendar.days import UnknownYearError, shipped
from govscore.calendar.limits import duration
from govscore.facts.switch_words import switch_words
from govscore.facts.switches import Switch
from govscore.i18n import gettext as _
from govscore.i18n import ngettext
from govscore.text import inert

if TYPE_CHECKING:
    from collections.abc import Mapping

    from govscore.calendar.limits import Duration
    from govscore.calendar.moments import Moment
    from govscore.facts.base import Period
    from govscore.facts.judging import Judged


def duration_words(length: Duration) -> str:
    """A duration: `20 working days`."""
    templates = {
        "hour": ngettext("{number} hour", "{number} hours", length.number),
        "day": ngettext("{number} day", "{number} days", length.number),
        "working day": ngettext("{number} working day", "{number} working days", length.number),
        "week": ngettext("{number} week", "{number} weeks", length.number),
        "month": ngettext("{number} month", "{number} months", length.number),
    }
    return templates[length.unit].format(number=length.number)


def limit_words(
    title: str, limit: str | Switch, groups: Mapping[str, str], *, least: bool, roll: bool
) -> str:
    """A fact's limit in a sentence; groups are called by their titles."""
    if isinstance(limit, Switch):
        said = switch_words(limit, lambda value: _one(value, least=least), groups)
    else:
        said = _one(limit, least=least)
    text = _("limit of {fact}: {limit}").format(fact=title, limit=said)
    if roll:
        text += _(" (moved to the next working day from one that is none)")
    return text


def _one(text: str, *, least: bool) -> str:
    length = duration(text)
    if length is None:
        return _("by {date}").format(date=text)
    template = _("at least {duration}") if least else _("within {duration}")
    return template.format(duration=duration_words(length))


def case_words(case: str, judged: Judged, period: Period) -> str:
    """One case with its days: "case c1: start 2024-03-01, due by 2024-03-29, finish 2024-04-02, …"."""
    parts = []
    if judged.start is not None:
        parts.append(_("start {moment}").format(moment=_shown(judged.start)))
    due = _("not before {moment}") if judged.limit.least else _("due by {moment}")
    parts.append(due.format(moment=_shown(judged.due)))
    finish = _("finish {moment}").format(moment=_shown(judged.finish)) if judged.finish else _("no finish")
    parts += [finish, _outcome(judged, period)]
    said = _(", ").join(parts)
    return _("case {case}: {said}").format(case=inert(case), said=said) if case else said


def outcome_words(judged: Judged, period: Period) -> str:
    """What a case came to, beside its own days: "due by 2024-03-29: 2 working days late"."""
    due = _("not before {moment}") if judged.limit.least else _("due by {moment}")
    return _("{due}: {outcome}").format(
        due=due.format(moment=_shown(judged.due)), outcome=_outcome(judged, period)
    )


def _outcome(judged: Judged, period: Period) -> str:
    if judged.outcome == "late":
        return _short(judged) if judged.limit.least else _late(judged, period)
    if judged.outcome == "missing":
        return _("still missing at the end of the period ({date})").format(date=period.last)
    if judged.outcome == "early":
        return _("early: it finished before it started")
    return _("on time") if judged.outcome == "on_time" else _("still running, not counted yet")


def _late(judged: Judged, period: Period) -> str:
    """By how much a case is late, in the measure of its limit."""
    finish, due = judged.finish, judged.due
    if finish is None:
        raise ValueError("late without a finish")
    length = judged.limit.length
    if due.time is not None and finish.time is not None:
        minutes = -int((due.time - finish.time).total_seconds() // 60)
        return _("late by {hours} h {minutes} min").format(hours=minutes // 60, minutes=minutes % 60)
    if length is not None and length.unit == "working day":
        days = _working_days(due, finish, period)
        if days:
            template = ngettext("late by {number} working day", "late by {number} working days", days)
            return template.format(number=days)
    days = (finish.day - due.day).days
    return ngettext("late by {number} day", "late by {number} days", days).format(number=days)


def _working_days(due: Moment, finish: Moment, period: Period) -> int:
    """Working days after the limit; 0 if there are none, or if a notice to count them by is missing."""
    try:
        return (period.calendar or shipped()).between(due.day, finish.day)
    except UnknownYearError:
        return 0


def _short(judged: Judged) -> str:
    """By how much an opinion period is too short."""
    finish, due = judged.finish, judged.due
    if finish is None:
        raise ValueError("late without a finish")
    if due.time is not None and finish.time is not None:
        minutes = -int((finish.time - due.time).total_seconds() // 60)
        return _("too short by {hours} h {minutes} min").format(hours=minutes // 60, minutes=minutes % 60)
    days = (due.day - finish.day).days
    return ngettext("too short by {number} day", "too short by {number} days", days).format(number=days)


def _shown(moment: Moment) -> str:
    if moment.time is None:
        return moment.day.isoformat()
    return moment.time.isoformat(sep=" ", timespec="minutes" if not moment.time.second else "seconds")
