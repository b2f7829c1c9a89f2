-- The first schema. Text and integers only, so that one file serves every store. Times are microseconds since 1970.

CREATE TABLE environment (
    id TEXT PRIMARY KEY,
    project_id TEXT NOT NULL,
    name TEXT NOT NULL,
    status TEXT NOT NULL
        CHECK (status IN ('creating', 'finish', 'deleting', 'create_failed', 'delete_failed')),
    annotations TEXT NOT NULL,
    enterprise_project_id TEXT NOT NULL,
    driver TEXT NOT NULL,
    node TEXT,
    job_id TEXT NOT NULL,
    fence BIGINT NOT NULL DEFAULT 0,
    created_at BIGINT NOT NULL,
    updated_at BIGINT NOT NULL,
    UNIQUE (project_id, name)
);

CREATE TABLE application (
    id TEXT PRIMARY KEY,
    project_id TEXT NOT NULL,
    environment_id TEXT NOT NULL REFERENCES environment (id),
    name TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    updated_at BIGINT NOT NULL,
    UNIQUE (environment_id, name)
);

CREATE TABLE component (
    id TEXT PRIMARY KEY,
    project_id TEXT NOT NULL,
    environment_id TEXT NOT NULL REFERENCES environment (id),
    application_id TEXT NOT NULL REFERENCES application (id),
    name TEXT NOT NULL,
    annotations TEXT NOT NULL,
    version TEXT,
    runtime TEXT NOT NULL,
    replica INTEGER NOT NULL CHECK (replica BETWEEN 1 AND 99),
    source TEXT NOT NULL,
    build TEXT,
    resource_limit TEXT NOT NULL,
    image_url TEXT NOT NULL,
    status TEXT NOT NULL CHECK (status IN ('created', 'notReady', 'running', 'paused')),
    available_replica INTEGER NOT NULL,
    job_id TEXT NOT NULL,
    build_id TEXT NOT NULL,
    snapshot_index INTEGER,
    operation_id TEXT,
    artifact TEXT,
    port INTEGER NOT NULL DEFAULT 0,
    route TEXT NOT NULL DEFAULT '[]',
    fence BIGINT NOT NULL DEFAULT 0,
    created_at BIGINT NOT NULL,
    updated_at BIGINT NOT NULL,
    UNIQUE (application_id, name)
);

CREATE INDEX component_environment ON component (environment_id);

CREATE TABLE snapshot (
    component_id TEXT NOT NULL REFERENCES component (id),
    idx INTEGER NOT NULL,
    job_id TEXT NOT NULL,
    operation TEXT NOT NULL,
    operation_status TEXT NOT NULL,
    version TEXT,
    annotations TEXT NOT NULL,
    runtime TEXT NOT NULL,
    replica INTEGER NOT NULL,
    source TEXT NOT NULL,
    build TEXT,
    resource_limit TEXT NOT NULL,
    image_url TEXT NOT NULL,
    build_id TEXT NOT NULL,
    operation_id TEXT,
    artifact TEXT NOT NULL,
    status TEXT NOT NULL,
    available_replica INTEGER NOT NULL,
    created_at BIGINT NOT NULL,
    updated_at BIGINT NOT NULL,
    PRIMARY KEY (component_id, idx)
);

-- What was in force with each configuration operation, sealed; an operation without items is how all of them are removed.
CREATE TABLE configuration (
    component_id TEXT NOT NULL REFERENCES component (id),
    operation_id TEXT NOT NULL,
    items TEXT NOT NULL,
    operated_at BIGINT NOT NULL,
    PRIMARY KEY (component_id, operation_id)
);

CREATE INDEX configuration_newest ON configuration (component_id, operated_at);

CREATE TABLE configuration_item (
    component_id TEXT NOT NULL,
    operation_id TEXT NOT NULL,
    position INTEGER NOT NULL,
    type TEXT NOT NULL,
    data TEXT,
    operated_at BIGINT NOT NULL,
    PRIMARY KEY (component_id, operation_id, position)
);

CREATE TABLE instance (
    name TEXT PRIMARY KEY,
    component_id TEXT NOT NULL REFERENCES component (id),
    environment_id TEXT NOT NULL,
    job_id TEXT NOT NULL,
    fence BIGINT NOT NULL,
    status TEXT NOT NULL
        CHECK (status IN ('creating', 'running', 'abnormal', 'failed', 'terminating')),
    orders TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    updated_at BIGINT NOT NULL
);

CREATE INDEX instance_component ON instance (component_id);

