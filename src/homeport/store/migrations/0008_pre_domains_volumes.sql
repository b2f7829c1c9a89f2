-- Host names that an environment has announced.
CREATE TABLE environment_domain (
    id TEXT PRIMARY KEY,
    environment_id TEXT NOT NULL,
    name TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    UNIQUE (environment_id, name)
);

-- Buckets and file systems that are bound to an environment. What is in them lies in folders of nodes.
CREATE TABLE volume (
    id TEXT PRIMARY KEY,
    environment_id TEXT NOT NULL,
    name TEXT NOT NULL,
    resource_type TEXT NOT NULL,
    resource_sub_type TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    UNIQUE (environment_id, name)
);
