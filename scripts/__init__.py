"""Commands for people and machines that work on the checkout; the product's own are in `python -m trace`."""
