"""People, cooperatives, memberships and roles, invitations, sign-in, API keys."""
