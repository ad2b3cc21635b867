"""What items and vetoes have in common: texts for people, who has it, who reviews it, what is asked.

Invariant: what is asked is the same for all units; only what facts come to may differ.
"""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from pydantic import Field, PrivateAttr, SerializeAsAny

from govscore.facts.base import FactType
from govscore.facts.by_matter import with_matter
from govscore.rules.values import Identifier, Part, Passage, SimpleIdentifier, Title
from govscore.scheme.reviewing import ReviewersValue

if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Self

    from govscore.facts.base import Assessed, Period, Question


class Entry(Part):
    """What items and vetoes have in common."""

    id: Identifier
    title: Title
    text: Passage = ""
    source: Passage = ""
    lead: Passage = ""
    responsible: Passage = ""
    deadline: Passage = ""
    note: Passage = ""
    applies_to: tuple[Identifier, ...] | None = None
    reviewers: ReviewersValue | None = None
    """None: a single one. In a checked scheme what the scheme states for all stands here, too."""
    facts: dict[SimpleIdentifier, SerializeAsAny[FactType]] = Field(default_factory=dict)
    _by_matter: frozenset[str] = PrivateAttr(default=frozenset())
    """Facts whose rows may name their matter: `yields_to` compares them with rows of other items."""

    def applies(self, group: str, unit: str, tags: tuple[str, ...]) -> bool:
        """Whether the scheme gives it to a unit."""
        if self.applies_to is None:
            return True
        return any(name in (group, unit) or name in tags for name in self.applies_to)

    @cached_property
    def several(self) -> bool:
        """Whether several reviewers establish facts, each their own; where nothing is asked, nobody does."""
        return self.reviewers is not None and self.reviewers.several and bool(self.asked)

    @property
    def combines(self) -> bool:
        """Whether several reviewers' points become one number, so that their facts may differ."""
        return self.several and self.reviewers is not None and self.reviewers.combines

    @property
    def layered(self) -> bool:
        """Whether it has facts more than once: of several reviewers, or in every period."""
        return self.combines

    def spans(self, period: Period) -> Mapping[str, Period]:
        """The periods in which it is asked, by what findings call them; one "" if it is asked once."""
        return {"": period}

    @cached_property
    def asked(self) -> dict[str, FactType]:
        """Every fact that a reviewer establishes for it, by id."""
        return dict(self.facts)

    @cached_property
    def fact_names(self) -> dict[str, str]:
        """The id of the fact that each word in a row's `fact` is about."""
        return {name: id for id, fact in self.asked.items() for name in fact.fact_names(id)}

    def of(self, unit: Assessed, day: str) -> Self:
        """The entry as it stands for a unit: what depends on its group or tags, and on the first day."""
        del unit, day  # facts settle their own switches; only items have others
        return self

    @property
    def questions(self) -> tuple[Question, ...]:
        """The form: what to ask, in order."""
        asked = {id: fact.question(id) for id, fact in self.asked.items()}
        return tuple(with_matter(each) if id in self._by_matter else each for id, each in asked.items())

    def asking_matters(self, facts: frozenset[str]) -> Self:
        """The entry whose rows of these facts may name the matter that they are about."""
        copy = self.model_copy()
        copy._by_matter = facts  # noqa: SLF001 - its own kind
        return copy
