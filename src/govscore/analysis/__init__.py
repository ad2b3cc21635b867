"""What a result can be asked: which changes of facts would gain most, what grade lines are short of.

Invariant: every number comes from the engine, which scores the changed facts; nothing here reckons.
"""
