"""Approval: a leader's consent to one exact result; derived from the record, never a stored flag."""
