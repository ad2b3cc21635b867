"""The desk: which unit and item are in hand, decisions on their way to the disk, drafts, undo.

Invariant: what the desk shows is the book plus the decisions that are still on their way; nothing of
somebody else's is overwritten without being asked, and nothing counts as saved before the book said so.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from functools import cached_property, partial
from typing import TYPE_CHECKING

from govscore.events import Decision, DecisionWithdrawn
from govscore.facts.base import Reader
from govscore.review import answers, checklist, tally
from govscore.review.book import alike
from govscore.review.outcomes import Clash, Decided, Draft, Incomplete, Outcome, Unchanged, Wrong
from govscore.review.several import Several
from govscore.review.sight import Sight
from govscore.review.twin import twin
from govscore.review.undo import Change, Step, Undo
from govscore.review.unsaved import Unsaved
from govscore.scoring.facts import read_entry
from govscore.scoring.findings import row_of

__all__ = ["Clash", "Decided", "Desk", "Draft", "Incomplete", "Outcome", "Unchanged", "Wrong"]

if TYPE_CHECKING:
    from collections.abc import Iterable

    from govscore.errors import Problem
    from govscore.events import Event, FactRow, Finding
    from govscore.facts.base import Period, Question
    from govscore.review.book import Book, Key
    from govscore.review.form import Form
    from govscore.review.live import Live
    from govscore.scheme.units import Unit
    from govscore.scoring.board import Board
    from govscore.scoring.facts import EntryFacts


__all__ = ["Clash", "Decided", "Desk", "Draft", "Incomplete", "Outcome", "Unchanged", "Wrong"]


class Desk:
    """All state of a sitting at the desk."""

    def __init__(self, book: Book) -> None:
        self.book = book
        self.scheme = book.scheme
        self.units = {unit.unit: unit for unit in book.units}
        self.drafts: dict[Key, Draft] = {}
        self.unsaved = Unsaved()
        self.undo = Undo()
        self._sight, self._several = Sight(book), Several(book)
        self._own_board: Board | None = None
        self._on_the_way: dict[Key, Finding | None] = {}
        self._jobs: Counter[Key] = Counter()
        self._tally: tally.Tally | None = None

    # --- what is shown --------------------------------------------------------

    @property
    def board(self) -> Board:
        """Scores of what is shown: the book's own board until the first decision here."""
        return self._own_board or self.book.board

    @property
    def tally(self) -> tally.Tally:
        """Progress of what is shown."""
        if self._tally is None:
            self._tally = tally.count(self.board)
        return self._tally

    @cached_property
    def order(self) -> tuple[checklist.Heading | str, ...]:
        """Headings and items in the order of the checklist."""
        return checklist.order(self.scheme)

    def in_order(self, items: Iterable[str]) -> list[str]:
        """Items as the checklist lists them."""
        mine = set(items)
        return [each for each in self.order if isinstance(each, str) and each in mine]

    def prepare(self) -> Board:
        """A board of the desk's own: previews and decisions on their way never touch the book's."""
        if self._own_board is None:
            self._own_board = twin(self.book.board)
        return self._own_board

    def finding(self, unit: str, item: str) -> Finding | None:
        """The decision shown: in force, or on its way to be."""
        if (unit, item) in self._on_the_way:
            return self._on_the_way[unit, item]
        return self._sight.held(unit, item).finding

    def seen(self, unit: str, item: str) -> int:
        """Number of the event that was shown last on an item; 0: none."""
        return self._sight.held(unit, item).number

    def is_saving(self, unit: str, item: str) -> bool:
        """Whether the decision shown is not on disk yet."""
        return self._jobs[unit, item] > 0

    @property
    def jobs(self) -> int:
        """How many decisions are on their way to the disk."""
        return self._jobs.total()

    def checklist(self, unit: Unit) -> tuple[checklist.ChecklistLine, ...]:
        """The items of a unit with their states."""
        result = self.board.unit(unit.unit)
        return checklist.lines(self.board, unit, result, self.order, self.book.author)

    def next_open(self, unit: Unit, after: str | None = None) -> str | None:
        """The next item to review, going round at the end; None: the unit is done."""
        lines = [line for line in self.checklist(unit) if isinstance(line, checklist.Line)]
        start = next((place + 1 for place, line in enumerate(lines) if line.id == after), 0)
        return next(
            (line.id for line in (*lines[start:], *lines[:start]) if checklist.needs_review(line)), None
        )

    # --- forms ----------------------------------------------------------------

    def form(self, unit: str, item: str) -> Form:
        """The form of an item: its draft if there is one, else the decision shown."""
        from govscore.review.form import Form

        draft = self.drafts.get((unit, item))
        finding = draft.finding if draft else self.finding(unit, item)
        words = partial(self._row_words, unit, item)
        return Form(self.scheme.entry(item, self.units[unit]), finding, words, self.periods(item))

    def periods(self, item: str) -> tuple[str, ...]:
        """The periods in which an item or veto is asked; one "" if it is asked once."""
        return tuple(self.scheme.entries[item].spans(self.scheme.period))

    def span(self, item: str, period: str) -> Period:
        """The days that a row may be about: those of its period that are assessed."""
        whole = self.scheme.period
        own = self.scheme.entries[item].spans(whole)[period]
        return replace(own, first=max(own.first, whole.first), last=min(own.last, whole.last))

    def _form(self, unit: str, item: str, finding: Finding | None) -> Form:
        """A form apart from what is shown, to see what it lacks or what it would become."""
        from govscore.review.form import Form

        return Form(self.scheme.entry(item, self.units[unit]), finding, periods=self.periods(item))

    def without_fault(self, unit: str, item: str, finding: Finding | None) -> Finding:
        """The clean finding for whatever a finding leaves blank, in every period."""
        form = self._form(unit, item, finding)
        form.fill_all()
        return form.finding

    def _row_words(self, unit: str, item: str, finding: Finding, question: Question, row: FactRow) -> str:
        """What a listed row comes to, or what is wrong with it."""
        entry = self.scheme.entry(item, self.units[unit])
        level = answers.level(finding, entry)
        span = entry.spans(self.scheme.period)[question.period] if question.period else None
        reader = Reader(question.id, self.scheme.period, unit=self.units[unit], level=level, span=span)
        said = entry.asked[question.id].row_words(row_of(unit, item, row), reader)
        return said or "".join(str(each).partition("\n")[0] for each in reader.problems[:1])

    def keep(self, unit: str, item: str, finding: Finding) -> None:
        """Keeps a changed form as a draft, until it is confirmed or made what it was."""
        draft, now = self.drafts.get((unit, item)), self.finding(unit, item)
        if finding == now or (now is None and not _says_something(finding)):
            self.drafts.pop((unit, item), None)
            return
        began, contested = (draft.began, draft.contested) if draft else (now, False)
        self.drafts[unit, item] = Draft(finding=finding, began=began, contested=contested)

    def established(self, unit: str, item: str, finding: Finding | None) -> EntryFacts:
        """What a finding says to the scoring, beside what others found where several review."""
        return self._several.established(self.units[unit], item, finding)

    def live(self, unit: str, item: str, finding: Finding | None = None) -> Live:
        """The unit's figures with a finding in the form (None: as decided)."""
        from govscore.review.live import covered, live  # with the trace, which the overview does without

        board, now = self.prepare(), self.finding(unit, item)
        if self._several.hides(item, now):
            return covered(live(board, self.units[unit], item), self._several, self.units[unit], finding)
        facts = None if finding is None else self.established(unit, item, finding)
        return live(board, self.units[unit], item, facts)

    def trial(self, unit: str, item: str, form: Form) -> tuple[Live, bool]:
        """The figures with a form as it stands; True: begun, and its rest taken as without fault."""
        begun = bool(form.finding.rows or form.finding.state) and bool(form.open_questions)
        if not begun:
            return self.live(unit, item, form.finding), False
        rest = self.without_fault(unit, item, form.finding)
        if item in self.scheme.several or self.established(unit, item, rest).state == "open":
            return self.live(unit, item, form.finding), False
        return self.live(unit, item, rest), True

    # --- deciding -------------------------------------------------------------

    def confirm(self, unit: str, item: str, finding: Finding, *, seen: int | None = None) -> Outcome:
        """Decides what the form holds, if it is complete, valid and nobody was faster.

        Args:
            unit: whose.
            item: of what.
            finding: what the form holds.
            seen: what `seen` said when the question was put that led to this; None: none was.
        """
        form = self._form(unit, item, finding)
        now, draft = self.finding(unit, item), self.drafts.get((unit, item))
        same = finding == (now or answers.EMPTY)
        if same and (failed := self.unsaved.again((unit, item))):
            return Decided(step=self.show(failed))
        if not form.questions and not finding.is_na:
            return Unchanged()
        if form.open_questions:
            return Incomplete(questions=form.open_questions)
        problems = () if same else self._problems(unit, item, finding)
        if problems:
            return Wrong(problems=problems)
        if same:
            return Unchanged()
        surprised = draft is not None and (draft.contested or not alike(draft.began, now))
        if surprised or seen not in (None, self.seen(unit, item)):
            return self.clash(unit, item, finding)
        return Decided(step=self.decide(unit, item, finding))

    def clash(self, unit: str, item: str, mine: Finding) -> Clash:
        """What is to be asked: theirs, as the screen shows it from now on, or mine."""
        held = self._sight.held(unit, item)
        return Clash(unit=unit, item=item, theirs=held.finding, mine=mine, event=held.event)

    def decide(self, unit: str, item: str, finding: Finding | None, *, over: int | None = None) -> Step:
        """Shows a decision at once; the step, with what it replaces, is to be saved."""
        key = (unit, item)
        before = self._sight.held(unit, item).finding if key in self.unsaved else self.finding(unit, item)
        draft = self.drafts.get(key)
        form = draft.finding if draft else None
        begun = form if form not in (None, finding) and _says_something(form) else None
        step = Step(changes=(Change(unit=unit, item=item, before=before, after=finding, begun=begun),))
        self.undo.add(step)
        return self.show(step, over=over)

    def decide_many(self, unit: str, findings: Iterable[tuple[str, Finding]]) -> Step:
        """Shows several decisions on a unit at once, as one step."""
        changes = tuple(
            Change(unit=unit, item=item, before=self.finding(unit, item), after=finding)
            for item, finding in findings
        )
        step = Step(changes=changes)
        self.undo.add(step)
        return self.show(step)

    def show(self, step: Step, *, over: int | None = None) -> Step:
        """Puts a step on the board before it is saved, and notes what it replaces.

        Args:
            step: one of `undo`, or a new one.
            over: the event that it replaces knowingly; None: on each item the one that was shown last.
        """
        changes = tuple(
            replace(change, replaces=self.seen(*change.key) if over is None else over)
            for change in step.changes
        )
        for change in changes:
            key = change.key
            self._on_the_way[key] = change.after
            self._jobs[key] += 1
            self.unsaved.pop(key, None)
            draft = self.drafts.pop(key, None)
            form = draft.finding if draft else change.returns
            if form is not None and form not in (change.after, change.begun):
                self.drafts[key] = Draft(finding=form, began=change.after)
            self._put(key, change.after)
        return Step(changes=changes)

    # --- what became of it ----------------------------------------------------

    def saved(self, step: Step, events: Iterable[Event]) -> None:
        """The book has it on disk, as these events."""
        self._sight.wrote(events)
        for change in step.changes:
            if self._arrived(change):
                self._on_the_way.pop(change.key, None)

    def not_saved(self, step: Step, why: str) -> None:
        """The book could not save it: it stays visible, marked as not saved."""
        for change in step.changes:
            self._arrived(change)
        self.unsaved.keep(step, why)

    def refused(self, step: Step, events: Iterable[Event]) -> None:
        """Somebody was faster, and nothing of the step was written: theirs is shown.

        What one decision held stays as a draft; of many at once each was the clean finding, or none.
        """
        gone = [change for change in step.changes if self._arrived(change)]
        for change in gone:
            self._on_the_way.pop(change.key, None)
            self.undo.forget(*change.key)
        self.others(events)
        for change in gone:
            if len(step.changes) == 1 and change.after is not None:
                self.drafts.setdefault(
                    change.key, Draft(finding=change.after, began=change.before, contested=True)
                )
            self._put(change.key, self.finding(*change.key))

    def put_aside(self, clash: Clash) -> None:
        """Theirs holds for now; mine waits as a draft, and is asked about again when it is confirmed."""
        key, mine = (clash.unit, clash.item), clash.mine
        draft = self.drafts.get(key)
        if draft is not None and _says_something(draft.finding):
            # A form that was begun holds more than "not applicable"; the reason for that goes with it.
            mine = replace(draft.finding, reason=mine.reason or draft.finding.reason)
        self.drafts[key] = Draft(finding=mine, began=clash.theirs, contested=True)

    def adopt(self, unit: str, item: str) -> None:
        """Shows what the book says, and gives up the desk's own."""
        key = (unit, item)
        self._on_the_way.pop(key, None)
        self.unsaved.pop(key, None)
        self.drafts.pop(key, None)
        self.undo.forget(unit, item)
        self._put(key, self.finding(unit, item))

    def overrule(self, clash: Clash) -> Step:
        """Decides over what somebody else decided, as far as the question showed it."""
        self._on_the_way.pop((clash.unit, clash.item), None)
        self.unsaved.pop((clash.unit, clash.item), None)
        self.undo.forget(clash.unit, clash.item)
        over = clash.event.number if clash.event else 0
        return self.decide(clash.unit, clash.item, clash.mine, over=over)

    def others(self, events: Iterable[Event]) -> tuple[Key, ...]:
        """Shows what others decided; drafts stay, and are asked about when they are confirmed."""
        events = tuple(events)
        self._sight.told(events)
        seen: list[Key] = []
        for event in events:
            body = event.body
            if not isinstance(body, Decision | DecisionWithdrawn):
                continue
            key, beside = (body.unit, body.item), self.is_beside(event)
            if self._jobs[key] and not beside:
                continue
            if not beside:
                self._give_way(key)
            if self._own_board is not None:
                self._put(key, self.finding(*key))
            seen.append(key)
        self._tally = None
        return tuple(dict.fromkeys(seen))

    def is_beside(self, event: Event) -> bool:
        """Whether a decision of another reviewer stands beside the own one, and so contests nothing."""
        return self._several.is_of_another(event)

    def _give_way(self, key: Key) -> None:
        """Somebody else decided on an item: what was decided here and is not saved becomes a draft."""
        self.undo.forget(*key)
        mine = self._on_the_way.pop(key, None)
        if self.unsaved.pop(key, None) is not None and mine is not None:
            # It never reached the disk, and now there is a question about it.
            self.drafts.setdefault(key, Draft(finding=mine, began=None, contested=True))

    def _put(self, key: Key, finding: Finding | None) -> None:
        self.prepare().put(*key, self.established(*key, finding))
        self._tally = None

    def _arrived(self, change: Change) -> bool:
        """Counts a job as done; True if it was the last one on its item."""
        self._jobs[change.key] -= 1
        if self._jobs[change.key] > 0:
            return False
        del self._jobs[change.key]
        return True

    def _problems(self, unit: str, item: str, finding: Finding) -> tuple[Problem, ...]:
        rows = self._several.own_rows(unit, item, finding)
        entry, period = self.scheme.entries[item], self.scheme.period
        problems = read_entry(entry, rows, period, self.units[unit])[1] if rows else ()
        return tuple(problems) or tuple(self.book.check(unit, item, finding))


def _says_something(finding: Finding | None) -> bool:
    return finding is not None and bool(finding.rows or finding.state or finding.reason)
