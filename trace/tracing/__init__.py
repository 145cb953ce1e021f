"""Questions only: what is upstream and what is downstream of anything, how much of it, and why."""
