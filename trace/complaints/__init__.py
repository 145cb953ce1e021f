"""What strangers say is wrong about a published batch, and what the cooperative answers."""
