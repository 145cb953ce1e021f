"""What a cooperative sells: its products with their trade item numbers."""
