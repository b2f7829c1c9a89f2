-- job {"answer": {"api_version": "v1", "kind": "Job", "spec": {"progress": 100, "status": "success", "tasks": [{"created_at": "2026-11-27T19:58:14.749969Z", "detail": "not needed for a source of type image", "index": 1, "name": "build", "status": "skip", "updated_at": "2026-11-27T19:58:14.778196Z"}, {"created_at": "2026-11-27T19:58:14.749969Z", "detail": "pulled nginx:1", "index": 2, "name": "pull", "status": "success", "updated_at": "2026-11-27T19:58:14.849696Z"}, {"created_at": "2026-11-27T19:58:14.749969Z", "detail": "1 instance started", "index": 3, "name": "deploy", "status": "success", "updated_at": "2026-11-27T19:58:14.858144Z"}, {"created_at": "2026-11-27T19:58:14.749969Z", "detail": "", "index": 4, "name": "verify", "status": "success", "updated_at": "2026-11-27T19:58:14.864594Z"}, {"created_at": "2026-11-27T19:58:14.749969Z", "detail": "1 serve, 0 stopped", "index": 5, "name": "record", "status": "success", "updated_at": "2026-11-27T19:58:14.870055Z"}]}}, "environment": "01a21e96-43dc-77a4-9957-806a65da4983", "id": "01a21e96-46dd-7ad7-8487-6b21b011cef0"}
-- job {"answer": {"api_version": "v1", "kind": "Job", "spec": {"progress": 40, "status": "failed", "tasks": [{"created_at": "2026-11-27T19:58:14.909615Z", "detail": "not needed for a source of type image", "index": 1, "name": "build", "status": "skip", "updated_at": "2026-11-27T19:58:14.912970Z"}, {"created_at": "2026-11-27T19:58:14.909615Z", "detail": "image-missing: the pull of nginx:1 was scripted to fail. Check the image reference and its tag.", "index": 2, "name": "pull", "status": "failed", "updated_at": "2026-11-27T19:58:14.920754Z"}, {"created_at": "2026-11-27T19:58:14.909615Z", "detail": "not run: task 2 ended the job (image-missing)", "index": 3, "name": "deploy", "status": "skip", "updated_at": "2026-11-27T19:58:14.929261Z"}, {"created_at": "2026-11-27T19:58:14.909615Z", "detail": "not run: task 2 ended the job (image-missing)", "index": 4, "name": "verify", "status": "skip", "updated_at": "2026-11-27T19:58:14.929261Z"}, {"created_at": "2026-11-27T19:58:14.909615Z", "detail": "not run: task 2 ended the job (image-missing)", "index": 5, "name": "record", "status": "skip", "updated_at": "2026-11-27T19:58:14.929261Z"}]}}, "environment": "01a21e96-43dc-77a4-9957-806a65da4983", "id": "01a21e96-477d-76e0-b13e-1e476541c205"}
-- job {"answer": {"api_version": "v1", "kind": "Job", "spec": {"progress": 75, "status": "terminated", "tasks": [{"created_at": "2026-11-27T19:58:14.959808Z", "detail": "not needed for a source of type image", "index": 1, "name": "build", "status": "skip", "updated_at": "2026-11-27T19:58:14.973286Z"}, {"created_at": "2026-11-27T19:58:14.959808Z", "detail": "pulled nginx:1", "index": 2, "name": "pull", "status": "success", "updated_at": "2026-11-27T19:58:14.986826Z"}, {"created_at": "2026-11-27T19:58:14.959808Z", "detail": "1 instance started\nundone: what served before the job serves", "index": 3, "name": "upgrade", "status": "success", "updated_at": "2026-11-27T19:58:15.050991Z"}, {"created_at": "2026-11-27T19:58:14.959808Z", "detail": "terminated: stopped by request during task 4 verify. Retry the job to run it again.", "index": 4, "name": "verify", "status": "terminated", "updated_at": "2026-11-27T19:58:15.050991Z"}, {"created_at": "2026-11-27T19:58:14.959808Z", "detail": "not run: task 4 ended the job (terminated)", "index": 5, "name": "record", "status": "skip", "updated_at": "2026-11-27T19:58:15.050991Z"}]}}, "environment": "01a21e96-43dc-77a4-9957-806a65da4983", "id": "01a21e96-47af-74da-935c-25791e398871"}
-- job {"answer": {"api_version": "v1", "kind": "Job", "spec": {"progress": 50, "status": "timeout", "tasks": [{"created_at": "2026-11-27T19:58:15.073885Z", "detail": "1 instance started\nundone: what served before the job serves", "index": 1, "name": "restart", "status": "success", "updated_at": "2026-11-27T19:58:15.159364Z"}, {"created_at": "2026-11-27T19:58:15.073885Z", "detail": "deadline-exceeded: the job was not done by its deadline, 2026-11-27T19:58:15.123885Z. Give it longer (annotation homeport/deadline), or find what it waits for in the log.", "index": 2, "name": "verify", "status": "timeout", "updated_at": "2026-11-27T19:58:15.159364Z"}, {"created_at": "2026-11-27T19:58:15.073885Z", "detail": "not run: task 2 ended the job (deadline-exceeded)", "index": 3, "name": "record", "status": "skip", "updated_at": "2026-11-27T19:58:15.159364Z"}]}}, "environment": "01a21e96-43dc-77a4-9957-806a65da4983", "id": "01a21e96-4821-7d24-bd11-02b9521b79d3"}
-- job {"answer": {"api_version": "v1", "kind": "Job", "spec": {"progress": 75, "status": "running", "tasks": [{"created_at": "2026-11-27T19:58:15.186365Z", "detail": "not needed for a source of type image", "index": 1, "name": "build", "status": "skip", "updated_at": "2026-11-27T19:58:15.189318Z"}, {"created_at": "2026-11-27T19:58:15.186365Z", "detail": "pulled nginx:1", "index": 2, "name": "pull", "status": "success", "updated_at": "2026-11-27T19:58:15.192036Z"}, {"created_at": "2026-11-27T19:58:15.186365Z", "detail": "1 instance started", "index": 3, "name": "upgrade", "status": "success", "updated_at": "2026-11-27T19:58:15.193980Z"}, {"created_at": "2026-11-27T19:58:15.186365Z", "detail": "", "index": 4, "name": "verify", "status": "running", "updated_at": "2026-11-27T19:58:15.193980Z"}, {"created_at": "2026-11-27T19:58:15.186365Z", "detail": "", "index": 5, "name": "record", "status": "init", "updated_at": "2026-11-27T19:58:15.186365Z"}]}}, "environment": "01a21e96-43dc-77a4-9957-806a65da4983", "id": "01a21e96-4892-78a8-a84f-ddc9af4c6926"}
-- job {"answer": {"api_version": "v1", "kind": "Job", "spec": {"progress": 40, "status": "running", "tasks": [{"created_at": "2026-11-27T19:58:15.249374Z", "detail": "not needed for a source of type image", "index": 1, "name": "build", "status": "skip", "updated_at": "2026-11-27T19:58:15.252861Z"}, {"created_at": "2026-11-27T19:58:15.249374Z", "detail": "", "index": 2, "name": "pull", "status": "running", "updated_at": "2026-11-27T19:58:15.252861Z"}, {"created_at": "2026-11-27T19:58:15.249374Z", "detail": "", "index": 3, "name": "deploy", "status": "init", "updated_at": "2026-11-27T19:58:15.249374Z"}, {"created_at": "2026-11-27T19:58:15.249374Z", "detail": "", "index": 4, "name": "verify", "status": "init", "updated_at": "2026-11-27T19:58:15.249374Z"}, {"created_at": "2026-11-27T19:58:15.249374Z", "detail": "", "index": 5, "name": "record", "status": "init", "updated_at": "2026-11-27T19:58:15.249374Z"}]}}, "environment": "01a21e96-43dc-77a4-9957-806a65da4983", "id": "01a21e96-48d1-7aa5-837a-540c2c2fa8f5"}
-- job {"answer": {"api_version": "v1", "kind": "Job", "spec": {"progress": 0, "status": "init", "tasks": [{"created_at": "2026-11-27T19:58:15.279692Z", "detail": "", "index": 1, "name": "build", "status": "init", "updated_at": "2026-11-27T19:58:15.279692Z"}, {"created_at": "2026-11-27T19:58:15.279692Z", "detail": "", "index": 2, "name": "pull", "status": "init", "updated_at": "2026-11-27T19:58:15.279692Z"}, {"created_at": "2026-11-27T19:58:15.279692Z", "detail": "", "index": 3, "name": "deploy", "status": "init", "updated_at": "2026-11-27T19:58:15.279692Z"}, {"created_at": "2026-11-27T19:58:15.279692Z", "detail": "", "index": 4, "name": "verify", "status": "init", "updated_at": "2026-11-27T19:58:15.279692Z"}, {"created_at": "2026-11-27T19:58:15.279692Z", "detail": "", "index": 5, "name": "record", "status": "init", "updated_at": "2026-11-27T19:58:15.279692Z"}]}}, "environment": "01a21e96-43dc-77a4-9957-806a65da4983", "id": "01a21e96-48ef-7ff3-a2c8-2a2b5b8ead15"}
CREATE TABLE access_key (
    id TEXT PRIMARY KEY,
    user_id TEXT NOT NULL REFERENCES iam_user (id) ON DELETE CASCADE,
    secret TEXT NOT NULL,
    description TEXT NOT NULL DEFAULT '',
    created_at BIGINT NOT NULL
);
INSERT INTO "access_key" VALUES('HPTESTACCESSKEY00001','01a21e96407a7bff83ce30537d132468','hp1:efdee771:LcSqOkqckOXnjbsgXElISlBG6On+qlfiAMKkUp+RrSGy48FC6Enjq70oSp2Av/JLJ/otgWGoKFUtwgmViiVIvYV//uo=','made at the first start',1795809493114422);
CREATE TABLE application (
    id TEXT PRIMARY KEY,
    project_id TEXT NOT NULL,
    environment_id TEXT NOT NULL REFERENCES environment (id),
    name TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    updated_at BIGINT NOT NULL,
    UNIQUE (environment_id, name)
);
INSERT INTO "application" VALUES('01a21e96-46a6-71a6-be1c-03ce3dedcb0d','0123456789abcdef0123456789abcdef','01a21e96-43dc-77a4-9957-806a65da4983','app-1001',1795809494694904,1795809494694904);
CREATE TABLE certificate (
    id TEXT PRIMARY KEY,
    project_id TEXT NOT NULL,
    environment_id TEXT NOT NULL,
    name TEXT NOT NULL,
    crt TEXT NOT NULL,
    private_key TEXT NOT NULL,
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
    status TEXT NOT NULL CHECK (status = 'created' OR status = 'notReady' OR status = 'running' OR status = 'paused'),
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
INSERT INTO "component" VALUES('01a21e96-46b6-788d-9520-84d6a72dd22a','0123456789abcdef0123456789abcdef','01a21e96-43dc-77a4-9957-806a65da4983','01a21e96-46a6-71a6-be1c-03ce3dedcb0d','cart-1002','{"version": "1.0.0"}','1.0.0','Docker',1,'{"type": "image", "url": "nginx:1"}',NULL,'{"cpu_limit": "500m", "memory_limit": "1Gi"}','nginx:1','notReady',1,'01a21e96-4892-78a8-a84f-ddc9af4c6926','01a21e96-46dd-7ad7-8487-6b21b011cef0',1,NULL,'{"driver":"simulated","reference":"nginx:1","image_url":"nginx:1","data":{}}',0,'["cart-1002-8fba1dac68-r49sd"]',4,1795809494710190,1795809495186493);
INSERT INTO "component" VALUES('01a21e96-4770-745f-95a5-a00a8bd92a0f','0123456789abcdef0123456789abcdef','01a21e96-43dc-77a4-9957-806a65da4983','01a21e96-46a6-71a6-be1c-03ce3dedcb0d','cart-1003','{"version": "1.0.0"}','1.0.0','Docker',1,'{"type": "image", "url": "nginx:1"}',NULL,'{"cpu_limit": "500m", "memory_limit": "1Gi"}','nginx:1','notReady',0,'01a21e96-477d-76e0-b13e-1e476541c205','',NULL,NULL,NULL,0,'[]',1,1795809494896161,1795809494929125);
INSERT INTO "component" VALUES('01a21e96-48bf-73ce-a6c8-a65003a78890','0123456789abcdef0123456789abcdef','01a21e96-43dc-77a4-9957-806a65da4983','01a21e96-46a6-71a6-be1c-03ce3dedcb0d','cart-1004','{"version": "1.0.0"}','1.0.0','Docker',1,'{"type": "image", "url": "nginx:1"}',NULL,'{"cpu_limit": "500m", "memory_limit": "1Gi"}','nginx:1','notReady',0,'01a21e96-48d1-7aa5-837a-540c2c2fa8f5','',NULL,NULL,NULL,0,'[]',1,1795809495231886,1795809495249481);
INSERT INTO "component" VALUES('01a21e96-48e4-7986-9d6c-109af7c4e002','0123456789abcdef0123456789abcdef','01a21e96-43dc-77a4-9957-806a65da4983','01a21e96-46a6-71a6-be1c-03ce3dedcb0d','cart-1005','{"version": "1.0.0"}','1.0.0','Docker',1,'{"type": "image", "url": "nginx:1"}',NULL,'{"cpu_limit": "500m", "memory_limit": "1Gi"}','nginx:1','notReady',0,'01a21e96-48ef-7ff3-a2c8-2a2b5b8ead15','',NULL,NULL,NULL,0,'[]',0,1795809495268577,1795809495279762);
CREATE TABLE component_event (
    component_id TEXT NOT NULL,
    name TEXT NOT NULL,
    message TEXT NOT NULL,
    type TEXT NOT NULL CHECK (type = 'Normal' OR type = 'Warning'),
    count INTEGER NOT NULL,
    involved_object TEXT NOT NULL,
    involved_object_kind TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    updated_at BIGINT NOT NULL,
    PRIMARY KEY (component_id, involved_object, name, message)
);
INSERT INTO "component_event" VALUES('01a21e96-46b6-788d-9520-84d6a72dd22a','SuccessfulCreate','Created instance cart-1002-8fba1dac68-r49sd','Normal',1,'cart-1002-8fba1dac68-r49sd','ComponentInstance',1795809494849653,1795809494849653);
INSERT INTO "component_event" VALUES('01a21e96-46b6-788d-9520-84d6a72dd22a','ScalingReplicaSet','deploy: scaled up by 1 to 1','Normal',1,'cart-1002','Component',1795809494849653,1795809494849653);
INSERT INTO "component_event" VALUES('01a21e96-46b6-788d-9520-84d6a72dd22a','Started','Instance cart-1002-8fba1dac68-r49sd is ready','Normal',1,'cart-1002-8fba1dac68-r49sd','ComponentInstance',1795809494864431,1795809494864431);
INSERT INTO "component_event" VALUES('01a21e96-46b6-788d-9520-84d6a72dd22a','SuccessfulCreate','Created instance cart-1002-efb5568253-dk8tv','Normal',1,'cart-1002-efb5568253-dk8tv','ComponentInstance',1795809494986784,1795809494986784);
INSERT INTO "component_event" VALUES('01a21e96-46b6-788d-9520-84d6a72dd22a','ScalingReplicaSet','upgrade: scaled up by 1 to 1','Normal',2,'cart-1002','Component',1795809494986784,1795809495191962);
INSERT INTO "component_event" VALUES('01a21e96-46b6-788d-9520-84d6a72dd22a','SuccessfulCreate','Created instance cart-1002-de67362629-kk6j8','Normal',1,'cart-1002-de67362629-kk6j8','ComponentInstance',1795809495081844,1795809495081844);
INSERT INTO "component_event" VALUES('01a21e96-46b6-788d-9520-84d6a72dd22a','ScalingReplicaSet','restart: scaled up by 1 to 1','Normal',1,'cart-1002','Component',1795809495081844,1795809495081844);
INSERT INTO "component_event" VALUES('01a21e96-46b6-788d-9520-84d6a72dd22a','SuccessfulCreate','Created instance cart-1002-3a4f2644da-dshbf','Normal',1,'cart-1002-3a4f2644da-dshbf','ComponentInstance',1795809495191962,1795809495191962);
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
INSERT INTO "controller" VALUES('retention','01a21e96-43c1-7cc1-938e-d1093c01722d',1795809508987876);
INSERT INTO "controller" VALUES('keep:simulated:simulated','01a21e96-43c1-7cc1-938e-d1093c01722d',1795809508988130);
INSERT INTO "controller" VALUES('orphans:simulated:simulated','01a21e96-43c1-7cc1-938e-d1093c01722d',1795809508988141);
INSERT INTO "controller" VALUES('remains:simulated:simulated','01a21e96-43c1-7cc1-938e-d1093c01722d',1795809508988150);
INSERT INTO "controller" VALUES('scaling:simulated:simulated','01a21e96-43c1-7cc1-938e-d1093c01722d',1795809508988157);
INSERT INTO "controller" VALUES('metrics:simulated:simulated','01a21e96-43c1-7cc1-938e-d1093c01722d',1795809508988162);
INSERT INTO "controller" VALUES('keep:process:01a21e96-4291-78ca-a04e-f4d6797dd80a','01a21e96-43c1-7cc1-938e-d1093c01722d',1795809508988167);
INSERT INTO "controller" VALUES('orphans:process:01a21e96-4291-78ca-a04e-f4d6797dd80a','01a21e96-43c1-7cc1-938e-d1093c01722d',1795809508988172);
INSERT INTO "controller" VALUES('remains:process:01a21e96-4291-78ca-a04e-f4d6797dd80a','01a21e96-43c1-7cc1-938e-d1093c01722d',1795809508988177);
INSERT INTO "controller" VALUES('scaling:process:01a21e96-4291-78ca-a04e-f4d6797dd80a','01a21e96-43c1-7cc1-938e-d1093c01722d',1795809508988183);
INSERT INTO "controller" VALUES('metrics:process:01a21e96-4291-78ca-a04e-f4d6797dd80a','01a21e96-43c1-7cc1-938e-d1093c01722d',1795809508988188);
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
    created_at BIGINT NOT NULL, buckets TEXT NOT NULL DEFAULT '',
    UNIQUE (project_id, name)
);
CREATE TABLE environment (
    id TEXT PRIMARY KEY,
    project_id TEXT NOT NULL,
    name TEXT NOT NULL,
    status TEXT NOT NULL
        CHECK (status = 'creating' OR status = 'finish' OR status = 'deleting' OR status = 'create_failed' OR status = 'delete_failed'),
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
INSERT INTO "environment" VALUES('01a21e96-43dc-77a4-9957-806a65da4983','0123456789abcdef0123456789abcdef','env-1000','finish','{"type": "exclusive"}','0','simulated','simulated','01a21e96-43dc-797d-a73b-3b893a80ed8b',1,1795809493980271,1795809494067705);
CREATE TABLE environment_domain (
    id TEXT PRIMARY KEY,
    environment_id TEXT NOT NULL,
    name TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    UNIQUE (environment_id, name)
);
CREATE TABLE first_start (
    id INTEGER PRIMARY KEY CHECK (id = 1),
    user_id TEXT NOT NULL,
    project_id TEXT NOT NULL,
    made_at BIGINT NOT NULL
);
INSERT INTO "first_start" VALUES(1,'01a21e96407a7bff83ce30537d132468','0123456789abcdef0123456789abcdef',1795809493114422);
CREATE TABLE iam_domain (
    id TEXT PRIMARY KEY,
    name TEXT NOT NULL UNIQUE,
    created_at BIGINT NOT NULL
);
INSERT INTO "iam_domain" VALUES('fedcba9876543210fedcba9876543210','homeport',1795809493114422);
CREATE TABLE iam_user (
    id TEXT PRIMARY KEY,
    domain_id TEXT NOT NULL REFERENCES iam_domain (id),
    name TEXT NOT NULL,
    password TEXT,
    created_at BIGINT NOT NULL,
    updated_at BIGINT NOT NULL,
    UNIQUE (domain_id, name)
);
INSERT INTO "iam_user" VALUES('01a21e96407a7bff83ce30537d132468','fedcba9876543210fedcba9876543210','tester','$argon2id$v=19$m=19456,t=2,p=1$8wdrmJoyxOaWOaEw3v314w$BYR8N3eGP/MEedOwcWq4vhkGFlKAWVqem3LQS+Bpiec',1795809493114422,1795809494668617);
CREATE TABLE instance (
    name TEXT PRIMARY KEY,
    component_id TEXT NOT NULL REFERENCES component (id),
    environment_id TEXT NOT NULL,
    job_id TEXT NOT NULL,
    fence BIGINT NOT NULL,
    status TEXT NOT NULL
        CHECK (status = 'creating' OR status = 'running' OR status = 'abnormal' OR status = 'failed' OR status = 'terminating'),
    orders TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    updated_at BIGINT NOT NULL
);
INSERT INTO "instance" VALUES('cart-1002-8fba1dac68-r49sd','01a21e96-46b6-788d-9520-84d6a72dd22a','01a21e96-43dc-77a4-9957-806a65da4983','01a21e96-46dd-7ad7-8487-6b21b011cef0',1,'running','hp1:efdee771:pMJXUB7UbQ5Eo0CiqvRTtGI7KpL7dvyHCgi4HY/cIGI6Z1E9+1cqdKVl95e3Lg4zAubh7QyxOY4TOfwDl6xWD+ZcXJ33bJSlWTQNx5LY63ChIQ3XVpilwyC+/w7fUvXICawsfJ7X5TmxDPcQ437oUk2R1gG8+vE80rpU8MryTnHpqT1R2P9cdBomLallMbGm4RqTWQSjJSHZUE/kKvKfvg0KHGZvivtt8h04nhlG2FbTLBZS0W0LmNLXepm0w/dsMxMIv3gCmznwtOZmTJCe5AaFApLiJud4brsehwDtFS1h9gfYREhDHm8wGfhfKLzgh6xzvomPaTdamZsRfOn4EMkCJls9Utw+OUXTgILwRsoC3GimlFxSM+gL9Gw3t4I1GYhczuRDrwVVlzbh9Sx16ckhwCauoF+FI6+wvtY7x6KIiUoedWZQhQeKq7QpKmBvPfeOtUKP0ZhcHmM9PqlMlTS8h3bK3obegf3x/cmAQ8w2Ewf7ifXfIhLYNYBQvRlXE0FpCBnkcYoGtV60KjDEPlG9UjKpiUTiU4+37i2yU+YWix8eLdt5SeLOOXeVG18HWg1pagY6/AOTx0nsHUxcUZhtVPrrLIRaTGM6U0wfg49Y2yLBf1VdVdWsqc7zNKpth+Z8FHjjqHrM4MJ5ApA+T6seJiVJ0LyRfrIoG6Rp3uXEgyqFALfjoJP6YUDJi/lmqw8bFvfVoT7D9MVUIYP0FEBDtAYLk+D5C2kJuavbLPe7iBiiZQ+rcBgFQ2ctpfnQ9tR+GswO6IxnMrq+urb3kok5ocfjNDkas3B2WyCXK2pl6xqPr6farsykFz2QsSyMVFtSnHp5pbvlL/AFbTlVbOT7wu6i4LbSaxtQm2UB0BNV29w3jMqCYVhYgbJEltN+sm0/KJvBihcUBsIAO9fLIl7qvoADWo6UFUbXbHTqSkDmmLMzGK7N2xefo286odqc2mlZ3s+7faAa66dHieHyw1p3t61nd/hku1CNVHAg8GdROh6fMqY6r08OphZel1E1exLqqUtd94N+7o0bvOmuZgn9FYkz9oqgoQDzU+FcECNxTR5fBWH5rSKf2eVleygzLzydGc9/vMXeL1aG3vBDVKq0dRefiw==',1795809494849521,1795809494864431);
INSERT INTO "instance" VALUES('cart-1002-3a4f2644da-dshbf','01a21e96-46b6-788d-9520-84d6a72dd22a','01a21e96-43dc-77a4-9957-806a65da4983','01a21e96-4892-78a8-a84f-ddc9af4c6926',4,'creating','hp1:efdee771:rR49M/Yizz7U2CKhfVgCKMUahbjMdjqp7+BlrzQ9qHvU/JLGB9DgOiMbbZTvZG59wvv3F6/kXfU27d1iQSrxLV+SBlJZ4QOZF3sb7nTM+QxYVYKI7xmV1euaRKL0bxnI+VvbhUybTCcZJ/W9pb2EVZhEL2VSQR7WDD0cKPk33oDJZr4p/AYGOZ/iySuFqSqklNd1YUFg5NetBSW6LOmaF9b/fn0vbNWoxoDDgRBg+4rpjk5xwSHHPKXZFN97co76DA2Mnvbz0NNK4aldTHfBy0TkvErAgyn2IHtuPq13bji0n/kKYnxNHmOa13Qy9RHvTVNo7fglhIrusnoaLaWmwQhLSFrygqVTbX8YUo8SdRfWJyHO/mDY+krFWvQKWRL5PQtiHwzQqRpHKdTj0PoPte0IaP0bvroC5WDg2DmLMUZ0e5dUxNxM0A/jVaDDtxBWO+BWQpv7G1YSjnkPgh0Hpd++M7628+I5k+XTAzQzGEqFNHbJYIKyVD59rSh4QL9Yol1h3ABTrJQcTxjkTzWMcpFZd+NEyC4H84UOC/AJcM8g/jgyjdAqM4IVRCvxX/kEdypkS9ccQ06+Y+SZw7G+sLPGL954sW1e1f1VJ5mZmRG6iuHbei1vBE+zVrWk1ymEccy2hZtWB6/lL3vNIxekjud+Pylc9E1m9+HP5N2FhpLZD7Z33EyZSFrKnev1/K0qy3tX7mtK2qZFkV4tpT+gh6Nb4Vffe0iL4V1BD3qg2BDl4wnlKBg0hoIRAQm953rICf2UPgXyGla3sY8TormAlLfawR/+jIVTgOahO1PWpfMEDjXhdvl06hlosIpnZBlgMYAAzjbIVrdFil26rNhMza7C+694iHhdj5Ad8Ddbx71GhysBntQupAkvaeMAyQNWig34wfQ9gWtxzKqiLzAiWtmgRG7jw7egf3LFB2Duy2BgIT641a9bpkaO9ibkmA6/4u+SHf6W7XYVwupya0rv2Tmr6W7UbVyRDPvgwiVcMSmBnlFbjjRoiJkGhUG7pzbWM9E5SVnV/bndwA0oOl5NvCL5Hk+KefnjcEh1LTZUnVStQzABoXSUKTeJyWiYlxs65vmrxDzH6jpE6bF5akI845VAdn0/u8Uta43VBki0',1795809495191803,1795809495191803);
CREATE TABLE job (
    id TEXT PRIMARY KEY,
    project_id TEXT NOT NULL,
    environment_id TEXT NOT NULL,
    application_id TEXT,
    component_id TEXT,
    action TEXT NOT NULL,
    status TEXT NOT NULL CHECK (status = 'init' OR status = 'running' OR status = 'failed' OR status = 'timeout' OR status = 'success' OR status = 'skip' OR status = 'terminating' OR status = 'terminated'),
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
, counts_reads INTEGER NOT NULL DEFAULT 0);
INSERT INTO "job" VALUES('01a21e96-43dc-797d-a73b-3b893a80ed8b','0123456789abcdef0123456789abcdef','01a21e96-43dc-77a4-9957-806a65da4983',NULL,NULL,'create-environment','success',100,7,1,NULL,'simulated','simulated',1,0,'{"prior":{"status":"creating","replica":0,"route":[]},"driver":"simulated","while_running":"creating","time_limit":540000000,"needed":true,"skip_when_noop":false,"unfinished_as_failed":false,"stored_only":false,"annotations":"{\"type\": \"exclusive\"}","version":null,"runtime":"","replica":0,"source":"null","build":null,"resource_limit":"null","operation_id":null,"snapshot_index":null,"artifact":null,"image_url":"","build_id":"","script":""}',NULL,NULL,1795810033980271,0,1795809493980271,1795809494014956,1795809494067758,'tester',NULL,NULL,1795809494067758,'{"api_version":"v1","kind":"Job","spec":{"progress":100,"status":"success","tasks":[{"index":1,"name":"create-environment","status":"success","detail":"driver simulated on node simulated","created_at":"2026-11-27T19:58:13.980271Z","updated_at":"2026-11-27T19:58:14.045746Z"},{"index":2,"name":"record","status":"success","detail":"","created_at":"2026-11-27T19:58:13.980271Z","updated_at":"2026-11-27T19:58:14.067758Z"}]}}',0);
INSERT INTO "job" VALUES('01a21e96-46dd-7ad7-8487-6b21b011cef0','0123456789abcdef0123456789abcdef','01a21e96-43dc-77a4-9957-806a65da4983','01a21e96-46a6-71a6-be1c-03ce3dedcb0d','01a21e96-46b6-788d-9520-84d6a72dd22a','deploy','success',100,12,1,NULL,'simulated','simulated',1,0,'{"prior":{"status":"created","replica":1,"route":[]},"driver":"simulated","while_running":"notReady","time_limit":540000000,"needed":true,"skip_when_noop":false,"unfinished_as_failed":false,"stored_only":false,"annotations":"{\"version\": \"1.0.0\"}","version":"1.0.0","runtime":"Docker","replica":1,"source":"{\"type\": \"image\", \"url\": \"nginx:1\"}","build":null,"resource_limit":"{\"cpu_limit\": \"500m\", \"memory_limit\": \"1Gi\"}","operation_id":null,"snapshot_index":null,"artifact":null,"image_url":"nginx:1","build_id":"","script":""}','{"driver":"simulated","reference":"nginx:1","image_url":"nginx:1","data":{}}',NULL,1795810034749969,0,1795809494749969,1795809494778196,1795809494870055,'tester',NULL,NULL,1795809494870055,'{"api_version":"v1","kind":"Job","spec":{"progress":100,"status":"success","tasks":[{"index":1,"name":"build","status":"skip","detail":"not needed for a source of type image","created_at":"2026-11-27T19:58:14.749969Z","updated_at":"2026-11-27T19:58:14.778196Z"},{"index":2,"name":"pull","status":"success","detail":"pulled nginx:1","created_at":"2026-11-27T19:58:14.749969Z","updated_at":"2026-11-27T19:58:14.849696Z"},{"index":3,"name":"deploy","status":"success","detail":"1 instance started","created_at":"2026-11-27T19:58:14.749969Z","updated_at":"2026-11-27T19:58:14.858144Z"},{"index":4,"name":"verify","status":"success","detail":"","created_at":"2026-11-27T19:58:14.749969Z","updated_at":"2026-11-27T19:58:14.864594Z"},{"index":5,"name":"record","status":"success","detail":"1 serve, 0 stopped","created_at":"2026-11-27T19:58:14.749969Z","updated_at":"2026-11-27T19:58:14.870055Z"}]}}',0);
INSERT INTO "job" VALUES('01a21e96-477d-76e0-b13e-1e476541c205','0123456789abcdef0123456789abcdef','01a21e96-43dc-77a4-9957-806a65da4983','01a21e96-46a6-71a6-be1c-03ce3dedcb0d','01a21e96-4770-745f-95a5-a00a8bd92a0f','deploy','failed',40,9,1,NULL,'simulated','simulated',1,0,'{"prior":{"status":"created","replica":1,"route":[]},"driver":"simulated","while_running":"notReady","time_limit":540000000,"needed":true,"skip_when_noop":false,"unfinished_as_failed":false,"stored_only":false,"annotations":"{\"version\": \"1.0.0\"}","version":"1.0.0","runtime":"Docker","replica":1,"source":"{\"type\": \"image\", \"url\": \"nginx:1\"}","build":null,"resource_limit":"{\"cpu_limit\": \"500m\", \"memory_limit\": \"1Gi\"}","operation_id":null,"snapshot_index":null,"artifact":null,"image_url":"nginx:1","build_id":"","script":"pull=fail:image-missing"}',NULL,'{"status":"failed","cause":"image-missing","detail":"image-missing: the pull of nginx:1 was scripted to fail. Check the image reference and its tag.","task":2}',1795810034909615,0,1795809494909615,1795809494912970,1795809494929261,'tester',NULL,NULL,1795809494929261,'{"api_version":"v1","kind":"Job","spec":{"progress":40,"status":"failed","tasks":[{"index":1,"name":"build","status":"skip","detail":"not needed for a source of type image","created_at":"2026-11-27T19:58:14.909615Z","updated_at":"2026-11-27T19:58:14.912970Z"},{"index":2,"name":"pull","status":"failed","detail":"image-missing: the pull of nginx:1 was scripted to fail. Check the image reference and its tag.","created_at":"2026-11-27T19:58:14.909615Z","updated_at":"2026-11-27T19:58:14.920754Z"},{"index":3,"name":"deploy","status":"skip","detail":"not run: task 2 ended the job (image-missing)","created_at":"2026-11-27T19:58:14.909615Z","updated_at":"2026-11-27T19:58:14.929261Z"},{"index":4,"name":"verify","status":"skip","detail":"not run: task 2 ended the job (image-missing)","created_at":"2026-11-27T19:58:14.909615Z","updated_at":"2026-11-27T19:58:14.929261Z"},{"index":5,"name":"record","status":"skip","detail":"not run: task 2 ended the job (image-missing)","created_at":"2026-11-27T19:58:14.909615Z","updated_at":"2026-11-27T19:58:14.929261Z"}]}}',0);
INSERT INTO "job" VALUES('01a21e96-47af-74da-935c-25791e398871','0123456789abcdef0123456789abcdef','01a21e96-43dc-77a4-9957-806a65da4983','01a21e96-46a6-71a6-be1c-03ce3dedcb0d','01a21e96-46b6-788d-9520-84d6a72dd22a','upgrade','terminated',75,15,2,NULL,'simulated','simulated',1,0,'{"prior":{"status":"running","replica":1,"route":["cart-1002-8fba1dac68-r49sd"]},"driver":"simulated","while_running":"notReady","time_limit":540000000,"needed":true,"skip_when_noop":false,"unfinished_as_failed":false,"stored_only":false,"annotations":"{\"version\": \"1.0.0\"}","version":"1.0.0","runtime":"Docker","replica":1,"source":"{\"type\": \"image\", \"url\": \"nginx:1\"}","build":null,"resource_limit":"{\"cpu_limit\": \"500m\", \"memory_limit\": \"1Gi\"}","operation_id":null,"snapshot_index":null,"artifact":null,"image_url":"nginx:1","build_id":"01a21e96-46dd-7ad7-8487-6b21b011cef0","script":"ready=never"}','{"driver":"simulated","reference":"nginx:1","image_url":"nginx:1","data":{}}','{"status":"terminated","cause":"terminated","detail":"terminated: stopped by request during task 4 verify. Retry the job to run it again.","task":4}',1795810034959808,0,1795809494959808,1795809494973286,1795809495050991,'tester',NULL,NULL,1795809495050991,'{"api_version":"v1","kind":"Job","spec":{"progress":75,"status":"terminated","tasks":[{"index":1,"name":"build","status":"skip","detail":"not needed for a source of type image","created_at":"2026-11-27T19:58:14.959808Z","updated_at":"2026-11-27T19:58:14.973286Z"},{"index":2,"name":"pull","status":"success","detail":"pulled nginx:1","created_at":"2026-11-27T19:58:14.959808Z","updated_at":"2026-11-27T19:58:14.986826Z"},{"index":3,"name":"upgrade","status":"success","detail":"1 instance started\nundone: what served before the job serves","created_at":"2026-11-27T19:58:14.959808Z","updated_at":"2026-11-27T19:58:15.050991Z"},{"index":4,"name":"verify","status":"terminated","detail":"terminated: stopped by request during task 4 verify. Retry the job to run it again.","created_at":"2026-11-27T19:58:14.959808Z","updated_at":"2026-11-27T19:58:15.050991Z"},{"index":5,"name":"record","status":"skip","detail":"not run: task 4 ended the job (terminated)","created_at":"2026-11-27T19:58:14.959808Z","updated_at":"2026-11-27T19:58:15.050991Z"}]}}',0);
INSERT INTO "job" VALUES('01a21e96-4821-7d24-bd11-02b9521b79d3','0123456789abcdef0123456789abcdef','01a21e96-43dc-77a4-9957-806a65da4983','01a21e96-46a6-71a6-be1c-03ce3dedcb0d','01a21e96-46b6-788d-9520-84d6a72dd22a','restart','timeout',50,10,3,NULL,'simulated','simulated',1,0,'{"prior":{"status":"running","replica":1,"route":["cart-1002-8fba1dac68-r49sd"]},"driver":"simulated","while_running":"notReady","time_limit":50000,"needed":true,"skip_when_noop":false,"unfinished_as_failed":false,"stored_only":false,"annotations":"{\"version\": \"1.0.0\"}","version":"1.0.0","runtime":"Docker","replica":1,"source":"{\"type\": \"image\", \"url\": \"nginx:1\"}","build":null,"resource_limit":"{\"cpu_limit\": \"500m\", \"memory_limit\": \"1Gi\"}","operation_id":null,"snapshot_index":null,"artifact":{"driver":"simulated","reference":"nginx:1","image_url":"nginx:1","data":{}},"image_url":"nginx:1","build_id":"01a21e96-46dd-7ad7-8487-6b21b011cef0","script":"ready=never"}',NULL,'{"status":"timeout","cause":"deadline-exceeded","detail":"deadline-exceeded: the job was not done by its deadline, 2026-11-27T19:58:15.123885Z. Give it longer (annotation homeport/deadline), or find what it waits for in the log.","task":2}',1795809495123885,1,1795809495073885,1795809495081371,1795809495159364,'tester',NULL,NULL,1795809495159364,'{"api_version":"v1","kind":"Job","spec":{"progress":50,"status":"timeout","tasks":[{"index":1,"name":"restart","status":"success","detail":"1 instance started\nundone: what served before the job serves","created_at":"2026-11-27T19:58:15.073885Z","updated_at":"2026-11-27T19:58:15.159364Z"},{"index":2,"name":"verify","status":"timeout","detail":"deadline-exceeded: the job was not done by its deadline, 2026-11-27T19:58:15.123885Z. Give it longer (annotation homeport/deadline), or find what it waits for in the log.","created_at":"2026-11-27T19:58:15.073885Z","updated_at":"2026-11-27T19:58:15.159364Z"},{"index":3,"name":"record","status":"skip","detail":"not run: task 2 ended the job (deadline-exceeded)","created_at":"2026-11-27T19:58:15.073885Z","updated_at":"2026-11-27T19:58:15.159364Z"}]}}',0);
INSERT INTO "job" VALUES('01a21e96-4892-78a8-a84f-ddc9af4c6926','0123456789abcdef0123456789abcdef','01a21e96-43dc-77a4-9957-806a65da4983','01a21e96-46a6-71a6-be1c-03ce3dedcb0d','01a21e96-46b6-788d-9520-84d6a72dd22a','upgrade','running',75,8,4,'01a21e96-4290-7419-829b-23d90c753dfd','simulated','simulated',1,0,'{"prior":{"status":"running","replica":1,"route":["cart-1002-8fba1dac68-r49sd"]},"driver":"simulated","while_running":"notReady","time_limit":540000000,"needed":true,"skip_when_noop":false,"unfinished_as_failed":false,"stored_only":false,"annotations":"{\"version\": \"1.0.0\"}","version":"1.0.0","runtime":"Docker","replica":1,"source":"{\"type\": \"image\", \"url\": \"nginx:1\"}","build":null,"resource_limit":"{\"cpu_limit\": \"500m\", \"memory_limit\": \"1Gi\"}","operation_id":null,"snapshot_index":null,"artifact":null,"image_url":"nginx:1","build_id":"01a21e96-46dd-7ad7-8487-6b21b011cef0","script":"ready=3s"}','{"driver":"simulated","reference":"nginx:1","image_url":"nginx:1","data":{}}',NULL,1795810035186365,0,1795809495186365,1795809495189318,NULL,'tester','01a21e96-46b6-788d-9520-84d6a72dd22a',1795809495186365,1795809495193980,'{"api_version":"v1","kind":"Job","spec":{"progress":75,"status":"running","tasks":[{"index":1,"name":"build","status":"skip","detail":"not needed for a source of type image","created_at":"2026-11-27T19:58:15.186365Z","updated_at":"2026-11-27T19:58:15.189318Z"},{"index":2,"name":"pull","status":"success","detail":"pulled nginx:1","created_at":"2026-11-27T19:58:15.186365Z","updated_at":"2026-11-27T19:58:15.192036Z"},{"index":3,"name":"upgrade","status":"success","detail":"1 instance started","created_at":"2026-11-27T19:58:15.186365Z","updated_at":"2026-11-27T19:58:15.193980Z"},{"index":4,"name":"verify","status":"running","detail":"","created_at":"2026-11-27T19:58:15.186365Z","updated_at":"2026-11-27T19:58:15.193980Z"},{"index":5,"name":"record","status":"init","detail":"","created_at":"2026-11-27T19:58:15.186365Z","updated_at":"2026-11-27T19:58:15.186365Z"}]}}',0);
INSERT INTO "job" VALUES('01a21e96-48d1-7aa5-837a-540c2c2fa8f5','0123456789abcdef0123456789abcdef','01a21e96-43dc-77a4-9957-806a65da4983','01a21e96-46a6-71a6-be1c-03ce3dedcb0d','01a21e96-48bf-73ce-a6c8-a65003a78890','deploy','running',40,4,1,'01a21e96-4290-7419-829b-23d90c753dfd','simulated','simulated',1,0,'{"prior":{"status":"created","replica":1,"route":[]},"driver":"simulated","while_running":"notReady","time_limit":540000000,"needed":true,"skip_when_noop":false,"unfinished_as_failed":false,"stored_only":false,"annotations":"{\"version\": \"1.0.0\"}","version":"1.0.0","runtime":"Docker","replica":1,"source":"{\"type\": \"image\", \"url\": \"nginx:1\"}","build":null,"resource_limit":"{\"cpu_limit\": \"500m\", \"memory_limit\": \"1Gi\"}","operation_id":null,"snapshot_index":null,"artifact":null,"image_url":"nginx:1","build_id":"","script":"pull=3s"}',NULL,NULL,1795810035249374,0,1795809495249374,1795809495252861,NULL,'tester','01a21e96-48bf-73ce-a6c8-a65003a78890',1795809495249374,1795809495252861,'{"api_version":"v1","kind":"Job","spec":{"progress":40,"status":"running","tasks":[{"index":1,"name":"build","status":"skip","detail":"not needed for a source of type image","created_at":"2026-11-27T19:58:15.249374Z","updated_at":"2026-11-27T19:58:15.252861Z"},{"index":2,"name":"pull","status":"running","detail":"","created_at":"2026-11-27T19:58:15.249374Z","updated_at":"2026-11-27T19:58:15.252861Z"},{"index":3,"name":"deploy","status":"init","detail":"","created_at":"2026-11-27T19:58:15.249374Z","updated_at":"2026-11-27T19:58:15.249374Z"},{"index":4,"name":"verify","status":"init","detail":"","created_at":"2026-11-27T19:58:15.249374Z","updated_at":"2026-11-27T19:58:15.249374Z"},{"index":5,"name":"record","status":"init","detail":"","created_at":"2026-11-27T19:58:15.249374Z","updated_at":"2026-11-27T19:58:15.249374Z"}]}}',0);
INSERT INTO "job" VALUES('01a21e96-48ef-7ff3-a2c8-2a2b5b8ead15','0123456789abcdef0123456789abcdef','01a21e96-43dc-77a4-9957-806a65da4983','01a21e96-46a6-71a6-be1c-03ce3dedcb0d','01a21e96-48e4-7986-9d6c-109af7c4e002','deploy','init',0,1,0,NULL,'simulated','simulated',1,0,'{"prior":{"status":"created","replica":1,"route":[]},"driver":"simulated","while_running":"notReady","time_limit":540000000,"needed":true,"skip_when_noop":false,"unfinished_as_failed":false,"stored_only":false,"annotations":"{\"version\": \"1.0.0\"}","version":"1.0.0","runtime":"Docker","replica":1,"source":"{\"type\": \"image\", \"url\": \"nginx:1\"}","build":null,"resource_limit":"{\"cpu_limit\": \"500m\", \"memory_limit\": \"1Gi\"}","operation_id":null,"snapshot_index":null,"artifact":null,"image_url":"nginx:1","build_id":"","script":""}',NULL,NULL,1795810035279692,0,1795809495279692,NULL,NULL,'tester','01a21e96-48e4-7986-9d6c-109af7c4e002',1795809495279692,1795809495279692,'{"api_version":"v1","kind":"Job","spec":{"progress":0,"status":"init","tasks":[{"index":1,"name":"build","status":"init","detail":"","created_at":"2026-11-27T19:58:15.279692Z","updated_at":"2026-11-27T19:58:15.279692Z"},{"index":2,"name":"pull","status":"init","detail":"","created_at":"2026-11-27T19:58:15.279692Z","updated_at":"2026-11-27T19:58:15.279692Z"},{"index":3,"name":"deploy","status":"init","detail":"","created_at":"2026-11-27T19:58:15.279692Z","updated_at":"2026-11-27T19:58:15.279692Z"},{"index":4,"name":"verify","status":"init","detail":"","created_at":"2026-11-27T19:58:15.279692Z","updated_at":"2026-11-27T19:58:15.279692Z"},{"index":5,"name":"record","status":"init","detail":"","created_at":"2026-11-27T19:58:15.279692Z","updated_at":"2026-11-27T19:58:15.279692Z"}]}}',0);
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
INSERT INTO "job_event" VALUES('01a21e96-43dc-797d-a73b-3b893a80ed8b',1,1795809493980271,0,'init',0,'');
INSERT INTO "job_event" VALUES('01a21e96-43dc-797d-a73b-3b893a80ed8b',2,1795809494014956,0,'running',0,'');
INSERT INTO "job_event" VALUES('01a21e96-43dc-797d-a73b-3b893a80ed8b',3,1795809494014956,1,'running',0,'');
INSERT INTO "job_event" VALUES('01a21e96-43dc-797d-a73b-3b893a80ed8b',4,1795809494045746,1,'success',83,'driver simulated on node simulated');
INSERT INTO "job_event" VALUES('01a21e96-43dc-797d-a73b-3b893a80ed8b',5,1795809494045746,2,'running',83,'');
INSERT INTO "job_event" VALUES('01a21e96-43dc-797d-a73b-3b893a80ed8b',6,1795809494067758,2,'success',99,'');
INSERT INTO "job_event" VALUES('01a21e96-43dc-797d-a73b-3b893a80ed8b',7,1795809494067758,0,'success',100,'');
INSERT INTO "job_event" VALUES('01a21e96-46dd-7ad7-8487-6b21b011cef0',1,1795809494749969,0,'init',0,'');
INSERT INTO "job_event" VALUES('01a21e96-46dd-7ad7-8487-6b21b011cef0',2,1795809494778196,0,'running',0,'');
INSERT INTO "job_event" VALUES('01a21e96-46dd-7ad7-8487-6b21b011cef0',3,1795809494778196,1,'skip',40,'not needed for a source of type image');
INSERT INTO "job_event" VALUES('01a21e96-46dd-7ad7-8487-6b21b011cef0',4,1795809494778196,2,'running',40,'');
INSERT INTO "job_event" VALUES('01a21e96-46dd-7ad7-8487-6b21b011cef0',5,1795809494849696,2,'success',50,'pulled nginx:1');
INSERT INTO "job_event" VALUES('01a21e96-46dd-7ad7-8487-6b21b011cef0',6,1795809494849696,3,'running',50,'');
INSERT INTO "job_event" VALUES('01a21e96-46dd-7ad7-8487-6b21b011cef0',7,1795809494858144,3,'success',75,'1 instance started');
INSERT INTO "job_event" VALUES('01a21e96-46dd-7ad7-8487-6b21b011cef0',8,1795809494858144,4,'running',75,'');
INSERT INTO "job_event" VALUES('01a21e96-46dd-7ad7-8487-6b21b011cef0',9,1795809494864594,4,'success',95,'');
INSERT INTO "job_event" VALUES('01a21e96-46dd-7ad7-8487-6b21b011cef0',10,1795809494864594,5,'running',95,'');
INSERT INTO "job_event" VALUES('01a21e96-46dd-7ad7-8487-6b21b011cef0',11,1795809494870055,5,'success',99,'1 serve, 0 stopped');
INSERT INTO "job_event" VALUES('01a21e96-46dd-7ad7-8487-6b21b011cef0',12,1795809494870055,0,'success',100,'');
INSERT INTO "job_event" VALUES('01a21e96-477d-76e0-b13e-1e476541c205',1,1795809494909615,0,'init',0,'');
INSERT INTO "job_event" VALUES('01a21e96-477d-76e0-b13e-1e476541c205',2,1795809494912970,0,'running',0,'');
INSERT INTO "job_event" VALUES('01a21e96-477d-76e0-b13e-1e476541c205',3,1795809494912970,1,'skip',40,'not needed for a source of type image');
INSERT INTO "job_event" VALUES('01a21e96-477d-76e0-b13e-1e476541c205',4,1795809494912970,2,'running',40,'');
INSERT INTO "job_event" VALUES('01a21e96-477d-76e0-b13e-1e476541c205',5,1795809494920754,2,'failed',40,'image-missing: the pull of nginx:1 was scripted to fail. Check the image reference and its tag.');
INSERT INTO "job_event" VALUES('01a21e96-477d-76e0-b13e-1e476541c205',6,1795809494929261,3,'skip',40,'not run: task 2 ended the job (image-missing)');
INSERT INTO "job_event" VALUES('01a21e96-477d-76e0-b13e-1e476541c205',7,1795809494929261,4,'skip',40,'not run: task 2 ended the job (image-missing)');
INSERT INTO "job_event" VALUES('01a21e96-477d-76e0-b13e-1e476541c205',8,1795809494929261,5,'skip',40,'not run: task 2 ended the job (image-missing)');
INSERT INTO "job_event" VALUES('01a21e96-477d-76e0-b13e-1e476541c205',9,1795809494929261,0,'failed',40,'image-missing: the pull of nginx:1 was scripted to fail. Check the image reference and its tag.');
INSERT INTO "job_event" VALUES('01a21e96-47af-74da-935c-25791e398871',1,1795809494959808,0,'init',0,'');
INSERT INTO "job_event" VALUES('01a21e96-47af-74da-935c-25791e398871',2,1795809494973286,0,'running',0,'');
INSERT INTO "job_event" VALUES('01a21e96-47af-74da-935c-25791e398871',3,1795809494973286,1,'skip',40,'not needed for a source of type image');
INSERT INTO "job_event" VALUES('01a21e96-47af-74da-935c-25791e398871',4,1795809494973286,2,'running',40,'');
INSERT INTO "job_event" VALUES('01a21e96-47af-74da-935c-25791e398871',5,1795809494986826,2,'success',50,'pulled nginx:1');
INSERT INTO "job_event" VALUES('01a21e96-47af-74da-935c-25791e398871',6,1795809494986826,3,'running',50,'');
INSERT INTO "job_event" VALUES('01a21e96-47af-74da-935c-25791e398871',7,1795809494993621,3,'success',75,'1 instance started');
INSERT INTO "job_event" VALUES('01a21e96-47af-74da-935c-25791e398871',8,1795809494993621,4,'running',75,'');
INSERT INTO "job_event" VALUES('01a21e96-47af-74da-935c-25791e398871',9,1795809495027405,0,'terminating',75,'');
INSERT INTO "job_event" VALUES('01a21e96-47af-74da-935c-25791e398871',10,1795809495027405,4,'terminating',75,'');
INSERT INTO "job_event" VALUES('01a21e96-47af-74da-935c-25791e398871',11,1795809495050991,3,'success',75,'1 instance started
undone: what served before the job serves');
INSERT INTO "job_event" VALUES('01a21e96-47af-74da-935c-25791e398871',12,1795809495050991,4,'terminating',75,'');
INSERT INTO "job_event" VALUES('01a21e96-47af-74da-935c-25791e398871',13,1795809495050991,5,'skip',75,'not run: task 4 ended the job (terminated)');
INSERT INTO "job_event" VALUES('01a21e96-47af-74da-935c-25791e398871',14,1795809495050991,4,'terminated',75,'terminated: stopped by request during task 4 verify. Retry the job to run it again.');
INSERT INTO "job_event" VALUES('01a21e96-47af-74da-935c-25791e398871',15,1795809495050991,0,'terminated',75,'terminated: stopped by request during task 4 verify. Retry the job to run it again.');
INSERT INTO "job_event" VALUES('01a21e96-4821-7d24-bd11-02b9521b79d3',1,1795809495073885,0,'init',0,'');
INSERT INTO "job_event" VALUES('01a21e96-4821-7d24-bd11-02b9521b79d3',2,1795809495081371,0,'running',0,'');
INSERT INTO "job_event" VALUES('01a21e96-4821-7d24-bd11-02b9521b79d3',3,1795809495081371,1,'running',0,'');
INSERT INTO "job_event" VALUES('01a21e96-4821-7d24-bd11-02b9521b79d3',4,1795809495087674,1,'success',50,'1 instance started');
INSERT INTO "job_event" VALUES('01a21e96-4821-7d24-bd11-02b9521b79d3',5,1795809495087674,2,'running',50,'');
INSERT INTO "job_event" VALUES('01a21e96-4821-7d24-bd11-02b9521b79d3',6,1795809495136646,2,'timeout',50,'deadline-exceeded: the job was not done by its deadline, 2026-11-27T19:58:15.123885Z. Give it longer (annotation homeport/deadline), or find what it waits for in the log.');
INSERT INTO "job_event" VALUES('01a21e96-4821-7d24-bd11-02b9521b79d3',7,1795809495159364,1,'success',50,'1 instance started
undone: what served before the job serves');
INSERT INTO "job_event" VALUES('01a21e96-4821-7d24-bd11-02b9521b79d3',8,1795809495159364,2,'timeout',50,'deadline-exceeded: the job was not done by its deadline, 2026-11-27T19:58:15.123885Z. Give it longer (annotation homeport/deadline), or find what it waits for in the log.');
INSERT INTO "job_event" VALUES('01a21e96-4821-7d24-bd11-02b9521b79d3',9,1795809495159364,3,'skip',50,'not run: task 2 ended the job (deadline-exceeded)');
INSERT INTO "job_event" VALUES('01a21e96-4821-7d24-bd11-02b9521b79d3',10,1795809495159364,0,'timeout',50,'deadline-exceeded: the job was not done by its deadline, 2026-11-27T19:58:15.123885Z. Give it longer (annotation homeport/deadline), or find what it waits for in the log.');
INSERT INTO "job_event" VALUES('01a21e96-4892-78a8-a84f-ddc9af4c6926',1,1795809495186365,0,'init',0,'');
INSERT INTO "job_event" VALUES('01a21e96-4892-78a8-a84f-ddc9af4c6926',2,1795809495189318,0,'running',0,'');
INSERT INTO "job_event" VALUES('01a21e96-4892-78a8-a84f-ddc9af4c6926',3,1795809495189318,1,'skip',40,'not needed for a source of type image');
INSERT INTO "job_event" VALUES('01a21e96-4892-78a8-a84f-ddc9af4c6926',4,1795809495189318,2,'running',40,'');
INSERT INTO "job_event" VALUES('01a21e96-4892-78a8-a84f-ddc9af4c6926',5,1795809495192036,2,'success',50,'pulled nginx:1');
INSERT INTO "job_event" VALUES('01a21e96-4892-78a8-a84f-ddc9af4c6926',6,1795809495192036,3,'running',50,'');
INSERT INTO "job_event" VALUES('01a21e96-4892-78a8-a84f-ddc9af4c6926',7,1795809495193980,3,'success',75,'1 instance started');
INSERT INTO "job_event" VALUES('01a21e96-4892-78a8-a84f-ddc9af4c6926',8,1795809495193980,4,'running',75,'');
INSERT INTO "job_event" VALUES('01a21e96-48d1-7aa5-837a-540c2c2fa8f5',1,1795809495249374,0,'init',0,'');
INSERT INTO "job_event" VALUES('01a21e96-48d1-7aa5-837a-540c2c2fa8f5',2,1795809495252861,0,'running',0,'');
INSERT INTO "job_event" VALUES('01a21e96-48d1-7aa5-837a-540c2c2fa8f5',3,1795809495252861,1,'skip',40,'not needed for a source of type image');
INSERT INTO "job_event" VALUES('01a21e96-48d1-7aa5-837a-540c2c2fa8f5',4,1795809495252861,2,'running',40,'');
INSERT INTO "job_event" VALUES('01a21e96-48ef-7ff3-a2c8-2a2b5b8ead15',1,1795809495279692,0,'init',0,'');
CREATE TABLE job_reads (
    job_id TEXT NOT NULL REFERENCES job (id) ON DELETE CASCADE,
    attempt INTEGER NOT NULL,
    reads BIGINT NOT NULL,
    PRIMARY KEY (job_id, attempt)
);
CREATE TABLE migration (number INTEGER PRIMARY KEY, name TEXT NOT NULL);
INSERT INTO "migration" VALUES(1,'first');
INSERT INTO "migration" VALUES(2,'identity');
INSERT INTO "migration" VALUES(3,'requests');
INSERT INTO "migration" VALUES(4,'turns');
INSERT INTO "migration" VALUES(5,'credentials');
INSERT INTO "migration" VALUES(6,'reads');
INSERT INTO "migration" VALUES(7,'certificates');
INSERT INTO "migration" VALUES(8,'domains_volumes');
INSERT INTO "migration" VALUES(9,'buckets');
CREATE TABLE project (
    id TEXT PRIMARY KEY,
    domain_id TEXT NOT NULL REFERENCES iam_domain (id),
    name TEXT NOT NULL,
    description TEXT NOT NULL DEFAULT '',
    created_at BIGINT NOT NULL,
    UNIQUE (domain_id, name)
);
INSERT INTO "project" VALUES('0123456789abcdef0123456789abcdef','fedcba9876543210fedcba9876543210','local-1','',1795809493114422);
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
    role TEXT NOT NULL CHECK (role = 'read-only' OR role = 'operator' OR role = 'admin'),
    PRIMARY KEY (user_id, project_id)
);
INSERT INTO "role_grant" VALUES('01a21e96407a7bff83ce30537d132468','0123456789abcdef0123456789abcdef','admin');
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
INSERT INTO "snapshot" VALUES('01a21e96-46b6-788d-9520-84d6a72dd22a',1,'01a21e96-46dd-7ad7-8487-6b21b011cef0','deploy','success','1.0.0','{"version": "1.0.0"}','Docker',1,'{"type": "image", "url": "nginx:1"}',NULL,'{"cpu_limit": "500m", "memory_limit": "1Gi"}','nginx:1','01a21e96-46dd-7ad7-8487-6b21b011cef0',NULL,'{"driver":"simulated","reference":"nginx:1","image_url":"nginx:1","data":{}}','running',1,1795809494869908,1795809494869908);
CREATE TABLE task (
    job_id TEXT NOT NULL REFERENCES job (id),
    idx INTEGER NOT NULL,
    name TEXT NOT NULL,
    status TEXT NOT NULL CHECK (status = 'init' OR status = 'running' OR status = 'failed' OR status = 'timeout' OR status = 'success' OR status = 'skip' OR status = 'terminating' OR status = 'terminated'),
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
INSERT INTO "task" VALUES('01a21e96-43dc-797d-a73b-3b893a80ed8b',1,'create-environment','success','driver simulated on node simulated',25,300000000,100,1,1795809494014956,1795809493980271,1795809494045746);
INSERT INTO "task" VALUES('01a21e96-43dc-797d-a73b-3b893a80ed8b',2,'record','success','',5,300000000,100,1,1795809494045746,1795809493980271,1795809494067758);
INSERT INTO "task" VALUES('01a21e96-46dd-7ad7-8487-6b21b011cef0',1,'build','skip','not needed for a source of type image',40,1800000000,100,1,NULL,1795809494749969,1795809494778196);
INSERT INTO "task" VALUES('01a21e96-46dd-7ad7-8487-6b21b011cef0',2,'pull','success','pulled nginx:1',10,300000000,100,1,1795809494778196,1795809494749969,1795809494849696);
INSERT INTO "task" VALUES('01a21e96-46dd-7ad7-8487-6b21b011cef0',3,'deploy','success','1 instance started',25,300000000,100,1,1795809494849696,1795809494749969,1795809494858144);
INSERT INTO "task" VALUES('01a21e96-46dd-7ad7-8487-6b21b011cef0',4,'verify','success','',20,300000000,100,1,1795809494858144,1795809494749969,1795809494864594);
INSERT INTO "task" VALUES('01a21e96-46dd-7ad7-8487-6b21b011cef0',5,'record','success','1 serve, 0 stopped',5,300000000,100,1,1795809494864594,1795809494749969,1795809494870055);
INSERT INTO "task" VALUES('01a21e96-477d-76e0-b13e-1e476541c205',1,'build','skip','not needed for a source of type image',40,1800000000,100,1,NULL,1795809494909615,1795809494912970);
INSERT INTO "task" VALUES('01a21e96-477d-76e0-b13e-1e476541c205',2,'pull','failed','image-missing: the pull of nginx:1 was scripted to fail. Check the image reference and its tag.',10,300000000,0,0,1795809494912970,1795809494909615,1795809494920754);
INSERT INTO "task" VALUES('01a21e96-477d-76e0-b13e-1e476541c205',3,'deploy','skip','not run: task 2 ended the job (image-missing)',25,300000000,0,0,NULL,1795809494909615,1795809494929261);
INSERT INTO "task" VALUES('01a21e96-477d-76e0-b13e-1e476541c205',4,'verify','skip','not run: task 2 ended the job (image-missing)',20,300000000,0,0,NULL,1795809494909615,1795809494929261);
INSERT INTO "task" VALUES('01a21e96-477d-76e0-b13e-1e476541c205',5,'record','skip','not run: task 2 ended the job (image-missing)',5,300000000,0,0,NULL,1795809494909615,1795809494929261);
INSERT INTO "task" VALUES('01a21e96-47af-74da-935c-25791e398871',1,'build','skip','not needed for a source of type image',40,1800000000,100,1,NULL,1795809494959808,1795809494973286);
INSERT INTO "task" VALUES('01a21e96-47af-74da-935c-25791e398871',2,'pull','success','pulled nginx:1',10,300000000,100,1,1795809494973286,1795809494959808,1795809494986826);
INSERT INTO "task" VALUES('01a21e96-47af-74da-935c-25791e398871',3,'upgrade','success','1 instance started
undone: what served before the job serves',25,300000000,100,0,1795809494986826,1795809494959808,1795809495050991);
INSERT INTO "task" VALUES('01a21e96-47af-74da-935c-25791e398871',4,'verify','terminated','terminated: stopped by request during task 4 verify. Retry the job to run it again.',20,300000000,0,0,1795809494993621,1795809494959808,1795809495050991);
INSERT INTO "task" VALUES('01a21e96-47af-74da-935c-25791e398871',5,'record','skip','not run: task 4 ended the job (terminated)',5,300000000,0,0,NULL,1795809494959808,1795809495050991);
INSERT INTO "task" VALUES('01a21e96-4821-7d24-bd11-02b9521b79d3',1,'restart','success','1 instance started
undone: what served before the job serves',25,300000000,100,0,1795809495081371,1795809495073885,1795809495159364);
INSERT INTO "task" VALUES('01a21e96-4821-7d24-bd11-02b9521b79d3',2,'verify','timeout','deadline-exceeded: the job was not done by its deadline, 2026-11-27T19:58:15.123885Z. Give it longer (annotation homeport/deadline), or find what it waits for in the log.',20,300000000,0,0,1795809495087674,1795809495073885,1795809495159364);
INSERT INTO "task" VALUES('01a21e96-4821-7d24-bd11-02b9521b79d3',3,'record','skip','not run: task 2 ended the job (deadline-exceeded)',5,300000000,0,0,NULL,1795809495073885,1795809495159364);
INSERT INTO "task" VALUES('01a21e96-4892-78a8-a84f-ddc9af4c6926',1,'build','skip','not needed for a source of type image',40,1800000000,100,1,NULL,1795809495186365,1795809495189318);
INSERT INTO "task" VALUES('01a21e96-4892-78a8-a84f-ddc9af4c6926',2,'pull','success','pulled nginx:1',10,300000000,100,1,1795809495189318,1795809495186365,1795809495192036);
INSERT INTO "task" VALUES('01a21e96-4892-78a8-a84f-ddc9af4c6926',3,'upgrade','success','1 instance started',25,300000000,100,1,1795809495192036,1795809495186365,1795809495193980);
INSERT INTO "task" VALUES('01a21e96-4892-78a8-a84f-ddc9af4c6926',4,'verify','running','',20,300000000,0,0,1795809495193980,1795809495186365,1795809495193980);
INSERT INTO "task" VALUES('01a21e96-4892-78a8-a84f-ddc9af4c6926',5,'record','init','',5,300000000,0,0,NULL,1795809495186365,1795809495186365);
INSERT INTO "task" VALUES('01a21e96-48d1-7aa5-837a-540c2c2fa8f5',1,'build','skip','not needed for a source of type image',40,1800000000,100,1,NULL,1795809495249374,1795809495252861);
INSERT INTO "task" VALUES('01a21e96-48d1-7aa5-837a-540c2c2fa8f5',2,'pull','running','',10,300000000,0,0,1795809495252861,1795809495249374,1795809495252861);
INSERT INTO "task" VALUES('01a21e96-48d1-7aa5-837a-540c2c2fa8f5',3,'deploy','init','',25,300000000,0,0,NULL,1795809495249374,1795809495249374);
INSERT INTO "task" VALUES('01a21e96-48d1-7aa5-837a-540c2c2fa8f5',4,'verify','init','',20,300000000,0,0,NULL,1795809495249374,1795809495249374);
INSERT INTO "task" VALUES('01a21e96-48d1-7aa5-837a-540c2c2fa8f5',5,'record','init','',5,300000000,0,0,NULL,1795809495249374,1795809495249374);
INSERT INTO "task" VALUES('01a21e96-48ef-7ff3-a2c8-2a2b5b8ead15',1,'build','init','',40,1800000000,0,0,NULL,1795809495279692,1795809495279692);
INSERT INTO "task" VALUES('01a21e96-48ef-7ff3-a2c8-2a2b5b8ead15',2,'pull','init','',10,300000000,0,0,NULL,1795809495279692,1795809495279692);
INSERT INTO "task" VALUES('01a21e96-48ef-7ff3-a2c8-2a2b5b8ead15',3,'deploy','init','',25,300000000,0,0,NULL,1795809495279692,1795809495279692);
INSERT INTO "task" VALUES('01a21e96-48ef-7ff3-a2c8-2a2b5b8ead15',4,'verify','init','',20,300000000,0,0,NULL,1795809495279692,1795809495279692);
INSERT INTO "task" VALUES('01a21e96-48ef-7ff3-a2c8-2a2b5b8ead15',5,'record','init','',5,300000000,0,0,NULL,1795809495279692,1795809495279692);
CREATE TABLE task_log (
    job_id TEXT NOT NULL REFERENCES job (id),
    task INTEGER NOT NULL,
    position BIGINT NOT NULL,
    size INTEGER NOT NULL,
    text TEXT NOT NULL,
    PRIMARY KEY (job_id, task, position)
);
INSERT INTO "task_log" VALUES('01a21e96-46dd-7ad7-8487-6b21b011cef0',2,0,26,'simulated pull of nginx:1
');
INSERT INTO "task_log" VALUES('01a21e96-477d-76e0-b13e-1e476541c205',2,0,122,'simulated pull of nginx:1
image-missing: the pull of nginx:1 was scripted to fail. Check the image reference and its tag.
');
INSERT INTO "task_log" VALUES('01a21e96-47af-74da-935c-25791e398871',2,0,26,'simulated pull of nginx:1
');
INSERT INTO "task_log" VALUES('01a21e96-4821-7d24-bd11-02b9521b79d3',2,0,171,'deadline-exceeded: the job was not done by its deadline, 2026-11-27T19:58:15.123885Z. Give it longer (annotation homeport/deadline), or find what it waits for in the log.
');
INSERT INTO "task_log" VALUES('01a21e96-4892-78a8-a84f-ddc9af4c6926',2,0,26,'simulated pull of nginx:1
');
CREATE TABLE token (
    hash TEXT PRIMARY KEY,
    user_id TEXT NOT NULL REFERENCES iam_user (id) ON DELETE CASCADE,
    project_id TEXT REFERENCES project (id),
    methods TEXT NOT NULL,
    issued_at BIGINT NOT NULL,
    expires_at BIGINT NOT NULL
);
INSERT INTO "token" VALUES('33dadda8406c955eaabea4969c406d69de6f052ba7384220b691172c8d14897a','01a21e96407a7bff83ce30537d132468','0123456789abcdef0123456789abcdef','password',1795809494668617,1795895894668617);
CREATE TABLE volume (
    id TEXT PRIMARY KEY,
    environment_id TEXT NOT NULL,
    name TEXT NOT NULL,
    resource_type TEXT NOT NULL,
    resource_sub_type TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    UNIQUE (environment_id, name)
);
CREATE TABLE worker (
    id TEXT PRIMARY KEY,
    heartbeat_at BIGINT NOT NULL,
    expires_at BIGINT NOT NULL,
    started_at BIGINT NOT NULL
);
INSERT INTO "worker" VALUES('01a21e96-4290-7419-829b-23d90c753dfd',1795809493971027,1795809508971027,1795809493971027);
CREATE TABLE worker_node (
    worker_id TEXT NOT NULL REFERENCES worker (id),
    driver TEXT NOT NULL,
    node TEXT NOT NULL,
    PRIMARY KEY (worker_id, driver)
);
INSERT INTO "worker_node" VALUES('01a21e96-4290-7419-829b-23d90c753dfd','simulated','simulated');
INSERT INTO "worker_node" VALUES('01a21e96-4290-7419-829b-23d90c753dfd','process','01a21e96-4291-78ca-a04e-f4d6797dd80a');
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
