"""Plumbing that has never heard of farming: database, problems, pages, forms, translation, files."""
