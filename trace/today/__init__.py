"""The page a member opens first: what is to be done, what runs out, what was written today."""
