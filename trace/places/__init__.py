"""Administrative units of Viet Nam: today's two levels, the old three, and the way from old to new."""
