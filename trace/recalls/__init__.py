"""Calling batches back: what is touched by a cause, what was decided about it, and who has some of it."""
