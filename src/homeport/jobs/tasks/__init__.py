"""What each task does and how it is undone; a module a task."""
