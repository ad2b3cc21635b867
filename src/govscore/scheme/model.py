"""The scheme as frozen data: what `check` accepts and `score` scores is this one model.

Invariant: a `Scheme` exists only if every check passed; whoever holds one need not check again.
Source of the language: `docs/scheme.md`.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Annotated, Any, ClassVar, Literal, cast

from pydantic import Field, SerializeAsAny

from govscore.facts.base import FactType, Period
from govscore.i18n import gettext as _
from govscore.points import Points
from govscore.rules.base import Frame, Rule
from govscore.rules.conditions import Condition, ConditionValue
from govscore.rules.line_words import TOTAL
from govscore.rules.periods import spans_of
from govscore.rules.same_matter import SameMatterValue
from govscore.rules.unit_values import PositiveOfUnits
from govscore.rules.values import (
    Identifier,
    Label,
    Part,
    SwitchedPoints,
    Title,
)
from govscore.rules.words import with_limits
from govscore.scheme.entry import Entry
from govscore.scheme.nesting import Below, by_section
from govscore.scheme.policies import OwnNotApplicable, with_own
from govscore.scheme.reviewing import SINGLE, ReviewersValue
from govscore.scheme.settings import SchemePart, SchemePeriod, Total, whole_part
from govscore.scheme.standing import Effect, Grade, Rank
from govscore.scheme.values import FormatOne
from govscore.scheme.variants import Variants, frame_of, variants_of
from govscore.scheme.warning_kinds import Lint

if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Self

    from govscore.calendar.days import Calendar
    from govscore.facts.base import Assessed
    from govscore.facts.switches import Switch

ItemKind = Literal["base", "bonus", "major_deduction"]
KINDS: tuple[ItemKind, ...] = ("base", "bonus", "major_deduction")


class Header(Part):
    """`[scheme]`."""

    later: ClassVar[frozenset[str]] = frozenset()

    id: Identifier
    title: Title
    period: SchemePeriod
    points_source: Literal["illustrative", "official"]
    notice: Label = ""
    reviewers: ReviewersValue = SINGLE
    """Of every item and veto that states none of its own."""


class Section(Part):
    """`[[section]]`: a level of the tree; its items are leaves."""

    id: Identifier
    title: Title
    section: str | None = None
    part: str | None = None
    """Of a top section, in a scheme with parts."""
    points: PositiveOfUnits | None = None
    cap: PositiveOfUnits | None = None
    same_matter: SameMatterValue | None = None
    """How events of one matter count over all of its bonus items; replaces what these say."""


class Item(Entry):
    """`[[base]]`, `[[bonus]]` or `[[major_deduction]]`."""

    kind: ItemKind
    section: str | None = None
    part: str | None = None
    """Of a loose item, in a scheme with parts; a bonus or major item without one acts on the total."""
    points: SwitchedPoints | None = None
    cap: SwitchedPoints | None = None
    rule: SerializeAsAny[Rule]
    effect: Effect | None = None
    not_applicable: OwnNotApplicable | None = None
    """Of a base item: instead of the policy of the whole."""
    needs_claim: Annotated[bool, Field(strict=True)] = False
    """Of a bonus item: without a finding it is not claimed, which is reviewed and worth 0."""

    @cached_property
    def worth(self) -> Points | Switch | None:
        """As the scheme states it: a base item's points, else its cap."""
        return self.points if self.kind == "base" else self.cap

    @property
    def layered(self) -> bool:
        """Whether it has facts more than once: of several reviewers, or in every period."""
        return self.combines or self.rule.per is not None

    def spans(self, period: Period) -> Mapping[str, Period]:
        """The periods in which it is asked, by what findings call them; one "" if it is asked once."""
        return {"": period} if self.rule.per is None else spans_of(self.rule.per, period)

    @cached_property
    def full(self) -> Points | None:
        """What percentages refer to, and where it ends; ValueError if it depends on the unit."""
        if self.worth is None or isinstance(self.worth, Points):
            return self.worth
        raise ValueError("points that depend on the unit")

    @cached_property
    def frame(self) -> Frame:
        """The item as its rule sees it."""
        return frame_of(self)

    @cached_property
    def asked(self) -> dict[str, FactType]:
        """Every fact that a reviewer establishes for it, by id; they are the same for all units.

        What facts come to may differ: values are read by the unit's variant.
        """
        plain = self.variants.plain
        return plain.rule.asks(plain.frame)

    @property
    def variants(self) -> Variants:
        """The item as it stands in each case that its switches tell apart."""
        return variants_of(self)

    def of(self, unit: Assessed, day: str) -> Self:
        """The item as it stands for a unit; see `Variants.of`."""
        return cast("Self", self.variants.of(unit, day))

    def words(
        self,
        titles: Mapping[str, str] | None = None,
        frame: Frame | None = None,
        groups: Mapping[str, str] | None = None,
    ) -> str:
        """The rule in words, as a reviewer reads it, and the limits of its facts.

        The titles are of sections and items, and of groups; the frame holds what the scheme adds to the rule.
        """
        words = with_limits(self.rule.words(frame or self.frame, titles), self.facts, groups)
        if self.several and self.reviewers is not None:
            said = self.reviewers.words(self.frame.full)
            words = _("{rule}; {reviewers}").format(rule=words, reviewers=said)
        words = with_own(words, self.not_applicable)
        return _("{rule}; 0 if it is not claimed").format(rule=words) if self.needs_claim else words


class Veto(Entry):
    """`[[veto]]`."""

    part: str | None = None
    """The part whose score it acts on; None: the total."""
    when: ConditionValue
    warn_when: ConditionValue | None = None
    """Shown where it holds and the veto does not act; it has no effect."""
    effect: Effect

    def conditions(self) -> tuple[tuple[str, Condition], ...]:
        """Its conditions with their keys."""
        pairs = (("when", self.when), ("warn_when", self.warn_when))
        return tuple((key, condition) for key, condition in pairs if condition is not None)


