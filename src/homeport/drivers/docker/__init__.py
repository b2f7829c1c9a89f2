"""Driver `docker`: instances are containers of the Docker Engine of this machine."""
