"""The HTTP edge: from a request to a call, from an answer to bytes."""
