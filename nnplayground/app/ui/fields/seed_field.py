"""A field for a seed: any whole number will do, so the arrow keys simply go to the next one."""

from __future__ import annotations

from nnplayground.app.ui.fields.number_field import NumberField


class SeedField(NumberField):
    """Edits a seed; `show_given` says that what it would draw is given otherwise."""

    def step(self, *, up: bool) -> None:
        """Go to the next seed or the one before; from an empty field to the lowest."""
        value = self._typed()
        seed = int(self.rule.low) if value is None else int(value) + (1 if up else -1)
        if seed != self.value and self.rule.accepts(seed):
            self.value = seed
            self._write()
            self.entered.emit(seed)

    def show_given(self, words: str) -> None:
        """Show these words in place of a seed; this is no news to anybody."""
        self.setPlaceholderText(words)
        self.show_value(None)