class SchemeModel(Part):
    """The whole file."""

    format: FormatOne
    scheme: Header
    groups: Annotated[dict[Identifier, Title], Field(min_length=1)]
    total: Total
    rank: Rank
    part: tuple[SchemePart, ...] = ()
    section: tuple[Section, ...] = ()
    grade: tuple[Grade, ...] = ()
    base: tuple[Item, ...]
    bonus: tuple[Item, ...] = ()
    major_deduction: tuple[Item, ...] = ()
    veto: tuple[Veto, ...] = ()
    lint: Lint | None = None


@dataclass(frozen=True)
class Scheme:
    """A checked scheme."""

    model: SchemeModel
    text: str
    """The TOML that it was read from ("" if it was given as a mapping)."""
    name: str
    """What messages call it."""
    calendar: Calendar | None = None
    """Working days, if an office added to those that are shipped."""
    calendar_text: str = ""
    """The TOML of what the office added."""

    @property
    def id(self) -> str:
        """The scheme's id."""
        return self.model.scheme.id

    @property
    def title(self) -> str:
        """The scheme's title."""
        return self.model.scheme.title

    @property
    def notice(self) -> str:
        """A sentence that every output prints ("" if there is none)."""
        return self.model.scheme.notice

    @property
    def places(self) -> int:
        """How many decimals points are displayed with."""
        return self.model.total.places

    @property
    def groups(self) -> dict[str, str]:
        """Titles of the groups by id."""
        return self.model.groups

    @property
    def grades(self) -> tuple[Grade, ...]:
        """The grades from the top."""
        return self.model.grade

    @cached_property
    def period(self) -> Period:
        """First and last day as ISO dates, and the working days."""
        period = self.model.scheme.period
        return Period(first=period.from_.isoformat(), last=period.to.isoformat(), calendar=self.calendar)

    @cached_property
    def parts(self) -> tuple[SchemePart, ...]:
        """The parts with their settings; without `[[part]]` one, whose id is "", set in `[total]`."""
        return self.model.part or (whole_part(self.model.total, self.title),)

    @property
    def has_parts(self) -> bool:
        """Whether the scheme states `[[part]]`."""
        return bool(self.model.part)

    def owner_of(self, entry: Item | Veto | Section) -> str:
        """The id of the part that something belongs to, its own or that of its top section; "": none."""
        above = entry if isinstance(entry, Veto) else self._top(entry)
        return above.part or ""

    def part(self, id: str) -> SchemePart:
        """A part by its id; "": the one of a scheme that states none."""
        return next(part for part in self.parts if part.id == id)

    def part_title(self, id: str) -> str:
        """The title of a part; "" for the total."""
        return next((part.title for part in self.model.part if part.id == id), "")

    def _top(self, entry: Item | Section) -> Item | Section:
        while entry.section is not None:
            entry = self.sections[entry.section]
        return entry

    def settings_of(self, item: Item) -> SchemePart | None:
        """What holds for a single item (`floor_at`, `times`); None: it acts on the total beside the parts."""
        owner = self.owner_of(item)
        return next((part for part in self.parts if part.id == owner), None)

    @cached_property
    def items(self) -> dict[str, Item]:
        """All items by id in item order: base, bonus, major, each as in the file."""
        model = self.model
        return {item.id: item for item in (*model.base, *model.bonus, *model.major_deduction)}

    @cached_property
    def vetoes(self) -> dict[str, Veto]:
        """All vetoes by id."""
        return {veto.id: veto for veto in self.model.veto}

    @cached_property
    def entries(self) -> dict[str, Item | Veto]:
        """Everything that a finding can be made on: items, then vetoes."""
        return {**self.items, **self.vetoes}

    def item(self, id: str, unit: Assessed) -> Item:
        """An item as it stands for a unit."""
        return self.items[id].of(unit, self.period.first)

    def entry(self, id: str, unit: Assessed) -> Item | Veto:
        """An item or veto as it stands for a unit."""
        return self.entries[id].of(unit, self.period.first)

    @cached_property
    def several(self) -> frozenset[str]:
        """Items and vetoes on which several reviewers decide, each for themselves."""
        return frozenset(id for id, entry in self.entries.items() if entry.several)

    @cached_property
    def sections(self) -> dict[str, Section]:
        """All sections by id, as in the file."""
        return {section.id: section for section in self.model.section}

    @cached_property
    def titles(self) -> dict[str, str]:
        """Titles of sections, items and vetoes by id."""
        return {id: each.title for id, each in {**self.sections, **self.entries}.items()}

    @cached_property
    def charges_total(self) -> bool:
        """Whether any line takes its points from the total itself."""
        return any(TOTAL in item.rule.targets() for item in self.items.values())

    def children(self, section: str | None) -> tuple[Section, ...]:
        """The sections directly below one (None: the top sections)."""
        return self._inside[0].get(section, ())

    def items_of(self, section: str | None) -> tuple[Item, ...]:
        """The items directly below a section (None: the loose ones)."""
        return self._inside[1].get(section, ())

    @cached_property
    def _inside(self) -> tuple[Below[Section], Below[Item]]:
        """Sections and items by the section that they stand in."""
        return by_section(self.model.section), by_section(self.items.values())

    def meaning(self) -> dict[str, Any]:
        """The parsed scheme as plain data: what its digest is made of (not the bytes, and not `[lint]`)."""
        return self.model.model_dump(mode="python", by_alias=True, exclude_defaults=True, exclude={"lint"})
