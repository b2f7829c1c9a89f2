"""The command `homeport`."""
