"""The engine: claims jobs, runs their tasks, and ends them truthfully."""
