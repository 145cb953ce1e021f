"""What strangers see: the public page of a batch and the way to it from a GS1 code."""
