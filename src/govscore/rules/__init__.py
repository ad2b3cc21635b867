"""Rules: how an item's facts become points. One module a start; lines and conditions are shared."""
