"""The demo cooperative and its six batches, made through the product’s own commands."""
