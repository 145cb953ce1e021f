"""Photographs, kept without the place and the device they were taken with."""
