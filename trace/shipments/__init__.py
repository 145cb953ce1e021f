"""What left the cooperative, to whom, and with which papers; what came in follows the same road back."""
