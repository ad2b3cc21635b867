"""What becomes of points where an item is not applicable: one policy a part, and perhaps an item's own.

Invariant: a policy that passed says everything that it needs, and nothing that it does not use.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, Final, Literal

from pydantic_core import PydanticCustomError

from govscore.facts.relations import relation
from govscore.i18n import gettext as _
from govscore.rules.values import Part, Proportion
from govscore.rules.words import percent_words

if TYPE_CHECKING:
    from collections.abc import Mapping

    from govscore.scheme.model import Item, Scheme

Policy = Literal["rescale", "rate", "peer_mean"]
_TAKES: Final[Mapping[str, tuple[str, ...]]] = {
    "rescale": ("to", "within"),
    "rate": ("rate", "without_note"),
    "peer_mean": (),
}
"""The keys that each policy of a part takes."""
_NEEDS: Final[Mapping[str, tuple[str, ...]]] = {"rescale": ("to", "within"), "rate": ("rate",)}


class AnyPolicy(Part):
    """What a policy of a part and an item's own have in common."""

    policy: Policy
    rate: Proportion | None = None
    without_note: Proportion | None = None
    """Where no note was published; None: as with one."""

    def _keys(self, takes: tuple[str, ...], needs: tuple[str, ...]) -> None:
        others = [key for key in self.model_fields_set if key not in ("policy", *takes)]
        if others:
            others.sort(key=list(type(self).model_fields).index)
            data = {"found": ", ".join(others), "policy": self.policy, "at": others[0]}
            raise PydanticCustomError("policy_key", "not a key of this policy", data)
        missing = [key for key in needs if key not in self.model_fields_set]
        if missing:
            data = {"policy": self.policy, "missing": ", ".join(missing)}
            raise PydanticCustomError("policy_needs", "a key is missing", data)

    def words(self) -> str:
        """What the item is worth then, where it is not rescaled."""
        if self.policy == "peer_mean":
            return _("the group's mean share of the item's points")
        if self.rate is None:
            return _("rescaled to the points assigned")
        text = _("{share} of the item's points").format(share=percent_words(self.rate))
        if self.without_note is not None and self.without_note != self.rate:
            less = percent_words(self.without_note)
            text += _(", {share} without a published note").format(share=less)
        return text


def policy_of(scheme: Scheme, item: Item) -> AnyPolicy:
    """What becomes of a base item's points where it is not applicable: its own policy, or its part's."""
    if item.not_applicable is not None:
        return item.not_applicable
    settings = scheme.settings_of(item)
    if settings is None:
        raise ValueError("a base item stands in a part")
    return settings.not_applicable


class NotApplicable(AnyPolicy):
    """`not_applicable` of the whole: what happens with items that are not applicable to a unit."""

    later: ClassVar[frozenset[str]] = frozenset()

    to: Literal["own", "full"] | None = None
    within: Literal["part", "section"] | None = None

    @relation
    def _fits(self) -> None:
        self._keys(_TAKES[self.policy], _NEEDS.get(self.policy, ()))

    @property
    def target(self) -> Literal["own", "full"]:
        """What the rest is scaled to; what is rescaled under another policy is scaled to own."""
        return self.to or "own"

    @property
    def place(self) -> Literal["part", "section"]:
        """Where it is scaled; under another policy within the part."""
        return self.within or "part"


class OwnNotApplicable(AnyPolicy):
    """`not_applicable` of an item: instead of the policy of the whole."""

    @relation
    def _fits(self) -> None:
        takes = () if self.policy == "rescale" else _TAKES[self.policy]
        self._keys(takes, () if self.policy == "rescale" else _NEEDS.get(self.policy, ()))


def with_own(rule: str, own: OwnNotApplicable | None) -> str:
    """A rule in words, and what the item is worth by its own policy where it is not applicable."""
    if own is None:
        return rule
    return _("{rule}; where it is not applicable: {worth}").format(rule=rule, worth=own.words())
