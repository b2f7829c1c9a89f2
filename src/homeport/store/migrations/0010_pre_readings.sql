-- What instances of a component told last of themselves, as JSON, where API and engine may be processes apart.
CREATE TABLE reading (
    component_id TEXT PRIMARY KEY,
    readings TEXT NOT NULL,
    read_at BIGINT NOT NULL
);
CREATE INDEX reading_by_time ON reading (read_at);
