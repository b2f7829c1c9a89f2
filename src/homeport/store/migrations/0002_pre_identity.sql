-- Who may call, and what they may do. No secret stands here in the clear: keys are sealed, passwords and tokens hashed.

CREATE TABLE iam_domain (
    id TEXT PRIMARY KEY,
    name TEXT NOT NULL UNIQUE,
    created_at BIGINT NOT NULL
);

CREATE TABLE project (
    id TEXT PRIMARY KEY,
    domain_id TEXT NOT NULL REFERENCES iam_domain (id),
    name TEXT NOT NULL,
    description TEXT NOT NULL DEFAULT '',
    created_at BIGINT NOT NULL,
    UNIQUE (domain_id, name)
);

-- A user without a password can only use access keys. What belongs to a user goes with the user.
CREATE TABLE iam_user (
    id TEXT PRIMARY KEY,
    domain_id TEXT NOT NULL REFERENCES iam_domain (id),
    name TEXT NOT NULL,
    password TEXT,
    created_at BIGINT NOT NULL,
    updated_at BIGINT NOT NULL,
    UNIQUE (domain_id, name)
);

CREATE TABLE role_grant (
    user_id TEXT NOT NULL REFERENCES iam_user (id) ON DELETE CASCADE,
    project_id TEXT NOT NULL REFERENCES project (id),
    role TEXT NOT NULL CHECK (role IN ('read-only', 'operator', 'admin')),
    PRIMARY KEY (user_id, project_id)
);

CREATE TABLE access_key (
    id TEXT PRIMARY KEY,
    user_id TEXT NOT NULL REFERENCES iam_user (id) ON DELETE CASCADE,
    secret TEXT NOT NULL,
    description TEXT NOT NULL DEFAULT '',
    created_at BIGINT NOT NULL
);

CREATE INDEX access_key_user ON access_key (user_id);

-- hash is the SHA-256 of the token in hex; project_id is NULL where the token is good for all projects of its user.
CREATE TABLE token (
    hash TEXT PRIMARY KEY,
    user_id TEXT NOT NULL REFERENCES iam_user (id) ON DELETE CASCADE,
    project_id TEXT REFERENCES project (id),
    methods TEXT NOT NULL,
    issued_at BIGINT NOT NULL,
    expires_at BIGINT NOT NULL
);

CREATE INDEX token_user ON token (user_id);
CREATE INDEX token_expiry ON token (expires_at);

-- At most one row: who the first start made an admin. It is what keeps two first starts apart.
CREATE TABLE first_start (
    id INTEGER PRIMARY KEY CHECK (id = 1),
    user_id TEXT NOT NULL,
    project_id TEXT NOT NULL,
    made_at BIGINT NOT NULL
);
