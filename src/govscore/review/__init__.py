"""The reviewer's flow as plain objects: what is open, drafts, undo, filters, progress; no screen."""
