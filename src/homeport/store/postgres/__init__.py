"""The store for several processes on several machines: one PostgreSQL database, reached through psycopg."""
