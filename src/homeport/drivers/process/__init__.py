"""Driver `process`: instances are plain processes of this machine, built from a package or a repository."""
