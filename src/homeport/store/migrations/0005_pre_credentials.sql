-- What opens private repositories and registries. The secret is sealed; what does not go with a type is empty.
CREATE TABLE credential (
    id TEXT PRIMARY KEY,
    project_id TEXT NOT NULL,
    name TEXT NOT NULL,
    type TEXT NOT NULL,
    server TEXT NOT NULL DEFAULT '',
    username TEXT NOT NULL DEFAULT '',
    known_hosts TEXT NOT NULL DEFAULT '',
    public_key TEXT NOT NULL DEFAULT '',
    secret TEXT NOT NULL,
    created_by TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    UNIQUE (project_id, name)
);
