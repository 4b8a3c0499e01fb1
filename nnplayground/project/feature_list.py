"""Which features a document may name: those of the table and formulas, each once and not too many."""

from __future__ import annotations

from dataclasses import dataclass

from nnplayground.data.features import FEATURES, normal_name
from nnplayground.errors import FieldError, InputError

MOST_FEATURES = 16


@dataclass(frozen=True)
class FeatureList:
    """A list of different features, each from the table or a formula of x1 and x2."""

    help: str

    @property
    def legal(self) -> str:
        """What the list may hold."""
        return (
            f"a list of 1 to {MOST_FEATURES} different features: {', '.join(FEATURES)}, or formulas of x1 and x2 such "
            "as x1^2 + sin(3*x2)"
        )

    def accepts(self, value: object) -> bool:
        """Take tuples of different features in their normal form."""
        try:
            names = normal_features("", value)
        except FieldError:
            return False
        return names == value and 1 <= len(names) <= MOST_FEATURES and len(set(names)) == len(names)


def normal_features(path: str, names: object) -> tuple[str, ...]:
    """Return the features as they are always called.

    Raises `FieldError` with the place of the first one that is no text or no formula, and what is wrong with it;
    `path` is the place of the list.
    """
    rule = FeatureList("")
    if not isinstance(names, tuple) or len(names) > MOST_FEATURES:
        raise FieldError(path, names, rule.legal)
    result = []
    for place, name in enumerate(names):
        if not isinstance(name, str):
            raise FieldError(f"{path}[{place}]", name, "a feature such as x1^2, as text")
        try:
            result.append(normal_name(name))
        except InputError as error:
            reason = str(error).removesuffix(".")
            legal = f"a formula of x1 and x2 ({reason[0].lower() + reason[1:]})"
            raise FieldError(f"{path}[{place}]", name, legal) from None
    return tuple(result)
