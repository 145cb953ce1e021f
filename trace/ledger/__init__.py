"""The append-only journal of everything that was said; the tamper-evident log is built on it."""
