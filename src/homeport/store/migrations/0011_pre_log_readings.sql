-- Logs of instances on their way from a worker of their node to a process that has no driver: nothing here lives long.
CREATE TABLE log_reading (
    id TEXT PRIMARY KEY,
    component_id TEXT NOT NULL,
    instance TEXT NOT NULL,
    lines INTEGER NOT NULL,
    follow INTEGER NOT NULL,
    driver TEXT NOT NULL,
    node TEXT NOT NULL,
    state TEXT NOT NULL,
    words TEXT NOT NULL DEFAULT '',
    wanted_until BIGINT NOT NULL,
    reader TEXT,
    read_until BIGINT NOT NULL DEFAULT 0,
    taken BIGINT NOT NULL DEFAULT 0
);
CREATE INDEX log_reading_asked ON log_reading (driver, node) WHERE reader IS NULL;

CREATE TABLE log_piece (
    reading_id TEXT NOT NULL REFERENCES log_reading (id) ON DELETE CASCADE,
    number BIGINT NOT NULL,
    text TEXT NOT NULL,
    PRIMARY KEY (reading_id, number)
);
