"""Everything that is checked before a change lands; scripts/test runs it all."""
