"""A build: a process of its own, so plain blocking code, that fetches a source and makes a release of it."""
