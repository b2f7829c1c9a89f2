"""Who is calling, and what must stay secret."""
