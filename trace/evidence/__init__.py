"""Photographs without the place and the device they were taken with; documents as they came."""
