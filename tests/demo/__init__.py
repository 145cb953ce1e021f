"""The demo story comes out as told."""
