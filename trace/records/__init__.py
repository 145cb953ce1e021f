"""The production diary: crop cycles and what was done in them."""
