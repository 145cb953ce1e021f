"""Traceability for Vietnamese farm cooperatives: diary, batch, code, public page."""
