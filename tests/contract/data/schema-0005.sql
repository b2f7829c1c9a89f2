-- job {"answer": {"api_version": "v1", "kind": "Job", "spec": {"progress": 100, "status": "success", "tasks": [{"created_at": "2026-11-27T19:58:44.868057Z", "detail": "not needed for a source of type image", "index": 1, "name": "build", "status": "skip", "updated_at": "2026-11-27T19:58:44.877124Z"}, {"created_at": "2026-11-27T19:58:44.868057Z", "detail": "pulled nginx:1", "index": 2, "name": "pull", "status": "success", "updated_at": "2026-11-27T19:58:44.891013Z"}, {"created_at": "2026-11-27T19:58:44.868057Z", "detail": "1 instance started", "index": 3, "name": "deploy", "status": "success", "updated_at": "2026-11-27T19:58:44.894035Z"}, {"created_at": "2026-11-27T19:58:44.868057Z", "detail": "", "index": 4, "name": "verify", "status": "success", "updated_at": "2026-11-27T19:58:44.896886Z"}, {"created_at": "2026-11-27T19:58:44.868057Z", "detail": "1 serve, 0 stopped", "index": 5, "name": "record", "status": "success", "updated_at": "2026-11-27T19:58:44.901323Z"}]}}, "environment": "01a21e96-ba7f-7ee2-b1ae-369910b4a1fa", "id": "01a21e96-bc84-76e6-b93e-f2e8a0b87737"}
-- job {"answer": {"api_version": "v1", "kind": "Job", "spec": {"progress": 40, "status": "failed", "tasks": [{"created_at": "2026-11-27T19:58:44.933900Z", "detail": "not needed for a source of type image", "index": 1, "name": "build", "status": "skip", "updated_at": "2026-11-27T19:58:44.936999Z"}, {"created_at": "2026-11-27T19:58:44.933900Z", "detail": "image-missing: the pull of nginx:1 was scripted to fail. Check the image reference and its tag.", "index": 2, "name": "pull", "status": "failed", "updated_at": "2026-11-27T19:58:44.956723Z"}, {"created_at": "2026-11-27T19:58:44.933900Z", "detail": "not run: task 2 ended the job (image-missing)", "index": 3, "name": "deploy", "status": "skip", "updated_at": "2026-11-27T19:58:44.958922Z"}, {"created_at": "2026-11-27T19:58:44.933900Z", "detail": "not run: task 2 ended the job (image-missing)", "index": 4, "name": "verify", "status": "skip", "updated_at": "2026-11-27T19:58:44.958922Z"}, {"created_at": "2026-11-27T19:58:44.933900Z", "detail": "not run: task 2 ended the job (image-missing)", "index": 5, "name": "record", "status": "skip", "updated_at": "2026-11-27T19:58:44.958922Z"}]}}, "environment": "01a21e96-ba7f-7ee2-b1ae-369910b4a1fa", "id": "01a21e96-bcc5-75a9-8299-805fb3b3482b"}
-- job {"answer": {"api_version": "v1", "kind": "Job", "spec": {"progress": 75, "status": "terminated", "tasks": [{"created_at": "2026-11-27T19:58:44.985764Z", "detail": "not needed for a source of type image", "index": 1, "name": "build", "status": "skip", "updated_at": "2026-11-27T19:58:44.991971Z"}, {"created_at": "2026-11-27T19:58:44.985764Z", "detail": "pulled nginx:1", "index": 2, "name": "pull", "status": "success", "updated_at": "2026-11-27T19:58:45.002808Z"}, {"created_at": "2026-11-27T19:58:44.985764Z", "detail": "1 instance started\nundone: what served before the job serves", "index": 3, "name": "upgrade", "status": "success", "updated_at": "2026-11-27T19:58:45.051718Z"}, {"created_at": "2026-11-27T19:58:44.985764Z", "detail": "terminated: stopped by request during task 4 verify. Retry the job to run it again.", "index": 4, "name": "verify", "status": "terminated", "updated_at": "2026-11-27T19:58:45.051718Z"}, {"created_at": "2026-11-27T19:58:44.985764Z", "detail": "not run: task 4 ended the job (terminated)", "index": 5, "name": "record", "status": "skip", "updated_at": "2026-11-27T19:58:45.051718Z"}]}}, "environment": "01a21e96-ba7f-7ee2-b1ae-369910b4a1fa", "id": "01a21e96-bcf9-751a-a7b4-f8b8b5e236c9"}
-- job {"answer": {"api_version": "v1", "kind": "Job", "spec": {"progress": 50, "status": "timeout", "tasks": [{"created_at": "2026-11-27T19:58:45.085195Z", "detail": "1 instance started\nundone: what served before the job serves", "index": 1, "name": "restart", "status": "success", "updated_at": "2026-11-27T19:58:45.140916Z"}, {"created_at": "2026-11-27T19:58:45.085195Z", "detail": "deadline-exceeded: the job was not done by its deadline, 2026-11-27T19:58:45.135195Z. Give it longer (annotation homeport/deadline), or find what it waits for in the log.", "index": 2, "name": "verify", "status": "timeout", "updated_at": "2026-11-27T19:58:45.140916Z"}, {"created_at": "2026-11-27T19:58:45.085195Z", "detail": "not run: task 2 ended the job (deadline-exceeded)", "index": 3, "name": "record", "status": "skip", "updated_at": "2026-11-27T19:58:45.140916Z"}]}}, "environment": "01a21e96-ba7f-7ee2-b1ae-369910b4a1fa", "id": "01a21e96-bd5d-7409-973d-26fc3737828a"}
-- job {"answer": {"api_version": "v1", "kind": "Job", "spec": {"progress": 75, "status": "running", "tasks": [{"created_at": "2026-11-27T19:58:45.155062Z", "detail": "not needed for a source of type image", "index": 1, "name": "build", "status": "skip", "updated_at": "2026-11-27T19:58:45.158747Z"}, {"created_at": "2026-11-27T19:58:45.155062Z", "detail": "pulled nginx:1", "index": 2, "name": "pull", "status": "success", "updated_at": "2026-11-27T19:58:45.168142Z"}, {"created_at": "2026-11-27T19:58:45.155062Z", "detail": "1 instance started", "index": 3, "name": "upgrade", "status": "success", "updated_at": "2026-11-27T19:58:45.170376Z"}, {"created_at": "2026-11-27T19:58:45.155062Z", "detail": "", "index": 4, "name": "verify", "status": "running", "updated_at": "2026-11-27T19:58:45.170376Z"}, {"created_at": "2026-11-27T19:58:45.155062Z", "detail": "", "index": 5, "name": "record", "status": "init", "updated_at": "2026-11-27T19:58:45.155062Z"}]}}, "environment": "01a21e96-ba7f-7ee2-b1ae-369910b4a1fa", "id": "01a21e96-bda3-7e08-81da-996ee41cec2b"}
-- job {"answer": {"api_version": "v1", "kind": "Job", "spec": {"progress": 40, "status": "running", "tasks": [{"created_at": "2026-11-27T19:58:45.218455Z", "detail": "not needed for a source of type image", "index": 1, "name": "build", "status": "skip", "updated_at": "2026-11-27T19:58:45.237417Z"}, {"created_at": "2026-11-27T19:58:45.218455Z", "detail": "", "index": 2, "name": "pull", "status": "running", "updated_at": "2026-11-27T19:58:45.237417Z"}, {"created_at": "2026-11-27T19:58:45.218455Z", "detail": "", "index": 3, "name": "deploy", "status": "init", "updated_at": "2026-11-27T19:58:45.218455Z"}, {"created_at": "2026-11-27T19:58:45.218455Z", "detail": "", "index": 4, "name": "verify", "status": "init", "updated_at": "2026-11-27T19:58:45.218455Z"}, {"created_at": "2026-11-27T19:58:45.218455Z", "detail": "", "index": 5, "name": "record", "status": "init", "updated_at": "2026-11-27T19:58:45.218455Z"}]}}, "environment": "01a21e96-ba7f-7ee2-b1ae-369910b4a1fa", "id": "01a21e96-bde2-7dbe-acee-afc2df42f336"}
-- job {"answer": {"api_version": "v1", "kind": "Job", "spec": {"progress": 0, "status": "init", "tasks": [{"created_at": "2026-11-27T19:58:45.307504Z", "detail": "", "index": 1, "name": "build", "status": "init", "updated_at": "2026-11-27T19:58:45.307504Z"}, {"created_at": "2026-11-27T19:58:45.307504Z", "detail": "", "index": 2, "name": "pull", "status": "init", "updated_at": "2026-11-27T19:58:45.307504Z"}, {"created_at": "2026-11-27T19:58:45.307504Z", "detail": "", "index": 3, "name": "deploy", "status": "init", "updated_at": "2026-11-27T19:58:45.307504Z"}, {"created_at": "2026-11-27T19:58:45.307504Z", "detail": "", "index": 4, "name": "verify", "status": "init", "updated_at": "2026-11-27T19:58:45.307504Z"}, {"created_at": "2026-11-27T19:58:45.307504Z", "detail": "", "index": 5, "name": "record", "status": "init", "updated_at": "2026-11-27T19:58:45.307504Z"}]}}, "environment": "01a21e96-ba7f-7ee2-b1ae-369910b4a1fa", "id": "01a21e96-be3b-7f44-b4bd-5775f60b9024"}
CREATE TABLE access_key (
    id TEXT PRIMARY KEY,
    user_id TEXT NOT NULL REFERENCES iam_user (id) ON DELETE CASCADE,
    secret TEXT NOT NULL,
    description TEXT NOT NULL DEFAULT '',
    created_at BIGINT NOT NULL
);
INSERT INTO "access_key" VALUES('HPTESTACCESSKEY00001','01a21e96b93174f0a06cf96fd68b0e84','hp1:efdee771:nvbC+JnFMWkEBaRvwec/wmGzBFVC2KsQbZ2mu81Jbf0R43eBVjMTodxRar0qxr5hXx4eurJ+4KCblBvGCXmj+wI69JM=','made at the first start',1795809524017451);
CREATE TABLE application (
    id TEXT PRIMARY KEY,
    project_id TEXT NOT NULL,
    environment_id TEXT NOT NULL REFERENCES environment (id),
    name TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    updated_at BIGINT NOT NULL,
    UNIQUE (environment_id, name)
);
INSERT INTO "application" VALUES('01a21e96-bc52-7bb0-a9f1-d046cf498850','0123456789abcdef0123456789abcdef','01a21e96-ba7f-7ee2-b1ae-369910b4a1fa','app-2',1795809524818470,1795809524818470);
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
INSERT INTO "component" VALUES('01a21e96-bc5f-7e55-a497-2d5a2e500d73','0123456789abcdef0123456789abcdef','01a21e96-ba7f-7ee2-b1ae-369910b4a1fa','01a21e96-bc52-7bb0-a9f1-d046cf498850','cart-3','{"version": "1.0.0"}','1.0.0','Docker',1,'{"type": "image", "url": "nginx:1"}',NULL,'{"cpu_limit": "500m", "memory_limit": "1Gi"}','nginx:1','notReady',1,'01a21e96-bda3-7e08-81da-996ee41cec2b','01a21e96-bc84-76e6-b93e-f2e8a0b87737',1,NULL,'{"driver":"simulated","reference":"nginx:1","image_url":"nginx:1","data":{}}',0,'["cart-3-da10b21ef8-g2fnp"]',4,1795809524831800,1795809525155162);
INSERT INTO "component" VALUES('01a21e96-bcb9-7c0a-ad32-6b2e11eaf86c','0123456789abcdef0123456789abcdef','01a21e96-ba7f-7ee2-b1ae-369910b4a1fa','01a21e96-bc52-7bb0-a9f1-d046cf498850','cart-4','{"version": "1.0.0"}','1.0.0','Docker',1,'{"type": "image", "url": "nginx:1"}',NULL,'{"cpu_limit": "500m", "memory_limit": "1Gi"}','nginx:1','notReady',0,'01a21e96-bcc5-75a9-8299-805fb3b3482b','',NULL,NULL,NULL,0,'[]',1,1795809524921922,1795809524958723);
INSERT INTO "component" VALUES('01a21e96-bdd0-7bf8-9598-347ee2a9110d','0123456789abcdef0123456789abcdef','01a21e96-ba7f-7ee2-b1ae-369910b4a1fa','01a21e96-bc52-7bb0-a9f1-d046cf498850','cart-5','{"version": "1.0.0"}','1.0.0','Docker',1,'{"type": "image", "url": "nginx:1"}',NULL,'{"cpu_limit": "500m", "memory_limit": "1Gi"}','nginx:1','notReady',0,'01a21e96-bde2-7dbe-acee-afc2df42f336','',NULL,NULL,NULL,0,'[]',1,1795809525200149,1795809525218731);
INSERT INTO "component" VALUES('01a21e96-be32-77c1-b881-770063b9e440','0123456789abcdef0123456789abcdef','01a21e96-ba7f-7ee2-b1ae-369910b4a1fa','01a21e96-bc52-7bb0-a9f1-d046cf498850','cart-6','{"version": "1.0.0"}','1.0.0','Docker',1,'{"type": "image", "url": "nginx:1"}',NULL,'{"cpu_limit": "500m", "memory_limit": "1Gi"}','nginx:1','notReady',0,'01a21e96-be3b-7f44-b4bd-5775f60b9024','',NULL,NULL,NULL,0,'[]',0,1795809525298948,1795809525307585);
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
INSERT INTO "component_event" VALUES('01a21e96-bc5f-7e55-a497-2d5a2e500d73','SuccessfulCreate','Created instance cart-3-da10b21ef8-g2fnp','Normal',1,'cart-3-da10b21ef8-g2fnp','ComponentInstance',1795809524890968,1795809524890968);
INSERT INTO "component_event" VALUES('01a21e96-bc5f-7e55-a497-2d5a2e500d73','ScalingReplicaSet','deploy: scaled up by 1 to 1','Normal',1,'cart-3','Component',1795809524890968,1795809524890968);
INSERT INTO "component_event" VALUES('01a21e96-bc5f-7e55-a497-2d5a2e500d73','Started','Instance cart-3-da10b21ef8-g2fnp is ready','Normal',1,'cart-3-da10b21ef8-g2fnp','ComponentInstance',1795809524896691,1795809524896691);
INSERT INTO "component_event" VALUES('01a21e96-bc5f-7e55-a497-2d5a2e500d73','SuccessfulCreate','Created instance cart-3-67f488f95c-kcdsd','Normal',1,'cart-3-67f488f95c-kcdsd','ComponentInstance',1795809525002760,1795809525002760);
INSERT INTO "component_event" VALUES('01a21e96-bc5f-7e55-a497-2d5a2e500d73','ScalingReplicaSet','upgrade: scaled up by 1 to 1','Normal',2,'cart-3','Component',1795809525002760,1795809525168085);
INSERT INTO "component_event" VALUES('01a21e96-bc5f-7e55-a497-2d5a2e500d73','SuccessfulCreate','Created instance cart-3-4883ba2c11-hx4zk','Normal',1,'cart-3-4883ba2c11-hx4zk','ComponentInstance',1795809525093861,1795809525093861);
INSERT INTO "component_event" VALUES('01a21e96-bc5f-7e55-a497-2d5a2e500d73','ScalingReplicaSet','restart: scaled up by 1 to 1','Normal',1,'cart-3','Component',1795809525093861,1795809525093861);
INSERT INTO "component_event" VALUES('01a21e96-bc5f-7e55-a497-2d5a2e500d73','SuccessfulCreate','Created instance cart-3-99c8d19cb5-hphwz','Normal',1,'cart-3-99c8d19cb5-hphwz','ComponentInstance',1795809525168085,1795809525168085);
CREATE TABLE configuration (
    component_id TEXT NOT NULL REFERENCES component (id),
    operation_id TEXT NOT NULL,
    items TEXT NOT NULL,
    operated_at BIGINT NOT NULL,
    PRIMARY KEY (component_id, operation_id)
);
CREATE TABLE configuration_item (
    component_id TEXT NOT NULL,
    operation_id TEXT NOT NULL,
    position INTEGER NOT NULL,
    type TEXT NOT NULL,
    data TEXT,
    operated_at BIGINT NOT NULL,
    PRIMARY KEY (component_id, operation_id, position)
);
CREATE TABLE controller (
    name TEXT PRIMARY KEY,
    owner TEXT NOT NULL,
    expires_at BIGINT NOT NULL
);
INSERT INTO "controller" VALUES('retention','01a21e96-ba64-75b7-8b47-9dad317d0204',1795809539344457);
INSERT INTO "controller" VALUES('keep:simulated:simulated','01a21e96-ba64-75b7-8b47-9dad317d0204',1795809539344557);
INSERT INTO "controller" VALUES('orphans:simulated:simulated','01a21e96-ba64-75b7-8b47-9dad317d0204',1795809539344569);
INSERT INTO "controller" VALUES('keep:process:01a21e96-ba63-760d-bca9-d7db153bceb6','01a21e96-ba64-75b7-8b47-9dad317d0204',1795809539344580);
INSERT INTO "controller" VALUES('orphans:process:01a21e96-ba63-760d-bca9-d7db153bceb6','01a21e96-ba64-75b7-8b47-9dad317d0204',1795809539344590);
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
INSERT INTO "environment" VALUES('01a21e96-ba7f-7ee2-b1ae-369910b4a1fa','0123456789abcdef0123456789abcdef','env-1','finish','{"type": "exclusive"}','0','simulated','simulated','01a21e96-ba7f-7ee2-b1ae-3699842292dd',1,1795809524351680,1795809524382605);
CREATE TABLE first_start (
    id INTEGER PRIMARY KEY CHECK (id = 1),
    user_id TEXT NOT NULL,
    project_id TEXT NOT NULL,
    made_at BIGINT NOT NULL
);
INSERT INTO "first_start" VALUES(1,'01a21e96b93174f0a06cf96fd68b0e84','0123456789abcdef0123456789abcdef',1795809524017451);
CREATE TABLE iam_domain (
    id TEXT PRIMARY KEY,
    name TEXT NOT NULL UNIQUE,
    created_at BIGINT NOT NULL
);
INSERT INTO "iam_domain" VALUES('fedcba9876543210fedcba9876543210','homeport',1795809524017451);
CREATE TABLE iam_user (
    id TEXT PRIMARY KEY,
    domain_id TEXT NOT NULL REFERENCES iam_domain (id),
    name TEXT NOT NULL,
    password TEXT,
    created_at BIGINT NOT NULL,
    updated_at BIGINT NOT NULL,
    UNIQUE (domain_id, name)
);
INSERT INTO "iam_user" VALUES('01a21e96b93174f0a06cf96fd68b0e84','fedcba9876543210fedcba9876543210','tester','$argon2id$v=19$m=19456,t=2,p=1$0g1K2mKdsr8SvxA3qWKA4w$YZpjNWN2194glWzRU0SHDGKKpnR6dzBpFG923czdnws',1795809524017451,1795809524704697);
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
INSERT INTO "instance" VALUES('cart-3-da10b21ef8-g2fnp','01a21e96-bc5f-7e55-a497-2d5a2e500d73','01a21e96-ba7f-7ee2-b1ae-369910b4a1fa','01a21e96-bc84-76e6-b93e-f2e8a0b87737',1,'running','hp1:efdee771:5A5Oe8v6Qp/WiJBCZUUGN54I42eSmKsRRm8j8uOsVeKr2D14ObayhJTdDzJJIFvSzdN6A209DG/EnWHsEtvwo8JnG4JPY0jCOqJmRI1nMXvhDv0YQEYkHTb97ArdgD1t2WjGmD9sPPCQpFNHGToirwJ6irZcAWEY742chYFBvZeSP9qydxcLdt1TgyALwJFRbBxHAoB+wzjoPs2m0tJ+Ciu4bsa1CtoysAjZFX7P0VoFuSI2NBetcgPnWEiVarhQ9O4oLa+eCbwNNA+JBhkcNplKbvTOWdCU+YSmL3kUg70l+oobb+QUr5GSdf2ejv9AmdJpcxebXgltJNPhWmQXHuhycn60ZKM6j40MN9HpikQcU/bMMZ6iUVsV8Be3YbxGwuFV0DZYbJFSi2JfDqhFVM9/QAn0KozVXg8muG4aHuRsX5rmLEmxrDToAgwwqWI/ZyVTpiY2Msk9YEA9o0kWxCX6ml9Rf0KRDEzCnBSP4zL/0GF1MUDTLnjVqkClp90mPF5HAoAeC3iiY4blNDxiL0+Kk2znegdY0fUYYsEBVIWUR4CD0e+BxVxzjBf1FfTdbaZ/0YFlehnueQ/8dMfbHOYVWHgsSflZ4S3JmrT2nzd6Ii5db3qL5EGbizTc40LCInkDNZDt1IQqYnjh+a8zjWrFPHDqQcfYRBCqX1UaOv3MEJXMNPmeSmcw9gyiJio/VehfSUj5OAAzsEQiiZ/m1DkBia20/ec9JDLYEEU0byohx52YqkFj3SOau9tmd+vS5hVsk93HY1pwV+L/3ToBMZvv5L/XWcQLfDm5MjL6hl9q/InoIA+7hAyhRZwAdz//MBEbTk3Vrgc5Cw/DmXn52IXTSk9hXA3kACQkC/Ci6V/bGeWXF/u6n8DrxrHR6U5OQQYmWxW7nMWc+zkn3615GFLCOn+2c1QFIABohExQrNDagSjU3B+watBx6h2ZTOFJbEf+Imnd1ozzi2r2ljG5lEzxUGTviBTozDefTb5GqNO3z+j6jo7OuASXQNKJdvPlYnE=',1795809524890817,1795809524896691);
INSERT INTO "instance" VALUES('cart-3-99c8d19cb5-hphwz','01a21e96-bc5f-7e55-a497-2d5a2e500d73','01a21e96-ba7f-7ee2-b1ae-369910b4a1fa','01a21e96-bda3-7e08-81da-996ee41cec2b',4,'creating','hp1:efdee771:tCv1mPJMA263YXWosMT7DUbwJXHcjHXQtQuA9J/Y07b3owydg+PXC5Oz5uErFer595gZLukZLDpPGDyIbRrpH3n80D9IWB5vlccoXCkZBd7c/rM4SlYfCSaGmj3ZB5ExPnqaHXUtCjKkLQ5HuZtVWaWaCj2ae5ct6WSX67o0SC9AX1yPrhdW3Vgkg1kWxvvxQYARtmj33+Mv7gwCmoTdic9ntTUYpAQDeH8oVG+F5Rmvi0lPiFBcHZ268qTyxrp+zV9w9lH/jRgAMZ5F27/G7JVxpWiyUZ5K8I3sN74q3PezdF+M0LlgG4JJtHkNHH5xosxYzVGmlW2+QtRyVmVMR51MH6W7NSh6lJfhDoCBrUQc9LeC5+uZ1A0X72k1iCXORleWXfzosP8Q7x26KcmsibqhbCzwvs3mgr29hb4vkJuJeJXijXb2dtz8uv/iUVEbbrersnF/Gh2IKVE34Y3kyib3Hdmx7oMYOwwYj1x2E6AXX9aanUzNOcQn5oc5ahlg7Ageh50JKirAdw7Aryx3Eqj+oHIBu//hwdmFT+YNBQOgFgobQJetp9JtHhUo+Dv36353mc5DZ++p6Os22oXlxlwmiJCeJiEgpMOjVDT+I2ciCvQLP5PEXkEob5PFu/UfFfCauW7oFaDitruGEEMJyTekW9YGEgZV6gkWqbk4FJvrVNoktvtdu98Hap5tETj/Z26UkBKCiGS3d6s9R0l+bT0F0r5ulCL5HJMwdJBmpX2qU8ZSOYg2tiRlJQFVvr8GSOAv7GioqvbTYetCqhqaiN+OyYcJE90fcQ1ArPDdqNIEx/IB0FLA8MxMqF9HFsbfrkIXBYPrwFkQ9uVuYHWRbb15f2tcNAo2rnMNGDl5ckcu6v8jyAw82O3axGteLyKwb0ubXF0hU3Z/Zh6ssqZK0XGip08Mopd3GMUcF6Z17YYGaLl8wCmnZRbv7Kpxbv2tmpD9T9Dz3Q0AxUrnYWzH4+AZcAtWk9nOXA/eEqbif5r8/EP/XrP556KjYzZ7gI4ZSeIRgYmWvOpB7Q==',1795809525167924,1795809525167924);
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
INSERT INTO "job" VALUES('01a21e96-ba7f-7ee2-b1ae-3699842292dd','0123456789abcdef0123456789abcdef','01a21e96-ba7f-7ee2-b1ae-369910b4a1fa',NULL,NULL,'create-environment','success',100,7,1,NULL,'simulated','simulated',1,0,'{"prior":{"status":"creating","replica":0,"route":[]},"driver":"simulated","while_running":"creating","time_limit":540000000,"needed":true,"skip_when_noop":false,"unfinished_as_failed":false,"stored_only":false,"annotations":"{\"type\": \"exclusive\"}","version":null,"runtime":"","replica":0,"source":"null","build":null,"resource_limit":"null","operation_id":null,"snapshot_index":null,"artifact":null,"image_url":"","build_id":"","script":""}',NULL,NULL,1795810064351680,0,1795809524351680,1795809524366705,1795809524382656,'tester',NULL,NULL,1795809524382656,'{"api_version":"v1","kind":"Job","spec":{"progress":100,"status":"success","tasks":[{"index":1,"name":"create-environment","status":"success","detail":"driver simulated on node simulated","created_at":"2026-11-27T19:58:44.351680Z","updated_at":"2026-11-27T19:58:44.379614Z"},{"index":2,"name":"record","status":"success","detail":"","created_at":"2026-11-27T19:58:44.351680Z","updated_at":"2026-11-27T19:58:44.382656Z"}]}}');
INSERT INTO "job" VALUES('01a21e96-bc84-76e6-b93e-f2e8a0b87737','0123456789abcdef0123456789abcdef','01a21e96-ba7f-7ee2-b1ae-369910b4a1fa','01a21e96-bc52-7bb0-a9f1-d046cf498850','01a21e96-bc5f-7e55-a497-2d5a2e500d73','deploy','success',100,12,1,NULL,'simulated','simulated',1,0,'{"prior":{"status":"created","replica":1,"route":[]},"driver":"simulated","while_running":"notReady","time_limit":540000000,"needed":true,"skip_when_noop":false,"unfinished_as_failed":false,"stored_only":false,"annotations":"{\"version\": \"1.0.0\"}","version":"1.0.0","runtime":"Docker","replica":1,"source":"{\"type\": \"image\", \"url\": \"nginx:1\"}","build":null,"resource_limit":"{\"cpu_limit\": \"500m\", \"memory_limit\": \"1Gi\"}","operation_id":null,"snapshot_index":null,"artifact":null,"image_url":"nginx:1","build_id":"","script":""}','{"driver":"simulated","reference":"nginx:1","image_url":"nginx:1","data":{}}',NULL,1795810064868057,0,1795809524868057,1795809524877124,1795809524901323,'tester',NULL,NULL,1795809524901323,'{"api_version":"v1","kind":"Job","spec":{"progress":100,"status":"success","tasks":[{"index":1,"name":"build","status":"skip","detail":"not needed for a source of type image","created_at":"2026-11-27T19:58:44.868057Z","updated_at":"2026-11-27T19:58:44.877124Z"},{"index":2,"name":"pull","status":"success","detail":"pulled nginx:1","created_at":"2026-11-27T19:58:44.868057Z","updated_at":"2026-11-27T19:58:44.891013Z"},{"index":3,"name":"deploy","status":"success","detail":"1 instance started","created_at":"2026-11-27T19:58:44.868057Z","updated_at":"2026-11-27T19:58:44.894035Z"},{"index":4,"name":"verify","status":"success","detail":"","created_at":"2026-11-27T19:58:44.868057Z","updated_at":"2026-11-27T19:58:44.896886Z"},{"index":5,"name":"record","status":"success","detail":"1 serve, 0 stopped","created_at":"2026-11-27T19:58:44.868057Z","updated_at":"2026-11-27T19:58:44.901323Z"}]}}');
INSERT INTO "job" VALUES('01a21e96-bcc5-75a9-8299-805fb3b3482b','0123456789abcdef0123456789abcdef','01a21e96-ba7f-7ee2-b1ae-369910b4a1fa','01a21e96-bc52-7bb0-a9f1-d046cf498850','01a21e96-bcb9-7c0a-ad32-6b2e11eaf86c','deploy','failed',40,9,1,NULL,'simulated','simulated',1,0,'{"prior":{"status":"created","replica":1,"route":[]},"driver":"simulated","while_running":"notReady","time_limit":540000000,"needed":true,"skip_when_noop":false,"unfinished_as_failed":false,"stored_only":false,"annotations":"{\"version\": \"1.0.0\"}","version":"1.0.0","runtime":"Docker","replica":1,"source":"{\"type\": \"image\", \"url\": \"nginx:1\"}","build":null,"resource_limit":"{\"cpu_limit\": \"500m\", \"memory_limit\": \"1Gi\"}","operation_id":null,"snapshot_index":null,"artifact":null,"image_url":"nginx:1","build_id":"","script":"pull=fail:image-missing"}',NULL,'{"status":"failed","cause":"image-missing","detail":"image-missing: the pull of nginx:1 was scripted to fail. Check the image reference and its tag.","task":2}',1795810064933900,0,1795809524933900,1795809524936999,1795809524958922,'tester',NULL,NULL,1795809524958922,'{"api_version":"v1","kind":"Job","spec":{"progress":40,"status":"failed","tasks":[{"index":1,"name":"build","status":"skip","detail":"not needed for a source of type image","created_at":"2026-11-27T19:58:44.933900Z","updated_at":"2026-11-27T19:58:44.936999Z"},{"index":2,"name":"pull","status":"failed","detail":"image-missing: the pull of nginx:1 was scripted to fail. Check the image reference and its tag.","created_at":"2026-11-27T19:58:44.933900Z","updated_at":"2026-11-27T19:58:44.956723Z"},{"index":3,"name":"deploy","status":"skip","detail":"not run: task 2 ended the job (image-missing)","created_at":"2026-11-27T19:58:44.933900Z","updated_at":"2026-11-27T19:58:44.958922Z"},{"index":4,"name":"verify","status":"skip","detail":"not run: task 2 ended the job (image-missing)","created_at":"2026-11-27T19:58:44.933900Z","updated_at":"2026-11-27T19:58:44.958922Z"},{"index":5,"name":"record","status":"skip","detail":"not run: task 2 ended the job (image-missing)","created_at":"2026-11-27T19:58:44.933900Z","updated_at":"2026-11-27T19:58:44.958922Z"}]}}');
INSERT INTO "job" VALUES('01a21e96-bcf9-751a-a7b4-f8b8b5e236c9','0123456789abcdef0123456789abcdef','01a21e96-ba7f-7ee2-b1ae-369910b4a1fa','01a21e96-bc52-7bb0-a9f1-d046cf498850','01a21e96-bc5f-7e55-a497-2d5a2e500d73','upgrade','terminated',75,15,2,NULL,'simulated','simulated',1,0,'{"prior":{"status":"running","replica":1,"route":["cart-3-da10b21ef8-g2fnp"]},"driver":"simulated","while_running":"notReady","time_limit":540000000,"needed":true,"skip_when_noop":false,"unfinished_as_failed":false,"stored_only":false,"annotations":"{\"version\": \"1.0.0\"}","version":"1.0.0","runtime":"Docker","replica":1,"source":"{\"type\": \"image\", \"url\": \"nginx:1\"}","build":null,"resource_limit":"{\"cpu_limit\": \"500m\", \"memory_limit\": \"1Gi\"}","operation_id":null,"snapshot_index":null,"artifact":null,"image_url":"nginx:1","build_id":"01a21e96-bc84-76e6-b93e-f2e8a0b87737","script":"ready=never"}','{"driver":"simulated","reference":"nginx:1","image_url":"nginx:1","data":{}}','{"status":"terminated","cause":"terminated","detail":"terminated: stopped by request during task 4 verify. Retry the job to run it again.","task":4}',1795810064985764,0,1795809524985764,1795809524991971,1795809525051718,'tester',NULL,NULL,1795809525051718,'{"api_version":"v1","kind":"Job","spec":{"progress":75,"status":"terminated","tasks":[{"index":1,"name":"build","status":"skip","detail":"not needed for a source of type image","created_at":"2026-11-27T19:58:44.985764Z","updated_at":"2026-11-27T19:58:44.991971Z"},{"index":2,"name":"pull","status":"success","detail":"pulled nginx:1","created_at":"2026-11-27T19:58:44.985764Z","updated_at":"2026-11-27T19:58:45.002808Z"},{"index":3,"name":"upgrade","status":"success","detail":"1 instance started\nundone: what served before the job serves","created_at":"2026-11-27T19:58:44.985764Z","updated_at":"2026-11-27T19:58:45.051718Z"},{"index":4,"name":"verify","status":"terminated","detail":"terminated: stopped by request during task 4 verify. Retry the job to run it again.","created_at":"2026-11-27T19:58:44.985764Z","updated_at":"2026-11-27T19:58:45.051718Z"},{"index":5,"name":"record","status":"skip","detail":"not run: task 4 ended the job (terminated)","created_at":"2026-11-27T19:58:44.985764Z","updated_at":"2026-11-27T19:58:45.051718Z"}]}}');
INSERT INTO "job" VALUES('01a21e96-bd5d-7409-973d-26fc3737828a','0123456789abcdef0123456789abcdef','01a21e96-ba7f-7ee2-b1ae-369910b4a1fa','01a21e96-bc52-7bb0-a9f1-d046cf498850','01a21e96-bc5f-7e55-a497-2d5a2e500d73','restart','timeout',50,10,3,NULL,'simulated','simulated',1,0,'{"prior":{"status":"running","replica":1,"route":["cart-3-da10b21ef8-g2fnp"]},"driver":"simulated","while_running":"notReady","time_limit":50000,"needed":true,"skip_when_noop":false,"unfinished_as_failed":false,"stored_only":false,"annotations":"{\"version\": \"1.0.0\"}","version":"1.0.0","runtime":"Docker","replica":1,"source":"{\"type\": \"image\", \"url\": \"nginx:1\"}","build":null,"resource_limit":"{\"cpu_limit\": \"500m\", \"memory_limit\": \"1Gi\"}","operation_id":null,"snapshot_index":null,"artifact":{"driver":"simulated","reference":"nginx:1","image_url":"nginx:1","data":{}},"image_url":"nginx:1","build_id":"01a21e96-bc84-76e6-b93e-f2e8a0b87737","script":"ready=never"}',NULL,'{"status":"timeout","cause":"deadline-exceeded","detail":"deadline-exceeded: the job was not done by its deadline, 2026-11-27T19:58:45.135195Z. Give it longer (annotation homeport/deadline), or find what it waits for in the log.","task":2}',1795809525135195,1,1795809525085195,1795809525093226,1795809525140916,'tester',NULL,NULL,1795809525140916,'{"api_version":"v1","kind":"Job","spec":{"progress":50,"status":"timeout","tasks":[{"index":1,"name":"restart","status":"success","detail":"1 instance started\nundone: what served before the job serves","created_at":"2026-11-27T19:58:45.085195Z","updated_at":"2026-11-27T19:58:45.140916Z"},{"index":2,"name":"verify","status":"timeout","detail":"deadline-exceeded: the job was not done by its deadline, 2026-11-27T19:58:45.135195Z. Give it longer (annotation homeport/deadline), or find what it waits for in the log.","created_at":"2026-11-27T19:58:45.085195Z","updated_at":"2026-11-27T19:58:45.140916Z"},{"index":3,"name":"record","status":"skip","detail":"not run: task 2 ended the job (deadline-exceeded)","created_at":"2026-11-27T19:58:45.085195Z","updated_at":"2026-11-27T19:58:45.140916Z"}]}}');
INSERT INTO "job" VALUES('01a21e96-bda3-7e08-81da-996ee41cec2b','0123456789abcdef0123456789abcdef','01a21e96-ba7f-7ee2-b1ae-369910b4a1fa','01a21e96-bc52-7bb0-a9f1-d046cf498850','01a21e96-bc5f-7e55-a497-2d5a2e500d73','upgrade','running',75,8,4,'01a21e96-ba62-71ab-ad35-280d8855200d','simulated','simulated',1,0,'{"prior":{"status":"running","replica":1,"route":["cart-3-da10b21ef8-g2fnp"]},"driver":"simulated","while_running":"notReady","time_limit":540000000,"needed":true,"skip_when_noop":false,"unfinished_as_failed":false,"stored_only":false,"annotations":"{\"version\": \"1.0.0\"}","version":"1.0.0","runtime":"Docker","replica":1,"source":"{\"type\": \"image\", \"url\": \"nginx:1\"}","build":null,"resource_limit":"{\"cpu_limit\": \"500m\", \"memory_limit\": \"1Gi\"}","operation_id":null,"snapshot_index":null,"artifact":null,"image_url":"nginx:1","build_id":"01a21e96-bc84-76e6-b93e-f2e8a0b87737","script":"ready=3s"}','{"driver":"simulated","reference":"nginx:1","image_url":"nginx:1","data":{}}',NULL,1795810065155062,0,1795809525155062,1795809525158747,NULL,'tester','01a21e96-bc5f-7e55-a497-2d5a2e500d73',1795809525155062,1795809525170376,'{"api_version":"v1","kind":"Job","spec":{"progress":75,"status":"running","tasks":[{"index":1,"name":"build","status":"skip","detail":"not needed for a source of type image","created_at":"2026-11-27T19:58:45.155062Z","updated_at":"2026-11-27T19:58:45.158747Z"},{"index":2,"name":"pull","status":"success","detail":"pulled nginx:1","created_at":"2026-11-27T19:58:45.155062Z","updated_at":"2026-11-27T19:58:45.168142Z"},{"index":3,"name":"upgrade","status":"success","detail":"1 instance started","created_at":"2026-11-27T19:58:45.155062Z","updated_at":"2026-11-27T19:58:45.170376Z"},{"index":4,"name":"verify","status":"running","detail":"","created_at":"2026-11-27T19:58:45.155062Z","updated_at":"2026-11-27T19:58:45.170376Z"},{"index":5,"name":"record","status":"init","detail":"","created_at":"2026-11-27T19:58:45.155062Z","updated_at":"2026-11-27T19:58:45.155062Z"}]}}');
INSERT INTO "job" VALUES('01a21e96-bde2-7dbe-acee-afc2df42f336','0123456789abcdef0123456789abcdef','01a21e96-ba7f-7ee2-b1ae-369910b4a1fa','01a21e96-bc52-7bb0-a9f1-d046cf498850','01a21e96-bdd0-7bf8-9598-347ee2a9110d','deploy','running',40,4,1,'01a21e96-ba62-71ab-ad35-280d8855200d','simulated','simulated',1,0,'{"prior":{"status":"created","replica":1,"route":[]},"driver":"simulated","while_running":"notReady","time_limit":540000000,"needed":true,"skip_when_noop":false,"unfinished_as_failed":false,"stored_only":false,"annotations":"{\"version\": \"1.0.0\"}","version":"1.0.0","runtime":"Docker","replica":1,"source":"{\"type\": \"image\", \"url\": \"nginx:1\"}","build":null,"resource_limit":"{\"cpu_limit\": \"500m\", \"memory_limit\": \"1Gi\"}","operation_id":null,"snapshot_index":null,"artifact":null,"image_url":"nginx:1","build_id":"","script":"pull=3s"}',NULL,NULL,1795810065218455,0,1795809525218455,1795809525237417,NULL,'tester','01a21e96-bdd0-7bf8-9598-347ee2a9110d',1795809525218455,1795809525237417,'{"api_version":"v1","kind":"Job","spec":{"progress":40,"status":"running","tasks":[{"index":1,"name":"build","status":"skip","detail":"not needed for a source of type image","created_at":"2026-11-27T19:58:45.218455Z","updated_at":"2026-11-27T19:58:45.237417Z"},{"index":2,"name":"pull","status":"running","detail":"","created_at":"2026-11-27T19:58:45.218455Z","updated_at":"2026-11-27T19:58:45.237417Z"},{"index":3,"name":"deploy","status":"init","detail":"","created_at":"2026-11-27T19:58:45.218455Z","updated_at":"2026-11-27T19:58:45.218455Z"},{"index":4,"name":"verify","status":"init","detail":"","created_at":"2026-11-27T19:58:45.218455Z","updated_at":"2026-11-27T19:58:45.218455Z"},{"index":5,"name":"record","status":"init","detail":"","created_at":"2026-11-27T19:58:45.218455Z","updated_at":"2026-11-27T19:58:45.218455Z"}]}}');
INSERT INTO "job" VALUES('01a21e96-be3b-7f44-b4bd-5775f60b9024','0123456789abcdef0123456789abcdef','01a21e96-ba7f-7ee2-b1ae-369910b4a1fa','01a21e96-bc52-7bb0-a9f1-d046cf498850','01a21e96-be32-77c1-b881-770063b9e440','deploy','init',0,1,0,NULL,'simulated','simulated',1,0,'{"prior":{"status":"created","replica":1,"route":[]},"driver":"simulated","while_running":"notReady","time_limit":540000000,"needed":true,"skip_when_noop":false,"unfinished_as_failed":false,"stored_only":false,"annotations":"{\"version\": \"1.0.0\"}","version":"1.0.0","runtime":"Docker","replica":1,"source":"{\"type\": \"image\", \"url\": \"nginx:1\"}","build":null,"resource_limit":"{\"cpu_limit\": \"500m\", \"memory_limit\": \"1Gi\"}","operation_id":null,"snapshot_index":null,"artifact":null,"image_url":"nginx:1","build_id":"","script":""}',NULL,NULL,1795810065307504,0,1795809525307504,NULL,NULL,'tester','01a21e96-be32-77c1-b881-770063b9e440',1795809525307504,1795809525307504,'{"api_version":"v1","kind":"Job","spec":{"progress":0,"status":"init","tasks":[{"index":1,"name":"build","status":"init","detail":"","created_at":"2026-11-27T19:58:45.307504Z","updated_at":"2026-11-27T19:58:45.307504Z"},{"index":2,"name":"pull","status":"init","detail":"","created_at":"2026-11-27T19:58:45.307504Z","updated_at":"2026-11-27T19:58:45.307504Z"},{"index":3,"name":"deploy","status":"init","detail":"","created_at":"2026-11-27T19:58:45.307504Z","updated_at":"2026-11-27T19:58:45.307504Z"},{"index":4,"name":"verify","status":"init","detail":"","created_at":"2026-11-27T19:58:45.307504Z","updated_at":"2026-11-27T19:58:45.307504Z"},{"index":5,"name":"record","status":"init","detail":"","created_at":"2026-11-27T19:58:45.307504Z","updated_at":"2026-11-27T19:58:45.307504Z"}]}}');
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
INSERT INTO "job_event" VALUES('01a21e96-ba7f-7ee2-b1ae-3699842292dd',1,1795809524351680,0,'init',0,'');
INSERT INTO "job_event" VALUES('01a21e96-ba7f-7ee2-b1ae-3699842292dd',2,1795809524366705,0,'running',0,'');
INSERT INTO "job_event" VALUES('01a21e96-ba7f-7ee2-b1ae-3699842292dd',3,1795809524366705,1,'running',0,'');
INSERT INTO "job_event" VALUES('01a21e96-ba7f-7ee2-b1ae-3699842292dd',4,1795809524379614,1,'success',83,'driver simulated on node simulated');
INSERT INTO "job_event" VALUES('01a21e96-ba7f-7ee2-b1ae-3699842292dd',5,1795809524379614,2,'running',83,'');
INSERT INTO "job_event" VALUES('01a21e96-ba7f-7ee2-b1ae-3699842292dd',6,1795809524382656,2,'success',99,'');
INSERT INTO "job_event" VALUES('01a21e96-ba7f-7ee2-b1ae-3699842292dd',7,1795809524382656,0,'success',100,'');
INSERT INTO "job_event" VALUES('01a21e96-bc84-76e6-b93e-f2e8a0b87737',1,1795809524868057,0,'init',0,'');
INSERT INTO "job_event" VALUES('01a21e96-bc84-76e6-b93e-f2e8a0b87737',2,1795809524877124,0,'running',0,'');
INSERT INTO "job_event" VALUES('01a21e96-bc84-76e6-b93e-f2e8a0b87737',3,1795809524877124,1,'skip',40,'not needed for a source of type image');
INSERT INTO "job_event" VALUES('01a21e96-bc84-76e6-b93e-f2e8a0b87737',4,1795809524877124,2,'running',40,'');
INSERT INTO "job_event" VALUES('01a21e96-bc84-76e6-b93e-f2e8a0b87737',5,1795809524891013,2,'success',50,'pulled nginx:1');
INSERT INTO "job_event" VALUES('01a21e96-bc84-76e6-b93e-f2e8a0b87737',6,1795809524891013,3,'running',50,'');
INSERT INTO "job_event" VALUES('01a21e96-bc84-76e6-b93e-f2e8a0b87737',7,1795809524894035,3,'success',75,'1 instance started');
INSERT INTO "job_event" VALUES('01a21e96-bc84-76e6-b93e-f2e8a0b87737',8,1795809524894035,4,'running',75,'');
INSERT INTO "job_event" VALUES('01a21e96-bc84-76e6-b93e-f2e8a0b87737',9,1795809524896886,4,'success',95,'');
INSERT INTO "job_event" VALUES('01a21e96-bc84-76e6-b93e-f2e8a0b87737',10,1795809524896886,5,'running',95,'');
INSERT INTO "job_event" VALUES('01a21e96-bc84-76e6-b93e-f2e8a0b87737',11,1795809524901323,5,'success',99,'1 serve, 0 stopped');
INSERT INTO "job_event" VALUES('01a21e96-bc84-76e6-b93e-f2e8a0b87737',12,1795809524901323,0,'success',100,'');
INSERT INTO "job_event" VALUES('01a21e96-bcc5-75a9-8299-805fb3b3482b',1,1795809524933900,0,'init',0,'');
INSERT INTO "job_event" VALUES('01a21e96-bcc5-75a9-8299-805fb3b3482b',2,1795809524936999,0,'running',0,'');
INSERT INTO "job_event" VALUES('01a21e96-bcc5-75a9-8299-805fb3b3482b',3,1795809524936999,1,'skip',40,'not needed for a source of type image');
INSERT INTO "job_event" VALUES('01a21e96-bcc5-75a9-8299-805fb3b3482b',4,1795809524936999,2,'running',40,'');
INSERT INTO "job_event" VALUES('01a21e96-bcc5-75a9-8299-805fb3b3482b',5,1795809524956723,2,'failed',40,'image-missing: the pull of nginx:1 was scripted to fail. Check the image reference and its tag.');
INSERT INTO "job_event" VALUES('01a21e96-bcc5-75a9-8299-805fb3b3482b',6,1795809524958922,3,'skip',40,'not run: task 2 ended the job (image-missing)');
INSERT INTO "job_event" VALUES('01a21e96-bcc5-75a9-8299-805fb3b3482b',7,1795809524958922,4,'skip',40,'not run: task 2 ended the job (image-missing)');
INSERT INTO "job_event" VALUES('01a21e96-bcc5-75a9-8299-805fb3b3482b',8,1795809524958922,5,'skip',40,'not run: task 2 ended the job (image-missing)');
INSERT INTO "job_event" VALUES('01a21e96-bcc5-75a9-8299-805fb3b3482b',9,1795809524958922,0,'failed',40,'image-missing: the pull of nginx:1 was scripted to fail. Check the image reference and its tag.');
INSERT INTO "job_event" VALUES('01a21e96-bcf9-751a-a7b4-f8b8b5e236c9',1,1795809524985764,0,'init',0,'');
INSERT INTO "job_event" VALUES('01a21e96-bcf9-751a-a7b4-f8b8b5e236c9',2,1795809524991971,0,'running',0,'');
INSERT INTO "job_event" VALUES('01a21e96-bcf9-751a-a7b4-f8b8b5e236c9',3,1795809524991971,1,'skip',40,'not needed for a source of type image');
INSERT INTO "job_event" VALUES('01a21e96-bcf9-751a-a7b4-f8b8b5e236c9',4,1795809524991971,2,'running',40,'');
INSERT INTO "job_event" VALUES('01a21e96-bcf9-751a-a7b4-f8b8b5e236c9',5,1795809525002808,2,'success',50,'pulled nginx:1');
INSERT INTO "job_event" VALUES('01a21e96-bcf9-751a-a7b4-f8b8b5e236c9',6,1795809525002808,3,'running',50,'');
INSERT INTO "job_event" VALUES('01a21e96-bcf9-751a-a7b4-f8b8b5e236c9',7,1795809525006352,3,'success',75,'1 instance started');
INSERT INTO "job_event" VALUES('01a21e96-bcf9-751a-a7b4-f8b8b5e236c9',8,1795809525006352,4,'running',75,'');
INSERT INTO "job_event" VALUES('01a21e96-bcf9-751a-a7b4-f8b8b5e236c9',9,1795809525036206,0,'terminating',75,'');
INSERT INTO "job_event" VALUES('01a21e96-bcf9-751a-a7b4-f8b8b5e236c9',10,1795809525036206,4,'terminating',75,'');
INSERT INTO "job_event" VALUES('01a21e96-bcf9-751a-a7b4-f8b8b5e236c9',11,1795809525051718,3,'success',75,'1 instance started
undone: what served before the job serves');
INSERT INTO "job_event" VALUES('01a21e96-bcf9-751a-a7b4-f8b8b5e236c9',12,1795809525051718,4,'terminating',75,'');
INSERT INTO "job_event" VALUES('01a21e96-bcf9-751a-a7b4-f8b8b5e236c9',13,1795809525051718,5,'skip',75,'not run: task 4 ended the job (terminated)');
INSERT INTO "job_event" VALUES('01a21e96-bcf9-751a-a7b4-f8b8b5e236c9',14,1795809525051718,4,'terminated',75,'terminated: stopped by request during task 4 verify. Retry the job to run it again.');
INSERT INTO "job_event" VALUES('01a21e96-bcf9-751a-a7b4-f8b8b5e236c9',15,1795809525051718,0,'terminated',75,'terminated: stopped by request during task 4 verify. Retry the job to run it again.');
INSERT INTO "job_event" VALUES('01a21e96-bd5d-7409-973d-26fc3737828a',1,1795809525085195,0,'init',0,'');
INSERT INTO "job_event" VALUES('01a21e96-bd5d-7409-973d-26fc3737828a',2,1795809525093226,0,'running',0,'');
INSERT INTO "job_event" VALUES('01a21e96-bd5d-7409-973d-26fc3737828a',3,1795809525093226,1,'running',0,'');
INSERT INTO "job_event" VALUES('01a21e96-bd5d-7409-973d-26fc3737828a',4,1795809525101033,1,'success',50,'1 instance started');
INSERT INTO "job_event" VALUES('01a21e96-bd5d-7409-973d-26fc3737828a',5,1795809525101033,2,'running',50,'');
INSERT INTO "job_event" VALUES('01a21e96-bd5d-7409-973d-26fc3737828a',6,1795809525138232,2,'timeout',50,'deadline-exceeded: the job was not done by its deadline, 2026-11-27T19:58:45.135195Z. Give it longer (annotation homeport/deadline), or find what it waits for in the log.');
INSERT INTO "job_event" VALUES('01a21e96-bd5d-7409-973d-26fc3737828a',7,1795809525140916,1,'success',50,'1 instance started
undone: what served before the job serves');
INSERT INTO "job_event" VALUES('01a21e96-bd5d-7409-973d-26fc3737828a',8,1795809525140916,2,'timeout',50,'deadline-exceeded: the job was not done by its deadline, 2026-11-27T19:58:45.135195Z. Give it longer (annotation homeport/deadline), or find what it waits for in the log.');
INSERT INTO "job_event" VALUES('01a21e96-bd5d-7409-973d-26fc3737828a',9,1795809525140916,3,'skip',50,'not run: task 2 ended the job (deadline-exceeded)');
INSERT INTO "job_event" VALUES('01a21e96-bd5d-7409-973d-26fc3737828a',10,1795809525140916,0,'timeout',50,'deadline-exceeded: the job was not done by its deadline, 2026-11-27T19:58:45.135195Z. Give it longer (annotation homeport/deadline), or find what it waits for in the log.');
INSERT INTO "job_event" VALUES('01a21e96-bda3-7e08-81da-996ee41cec2b',1,1795809525155062,0,'init',0,'');
INSERT INTO "job_event" VALUES('01a21e96-bda3-7e08-81da-996ee41cec2b',2,1795809525158747,0,'running',0,'');
INSERT INTO "job_event" VALUES('01a21e96-bda3-7e08-81da-996ee41cec2b',3,1795809525158747,1,'skip',40,'not needed for a source of type image');
INSERT INTO "job_event" VALUES('01a21e96-bda3-7e08-81da-996ee41cec2b',4,1795809525158747,2,'running',40,'');
INSERT INTO "job_event" VALUES('01a21e96-bda3-7e08-81da-996ee41cec2b',5,1795809525168142,2,'success',50,'pulled nginx:1');
INSERT INTO "job_event" VALUES('01a21e96-bda3-7e08-81da-996ee41cec2b',6,1795809525168142,3,'running',50,'');
INSERT INTO "job_event" VALUES('01a21e96-bda3-7e08-81da-996ee41cec2b',7,1795809525170376,3,'success',75,'1 instance started');
INSERT INTO "job_event" VALUES('01a21e96-bda3-7e08-81da-996ee41cec2b',8,1795809525170376,4,'running',75,'');
INSERT INTO "job_event" VALUES('01a21e96-bde2-7dbe-acee-afc2df42f336',1,1795809525218455,0,'init',0,'');
INSERT INTO "job_event" VALUES('01a21e96-bde2-7dbe-acee-afc2df42f336',2,1795809525237417,0,'running',0,'');
INSERT INTO "job_event" VALUES('01a21e96-bde2-7dbe-acee-afc2df42f336',3,1795809525237417,1,'skip',40,'not needed for a source of type image');
INSERT INTO "job_event" VALUES('01a21e96-bde2-7dbe-acee-afc2df42f336',4,1795809525237417,2,'running',40,'');
INSERT INTO "job_event" VALUES('01a21e96-be3b-7f44-b4bd-5775f60b9024',1,1795809525307504,0,'init',0,'');
CREATE TABLE migration (number INTEGER PRIMARY KEY, name TEXT NOT NULL);
INSERT INTO "migration" VALUES(1,'first');
INSERT INTO "migration" VALUES(2,'identity');
INSERT INTO "migration" VALUES(3,'requests');
INSERT INTO "migration" VALUES(4,'turns');
INSERT INTO "migration" VALUES(5,'credentials');
CREATE TABLE project (
    id TEXT PRIMARY KEY,
    domain_id TEXT NOT NULL REFERENCES iam_domain (id),
    name TEXT NOT NULL,
    description TEXT NOT NULL DEFAULT '',
    created_at BIGINT NOT NULL,
    UNIQUE (domain_id, name)
);
INSERT INTO "project" VALUES('0123456789abcdef0123456789abcdef','fedcba9876543210fedcba9876543210','local-1','',1795809524017451);
CREATE TABLE request (
    project_id TEXT NOT NULL,
    key TEXT NOT NULL,
    operation TEXT NOT NULL,
    digest TEXT NOT NULL,
    status INTEGER NOT NULL,
    answer TEXT NOT NULL,
    made_at BIGINT NOT NULL,
    PRIMARY KEY (project_id, key)
);
CREATE TABLE role_grant (
    user_id TEXT NOT NULL REFERENCES iam_user (id) ON DELETE CASCADE,
    project_id TEXT NOT NULL REFERENCES project (id),
    role TEXT NOT NULL CHECK (role IN ('read-only', 'operator', 'admin')),
    PRIMARY KEY (user_id, project_id)
);
INSERT INTO "role_grant" VALUES('01a21e96b93174f0a06cf96fd68b0e84','0123456789abcdef0123456789abcdef','admin');
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
INSERT INTO "snapshot" VALUES('01a21e96-bc5f-7e55-a497-2d5a2e500d73',1,'01a21e96-bc84-76e6-b93e-f2e8a0b87737','deploy','success','1.0.0','{"version": "1.0.0"}','Docker',1,'{"type": "image", "url": "nginx:1"}',NULL,'{"cpu_limit": "500m", "memory_limit": "1Gi"}','nginx:1','01a21e96-bc84-76e6-b93e-f2e8a0b87737',NULL,'{"driver":"simulated","reference":"nginx:1","image_url":"nginx:1","data":{}}','running',1,1795809524901186,1795809524901186);
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
INSERT INTO "task" VALUES('01a21e96-ba7f-7ee2-b1ae-3699842292dd',1,'create-environment','success','driver simulated on node simulated',25,300000000,100,1,1795809524366705,1795809524351680,1795809524379614);
INSERT INTO "task" VALUES('01a21e96-ba7f-7ee2-b1ae-3699842292dd',2,'record','success','',5,300000000,100,1,1795809524379614,1795809524351680,1795809524382656);
INSERT INTO "task" VALUES('01a21e96-bc84-76e6-b93e-f2e8a0b87737',1,'build','skip','not needed for a source of type image',40,1800000000,100,1,NULL,1795809524868057,1795809524877124);
INSERT INTO "task" VALUES('01a21e96-bc84-76e6-b93e-f2e8a0b87737',2,'pull','success','pulled nginx:1',10,300000000,100,1,1795809524877124,1795809524868057,1795809524891013);
INSERT INTO "task" VALUES('01a21e96-bc84-76e6-b93e-f2e8a0b87737',3,'deploy','success','1 instance started',25,300000000,100,1,1795809524891013,1795809524868057,1795809524894035);
INSERT INTO "task" VALUES('01a21e96-bc84-76e6-b93e-f2e8a0b87737',4,'verify','success','',20,300000000,100,1,1795809524894035,1795809524868057,1795809524896886);
INSERT INTO "task" VALUES('01a21e96-bc84-76e6-b93e-f2e8a0b87737',5,'record','success','1 serve, 0 stopped',5,300000000,100,1,1795809524896886,1795809524868057,1795809524901323);
INSERT INTO "task" VALUES('01a21e96-bcc5-75a9-8299-805fb3b3482b',1,'build','skip','not needed for a source of type image',40,1800000000,100,1,NULL,1795809524933900,1795809524936999);
INSERT INTO "task" VALUES('01a21e96-bcc5-75a9-8299-805fb3b3482b',2,'pull','failed','image-missing: the pull of nginx:1 was scripted to fail. Check the image reference and its tag.',10,300000000,0,0,1795809524936999,1795809524933900,1795809524956723);
INSERT INTO "task" VALUES('01a21e96-bcc5-75a9-8299-805fb3b3482b',3,'deploy','skip','not run: task 2 ended the job (image-missing)',25,300000000,0,0,NULL,1795809524933900,1795809524958922);
INSERT INTO "task" VALUES('01a21e96-bcc5-75a9-8299-805fb3b3482b',4,'verify','skip','not run: task 2 ended the job (image-missing)',20,300000000,0,0,NULL,1795809524933900,1795809524958922);
INSERT INTO "task" VALUES('01a21e96-bcc5-75a9-8299-805fb3b3482b',5,'record','skip','not run: task 2 ended the job (image-missing)',5,300000000,0,0,NULL,1795809524933900,1795809524958922);
INSERT INTO "task" VALUES('01a21e96-bcf9-751a-a7b4-f8b8b5e236c9',1,'build','skip','not needed for a source of type image',40,1800000000,100,1,NULL,1795809524985764,1795809524991971);
INSERT INTO "task" VALUES('01a21e96-bcf9-751a-a7b4-f8b8b5e236c9',2,'pull','success','pulled nginx:1',10,300000000,100,1,1795809524991971,1795809524985764,1795809525002808);
INSERT INTO "task" VALUES('01a21e96-bcf9-751a-a7b4-f8b8b5e236c9',3,'upgrade','success','1 instance started
undone: what served before the job serves',25,300000000,100,0,1795809525002808,1795809524985764,1795809525051718);
INSERT INTO "task" VALUES('01a21e96-bcf9-751a-a7b4-f8b8b5e236c9',4,'verify','terminated','terminated: stopped by request during task 4 verify. Retry the job to run it again.',20,300000000,0,0,1795809525006352,1795809524985764,1795809525051718);
INSERT INTO "task" VALUES('01a21e96-bcf9-751a-a7b4-f8b8b5e236c9',5,'record','skip','not run: task 4 ended the job (terminated)',5,300000000,0,0,NULL,1795809524985764,1795809525051718);
INSERT INTO "task" VALUES('01a21e96-bd5d-7409-973d-26fc3737828a',1,'restart','success','1 instance started
undone: what served before the job serves',25,300000000,100,0,1795809525093226,1795809525085195,1795809525140916);
INSERT INTO "task" VALUES('01a21e96-bd5d-7409-973d-26fc3737828a',2,'verify','timeout','deadline-exceeded: the job was not done by its deadline, 2026-11-27T19:58:45.135195Z. Give it longer (annotation homeport/deadline), or find what it waits for in the log.',20,300000000,0,0,1795809525101033,1795809525085195,1795809525140916);
INSERT INTO "task" VALUES('01a21e96-bd5d-7409-973d-26fc3737828a',3,'record','skip','not run: task 2 ended the job (deadline-exceeded)',5,300000000,0,0,NULL,1795809525085195,1795809525140916);
INSERT INTO "task" VALUES('01a21e96-bda3-7e08-81da-996ee41cec2b',1,'build','skip','not needed for a source of type image',40,1800000000,100,1,NULL,1795809525155062,1795809525158747);
INSERT INTO "task" VALUES('01a21e96-bda3-7e08-81da-996ee41cec2b',2,'pull','success','pulled nginx:1',10,300000000,100,1,1795809525158747,1795809525155062,1795809525168142);
INSERT INTO "task" VALUES('01a21e96-bda3-7e08-81da-996ee41cec2b',3,'upgrade','success','1 instance started',25,300000000,100,1,1795809525168142,1795809525155062,1795809525170376);
INSERT INTO "task" VALUES('01a21e96-bda3-7e08-81da-996ee41cec2b',4,'verify','running','',20,300000000,0,0,1795809525170376,1795809525155062,1795809525170376);
INSERT INTO "task" VALUES('01a21e96-bda3-7e08-81da-996ee41cec2b',5,'record','init','',5,300000000,0,0,NULL,1795809525155062,1795809525155062);
INSERT INTO "task" VALUES('01a21e96-bde2-7dbe-acee-afc2df42f336',1,'build','skip','not needed for a source of type image',40,1800000000,100,1,NULL,1795809525218455,1795809525237417);
INSERT INTO "task" VALUES('01a21e96-bde2-7dbe-acee-afc2df42f336',2,'pull','running','',10,300000000,0,0,1795809525237417,1795809525218455,1795809525237417);
INSERT INTO "task" VALUES('01a21e96-bde2-7dbe-acee-afc2df42f336',3,'deploy','init','',25,300000000,0,0,NULL,1795809525218455,1795809525218455);
INSERT INTO "task" VALUES('01a21e96-bde2-7dbe-acee-afc2df42f336',4,'verify','init','',20,300000000,0,0,NULL,1795809525218455,1795809525218455);
INSERT INTO "task" VALUES('01a21e96-bde2-7dbe-acee-afc2df42f336',5,'record','init','',5,300000000,0,0,NULL,1795809525218455,1795809525218455);
INSERT INTO "task" VALUES('01a21e96-be3b-7f44-b4bd-5775f60b9024',1,'build','init','',40,1800000000,0,0,NULL,1795809525307504,1795809525307504);
INSERT INTO "task" VALUES('01a21e96-be3b-7f44-b4bd-5775f60b9024',2,'pull','init','',10,300000000,0,0,NULL,1795809525307504,1795809525307504);
INSERT INTO "task" VALUES('01a21e96-be3b-7f44-b4bd-5775f60b9024',3,'deploy','init','',25,300000000,0,0,NULL,1795809525307504,1795809525307504);
INSERT INTO "task" VALUES('01a21e96-be3b-7f44-b4bd-5775f60b9024',4,'verify','init','',20,300000000,0,0,NULL,1795809525307504,1795809525307504);
INSERT INTO "task" VALUES('01a21e96-be3b-7f44-b4bd-5775f60b9024',5,'record','init','',5,300000000,0,0,NULL,1795809525307504,1795809525307504);
CREATE TABLE task_log (
    job_id TEXT NOT NULL REFERENCES job (id),
    task INTEGER NOT NULL,
    position BIGINT NOT NULL,
    size INTEGER NOT NULL,
    text TEXT NOT NULL,
    PRIMARY KEY (job_id, task, position)
);
INSERT INTO "task_log" VALUES('01a21e96-bc84-76e6-b93e-f2e8a0b87737',2,0,26,'simulated pull of nginx:1
');
INSERT INTO "task_log" VALUES('01a21e96-bcc5-75a9-8299-805fb3b3482b',2,0,122,'simulated pull of nginx:1
image-missing: the pull of nginx:1 was scripted to fail. Check the image reference and its tag.
');
INSERT INTO "task_log" VALUES('01a21e96-bcf9-751a-a7b4-f8b8b5e236c9',2,0,26,'simulated pull of nginx:1
');
INSERT INTO "task_log" VALUES('01a21e96-bd5d-7409-973d-26fc3737828a',2,0,171,'deadline-exceeded: the job was not done by its deadline, 2026-11-27T19:58:45.135195Z. Give it longer (annotation homeport/deadline), or find what it waits for in the log.
');
INSERT INTO "task_log" VALUES('01a21e96-bda3-7e08-81da-996ee41cec2b',2,0,26,'simulated pull of nginx:1
');
INSERT INTO "task_log" VALUES('01a21e96-bde2-7dbe-acee-afc2df42f336',2,0,26,'simulated pull of nginx:1
');
CREATE TABLE token (
    hash TEXT PRIMARY KEY,
    user_id TEXT NOT NULL REFERENCES iam_user (id) ON DELETE CASCADE,
    project_id TEXT REFERENCES project (id),
    methods TEXT NOT NULL,
    issued_at BIGINT NOT NULL,
    expires_at BIGINT NOT NULL
);
INSERT INTO "token" VALUES('9486a7e584a350212f13dc61db2b936614e3abb6dcf050d3c89f33fb4106a14d','01a21e96b93174f0a06cf96fd68b0e84','0123456789abcdef0123456789abcdef','password',1795809524704697,1795895924704697);
CREATE TABLE worker (
    id TEXT PRIMARY KEY,
    heartbeat_at BIGINT NOT NULL,
    expires_at BIGINT NOT NULL,
    started_at BIGINT NOT NULL
);
INSERT INTO "worker" VALUES('01a21e96-ba62-71ab-ad35-280d8855200d',1795809524341003,1795809539341003,1795809524341003);
CREATE TABLE worker_node (
    worker_id TEXT NOT NULL REFERENCES worker (id),
    driver TEXT NOT NULL,
    node TEXT NOT NULL,
    PRIMARY KEY (worker_id, driver)
);
INSERT INTO "worker_node" VALUES('01a21e96-ba62-71ab-ad35-280d8855200d','simulated','simulated');
INSERT INTO "worker_node" VALUES('01a21e96-ba62-71ab-ad35-280d8855200d','process','01a21e96-ba63-760d-bca9-d7db153bceb6');
CREATE INDEX component_environment ON component (environment_id);
CREATE INDEX configuration_newest ON configuration (component_id, operated_at);
CREATE INDEX instance_component ON instance (component_id);
CREATE INDEX component_event_age ON component_event (updated_at);
CREATE UNIQUE INDEX job_active ON job (active_target) WHERE active_target IS NOT NULL;
CREATE INDEX job_queue ON job (waiting_since) WHERE waiting_since IS NOT NULL;
CREATE INDEX job_project ON job (project_id, id);
CREATE INDEX job_component ON job (component_id, id) WHERE component_id IS NOT NULL;
CREATE INDEX job_environment ON job (environment_id, id);
CREATE INDEX access_key_user ON access_key (user_id);
CREATE INDEX token_user ON token (user_id);
CREATE INDEX token_expiry ON token (expires_at);
CREATE INDEX request_age ON request (made_at);
CREATE INDEX job_application ON job (application_id, id) WHERE application_id IS NOT NULL;
CREATE INDEX job_requester ON job (project_id, requested_by, id);
CREATE INDEX job_ended ON job (project_id, status, id) WHERE finished_at IS NOT NULL;
CREATE INDEX job_turns ON job (project_id, waiting_since) WHERE waiting_since IS NOT NULL;
CREATE INDEX job_age ON job (finished_at) WHERE finished_at IS NOT NULL;
