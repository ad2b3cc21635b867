"""The review desk: screens and widgets that draw `review`'s state; no rule lives here."""
