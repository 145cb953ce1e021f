"""A harvest made into batches that carry a lot code and a short code."""