CREATE TABLE component_event (
    component_id TEXT NOT NULL,
    name TEXT NOT NULL,
    message TEXT NOT NULL,
    type TEXT NOT NULL CHECK (type IN ('Normal', 'Warning')),
    count INTEGER NOT NULL,
    involved_object TEXT NOT NULL,
    involved_object_kind TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    updated_at BIGINT NOT NULL,
    PRIMARY KEY (component_id, involved_object, name, message)
);

CREATE INDEX component_event_age ON component_event (updated_at);

-- active_target is the target while the job is active and NULL afterwards: at most one active job of a target.
-- waiting_since is likewise NULL for a finished job, so that the queue's index holds only what may be claimed.
CREATE TABLE job (
    id TEXT PRIMARY KEY,
    project_id TEXT NOT NULL,
    environment_id TEXT NOT NULL,
    application_id TEXT,
    component_id TEXT,
    action TEXT NOT NULL,
    status TEXT NOT NULL CHECK (status IN
        ('init', 'running', 'failed', 'timeout', 'success', 'skip', 'terminating', 'terminated')),
    progress INTEGER NOT NULL CHECK (progress BETWEEN 0 AND 100 AND (progress = 100) = (status = 'success')),
    seq BIGINT NOT NULL,
    fence BIGINT NOT NULL,
    owner TEXT,
    node TEXT,
    driver TEXT NOT NULL,
    attempt INTEGER NOT NULL,
    deaths INTEGER NOT NULL,
    goal TEXT NOT NULL,
    artifact TEXT,
    ending TEXT,
    deadline_at BIGINT NOT NULL,
    hard_deadline INTEGER NOT NULL,
    accepted_at BIGINT NOT NULL,
    started_at BIGINT,
    finished_at BIGINT,
    requested_by TEXT NOT NULL,
    active_target TEXT,
    waiting_since BIGINT,
    updated_at BIGINT NOT NULL,
    document TEXT NOT NULL
);

CREATE UNIQUE INDEX job_active ON job (active_target) WHERE active_target IS NOT NULL;
CREATE INDEX job_queue ON job (waiting_since) WHERE waiting_since IS NOT NULL;
CREATE INDEX job_project ON job (project_id, id);
CREATE INDEX job_component ON job (component_id, id) WHERE component_id IS NOT NULL;
CREATE INDEX job_environment ON job (environment_id, id);

CREATE TABLE task (
    job_id TEXT NOT NULL REFERENCES job (id),
    idx INTEGER NOT NULL,
    name TEXT NOT NULL,
    status TEXT NOT NULL CHECK (status IN
        ('init', 'running', 'failed', 'timeout', 'success', 'skip', 'terminating', 'terminated')),
    detail TEXT NOT NULL,
    weight INTEGER NOT NULL,
    time_limit BIGINT NOT NULL,
    done INTEGER NOT NULL CHECK (done BETWEEN 0 AND 100),
    stands INTEGER NOT NULL,
    started_at BIGINT,
    created_at BIGINT NOT NULL,
    updated_at BIGINT NOT NULL,
    PRIMARY KEY (job_id, idx)
);

CREATE TABLE job_event (
    job_id TEXT NOT NULL REFERENCES job (id),
    seq BIGINT NOT NULL,
    at BIGINT NOT NULL,
    task INTEGER NOT NULL,
    status TEXT NOT NULL,
    progress INTEGER NOT NULL,
    detail TEXT NOT NULL,
    PRIMARY KEY (job_id, seq)
);

-- A task's log in chunks; position counts bytes of the whole log, dropped ones included.
CREATE TABLE task_log (
    job_id TEXT NOT NULL REFERENCES job (id),
    task INTEGER NOT NULL,
    position BIGINT NOT NULL,
    size INTEGER NOT NULL,
    text TEXT NOT NULL,
    PRIMARY KEY (job_id, task, position)
);

CREATE TABLE worker (
    id TEXT PRIMARY KEY,
    heartbeat_at BIGINT NOT NULL,
    expires_at BIGINT NOT NULL,
    started_at BIGINT NOT NULL
);

CREATE TABLE worker_node (
    worker_id TEXT NOT NULL REFERENCES worker (id),
    driver TEXT NOT NULL,
    node TEXT NOT NULL,
    PRIMARY KEY (worker_id, driver)
);

CREATE TABLE controller (
    name TEXT PRIMARY KEY,
    owner TEXT NOT NULL,
    expires_at BIGINT NOT NULL
);
