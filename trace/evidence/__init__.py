"""Photographs, shown without the place and the device they were taken with, and documents as they came."""
