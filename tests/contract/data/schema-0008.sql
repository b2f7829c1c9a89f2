-- job {"answer": {"api_version": "v1", "kind": "Job", "spec": {"progress": 100, "status": "success", "tasks": [{"created_at": "2026-11-27T19:58:06.507466Z", "detail": "not needed for a source of type image", "index": 1, "name": "build", "status": "skip", "updated_at": "2026-11-27T19:58:06.521874Z"}, {"created_at": "2026-11-27T19:58:06.507466Z", "detail": "pulled nginx:1", "index": 2, "name": "pull", "status": "success", "updated_at": "2026-11-27T19:58:06.541496Z"}, {"created_at": "2026-11-27T19:58:06.507466Z", "detail": "1 instance started", "index": 3, "name": "deploy", "status": "success", "updated_at": "2026-11-27T19:58:06.546533Z"}, {"created_at": "2026-11-27T19:58:06.507466Z", "detail": "", "index": 4, "name": "verify", "status": "success", "updated_at": "2026-11-27T19:58:06.550685Z"}, {"created_at": "2026-11-27T19:58:06.507466Z", "detail": "1 serve, 0 stopped", "index": 5, "name": "record", "status": "success", "updated_at": "2026-11-27T19:58:06.560174Z"}]}}, "environment": "01a21e96-2460-7e42-8769-61efcce4a9f4", "id": "01a21e96-26ab-7922-860b-f5a471a085ad"}
-- job {"answer": {"api_version": "v1", "kind": "Job", "spec": {"progress": 40, "status": "failed", "tasks": [{"created_at": "2026-11-27T19:58:06.626201Z", "detail": "not needed for a source of type image", "index": 1, "name": "build", "status": "skip", "updated_at": "2026-11-27T19:58:06.634796Z"}, {"created_at": "2026-11-27T19:58:06.626201Z", "detail": "image-missing: the pull of nginx:1 was scripted to fail. Check the image reference and its tag.", "index": 2, "name": "pull", "status": "failed", "updated_at": "2026-11-27T19:58:06.657573Z"}, {"created_at": "2026-11-27T19:58:06.626201Z", "detail": "not run: task 2 ended the job (image-missing)", "index": 3, "name": "deploy", "status": "skip", "updated_at": "2026-11-27T19:58:06.672781Z"}, {"created_at": "2026-11-27T19:58:06.626201Z", "detail": "not run: task 2 ended the job (image-missing)", "index": 4, "name": "verify", "status": "skip", "updated_at": "2026-11-27T19:58:06.672781Z"}, {"created_at": "2026-11-27T19:58:06.626201Z", "detail": "not run: task 2 ended the job (image-missing)", "index": 5, "name": "record", "status": "skip", "updated_at": "2026-11-27T19:58:06.672781Z"}]}}, "environment": "01a21e96-2460-7e42-8769-61efcce4a9f4", "id": "01a21e96-2722-76e9-b92a-7c0262cee246"}
-- job {"answer": {"api_version": "v1", "kind": "Job", "spec": {"progress": 75, "status": "terminated", "tasks": [{"created_at": "2026-11-27T19:58:06.709960Z", "detail": "not needed for a source of type image", "index": 1, "name": "build", "status": "skip", "updated_at": "2026-11-27T19:58:06.728166Z"}, {"created_at": "2026-11-27T19:58:06.709960Z", "detail": "pulled nginx:1", "index": 2, "name": "pull", "status": "success", "updated_at": "2026-11-27T19:58:06.743258Z"}, {"created_at": "2026-11-27T19:58:06.709960Z", "detail": "1 instance started\nundone: what served before the job serves", "index": 3, "name": "upgrade", "status": "success", "updated_at": "2026-11-27T19:58:06.809294Z"}, {"created_at": "2026-11-27T19:58:06.709960Z", "detail": "terminated: stopped by request during task 4 verify. Retry the job to run it again.", "index": 4, "name": "verify", "status": "terminated", "updated_at": "2026-11-27T19:58:06.809294Z"}, {"created_at": "2026-11-27T19:58:06.709960Z", "detail": "not run: task 4 ended the job (terminated)", "index": 5, "name": "record", "status": "skip", "updated_at": "2026-11-27T19:58:06.809294Z"}]}}, "environment": "01a21e96-2460-7e42-8769-61efcce4a9f4", "id": "01a21e96-2775-792e-ad9f-1d2005310c88"}
-- job {"answer": {"api_version": "v1", "kind": "Job", "spec": {"progress": 50, "status": "timeout", "tasks": [{"created_at": "2026-11-27T19:58:06.822045Z", "detail": "1 instance started\nundone: what served before the job serves", "index": 1, "name": "restart", "status": "success", "updated_at": "2026-11-27T19:58:06.920016Z"}, {"created_at": "2026-11-27T19:58:06.822045Z", "detail": "deadline-exceeded: the job was not done by its deadline, 2026-11-27T19:58:06.872045Z. Give it longer (annotation homeport/deadline), or find what it waits for in the log.", "index": 2, "name": "verify", "status": "timeout", "updated_at": "2026-11-27T19:58:06.920016Z"}, {"created_at": "2026-11-27T19:58:06.822045Z", "detail": "not run: task 2 ended the job (deadline-exceeded)", "index": 3, "name": "record", "status": "skip", "updated_at": "2026-11-27T19:58:06.920016Z"}]}}, "environment": "01a21e96-2460-7e42-8769-61efcce4a9f4", "id": "01a21e96-27e6-72ff-a2d6-7620815501c0"}
-- job {"answer": {"api_version": "v1", "kind": "Job", "spec": {"progress": 75, "status": "running", "tasks": [{"created_at": "2026-11-27T19:58:06.975502Z", "detail": "not needed for a source of type image", "index": 1, "name": "build", "status": "skip", "updated_at": "2026-11-27T19:58:06.989098Z"}, {"created_at": "2026-11-27T19:58:06.975502Z", "detail": "pulled nginx:1", "index": 2, "name": "pull", "status": "success", "updated_at": "2026-11-27T19:58:07.009649Z"}, {"created_at": "2026-11-27T19:58:06.975502Z", "detail": "1 instance started", "index": 3, "name": "upgrade", "status": "success", "updated_at": "2026-11-27T19:58:07.017371Z"}, {"created_at": "2026-11-27T19:58:06.975502Z", "detail": "", "index": 4, "name": "verify", "status": "running", "updated_at": "2026-11-27T19:58:07.017371Z"}, {"created_at": "2026-11-27T19:58:06.975502Z", "detail": "", "index": 5, "name": "record", "status": "init", "updated_at": "2026-11-27T19:58:06.975502Z"}]}}, "environment": "01a21e96-2460-7e42-8769-61efcce4a9f4", "id": "01a21e96-287f-7e4b-8955-c26ed0d0e84d"}
-- job {"answer": {"api_version": "v1", "kind": "Job", "spec": {"progress": 40, "status": "running", "tasks": [{"created_at": "2026-11-27T19:58:07.079632Z", "detail": "not needed for a source of type image", "index": 1, "name": "build", "status": "skip", "updated_at": "2026-11-27T19:58:07.088310Z"}, {"created_at": "2026-11-27T19:58:07.079632Z", "detail": "", "index": 2, "name": "pull", "status": "running", "updated_at": "2026-11-27T19:58:07.088310Z"}, {"created_at": "2026-11-27T19:58:07.079632Z", "detail": "", "index": 3, "name": "deploy", "status": "init", "updated_at": "2026-11-27T19:58:07.079632Z"}, {"created_at": "2026-11-27T19:58:07.079632Z", "detail": "", "index": 4, "name": "verify", "status": "init", "updated_at": "2026-11-27T19:58:07.079632Z"}, {"created_at": "2026-11-27T19:58:07.079632Z", "detail": "", "index": 5, "name": "record", "status": "init", "updated_at": "2026-11-27T19:58:07.079632Z"}]}}, "environment": "01a21e96-2460-7e42-8769-61efcce4a9f4", "id": "01a21e96-28e7-78ee-8f32-2cbbccf5c6c9"}
-- job {"answer": {"api_version": "v1", "kind": "Job", "spec": {"progress": 0, "status": "init", "tasks": [{"created_at": "2026-11-27T19:58:07.138235Z", "detail": "", "index": 1, "name": "build", "status": "init", "updated_at": "2026-11-27T19:58:07.138235Z"}, {"created_at": "2026-11-27T19:58:07.138235Z", "detail": "", "index": 2, "name": "pull", "status": "init", "updated_at": "2026-11-27T19:58:07.138235Z"}, {"created_at": "2026-11-27T19:58:07.138235Z", "detail": "", "index": 3, "name": "deploy", "status": "init", "updated_at": "2026-11-27T19:58:07.138235Z"}, {"created_at": "2026-11-27T19:58:07.138235Z", "detail": "", "index": 4, "name": "verify", "status": "init", "updated_at": "2026-11-27T19:58:07.138235Z"}, {"created_at": "2026-11-27T19:58:07.138235Z", "detail": "", "index": 5, "name": "record", "status": "init", "updated_at": "2026-11-27T19:58:07.138235Z"}]}}, "environment": "01a21e96-2460-7e42-8769-61efcce4a9f4", "id": "01a21e96-2922-7975-acdc-be755cf757eb"}
CREATE TABLE access_key (
    id TEXT PRIMARY KEY,
    user_id TEXT NOT NULL REFERENCES iam_user (id) ON DELETE CASCADE,
    secret TEXT NOT NULL,
    description TEXT NOT NULL DEFAULT '',
    created_at BIGINT NOT NULL
);
INSERT INTO "access_key" VALUES('HPTESTACCESSKEY00001','01a21e9621127c0a83a3c4b1e09b3d16','hp1:efdee771:6A7riqF81wvc0gtrP206ZT1ZP33EPyi4AoiY6BHKelyJaHU8t8uOmvlN82SnsYJulq4BRV0UDmHEzV8J3OyeXW9UTNQ=','made at the first start',1795809485074958);
CREATE TABLE application (
    id TEXT PRIMARY KEY,
    project_id TEXT NOT NULL,
    environment_id TEXT NOT NULL REFERENCES environment (id),
    name TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    updated_at BIGINT NOT NULL,
    UNIQUE (environment_id, name)
);
INSERT INTO "application" VALUES('01a21e96-265a-7ce2-8200-cc867818d603','0123456789abcdef0123456789abcdef','01a21e96-2460-7e42-8769-61efcce4a9f4','app-1001',1795809486426161,1795809486426161);
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
INSERT INTO "component" VALUES('01a21e96-2677-7112-a095-3d9862f8c3e2','0123456789abcdef0123456789abcdef','01a21e96-2460-7e42-8769-61efcce4a9f4','01a21e96-265a-7ce2-8200-cc867818d603','cart-1002','{"version": "1.0.0"}','1.0.0','Docker',1,'{"type": "image", "url": "nginx:1"}',NULL,'{"cpu_limit": "500m", "memory_limit": "1Gi"}','nginx:1','notReady',1,'01a21e96-287f-7e4b-8955-c26ed0d0e84d','01a21e96-26ab-7922-860b-f5a471a085ad',1,NULL,'{"driver":"simulated","reference":"nginx:1","image_url":"nginx:1","data":{}}',0,'["cart-1002-d8a6cb6254-srgsj"]',4,1795809486455291,1795809486975639);
INSERT INTO "component" VALUES('01a21e96-2715-7156-97e0-0454db758883','0123456789abcdef0123456789abcdef','01a21e96-2460-7e42-8769-61efcce4a9f4','01a21e96-265a-7ce2-8200-cc867818d603','cart-1003','{"version": "1.0.0"}','1.0.0','Docker',1,'{"type": "image", "url": "nginx:1"}',NULL,'{"cpu_limit": "500m", "memory_limit": "1Gi"}','nginx:1','notReady',0,'01a21e96-2722-76e9-b92a-7c0262cee246','',NULL,NULL,NULL,0,'[]',1,1795809486613870,1795809486672601);
INSERT INTO "component" VALUES('01a21e96-28d1-7946-bfce-2644ce66740b','0123456789abcdef0123456789abcdef','01a21e96-2460-7e42-8769-61efcce4a9f4','01a21e96-265a-7ce2-8200-cc867818d603','cart-1004','{"version": "1.0.0"}','1.0.0','Docker',1,'{"type": "image", "url": "nginx:1"}',NULL,'{"cpu_limit": "500m", "memory_limit": "1Gi"}','nginx:1','notReady',0,'01a21e96-28e7-78ee-8f32-2cbbccf5c6c9','',NULL,NULL,NULL,0,'[]',1,1795809487057803,1795809487079760);
INSERT INTO "component" VALUES('01a21e96-2913-7795-a5aa-b14b5a22b91c','0123456789abcdef0123456789abcdef','01a21e96-2460-7e42-8769-61efcce4a9f4','01a21e96-265a-7ce2-8200-cc867818d603','cart-1005','{"version": "1.0.0"}','1.0.0','Docker',1,'{"type": "image", "url": "nginx:1"}',NULL,'{"cpu_limit": "500m", "memory_limit": "1Gi"}','nginx:1','notReady',0,'01a21e96-2922-7975-acdc-be755cf757eb','',NULL,NULL,NULL,0,'[]',0,1795809487123584,1795809487138330);
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
INSERT INTO "component_event" VALUES('01a21e96-2677-7112-a095-3d9862f8c3e2','SuccessfulCreate','Created instance cart-1002-d8a6cb6254-srgsj','Normal',1,'cart-1002-d8a6cb6254-srgsj','ComponentInstance',1795809486541451,1795809486541451);
INSERT INTO "component_event" VALUES('01a21e96-2677-7112-a095-3d9862f8c3e2','ScalingReplicaSet','deploy: scaled up by 1 to 1','Normal',1,'cart-1002','Component',1795809486541451,1795809486541451);
INSERT INTO "component_event" VALUES('01a21e96-2677-7112-a095-3d9862f8c3e2','Started','Instance cart-1002-d8a6cb6254-srgsj is ready','Normal',1,'cart-1002-d8a6cb6254-srgsj','ComponentInstance',1795809486550556,1795809486550556);
INSERT INTO "component_event" VALUES('01a21e96-2677-7112-a095-3d9862f8c3e2','SuccessfulCreate','Created instance cart-1002-52c0143756-hjjq9','Normal',1,'cart-1002-52c0143756-hjjq9','ComponentInstance',1795809486743165,1795809486743165);
INSERT INTO "component_event" VALUES('01a21e96-2677-7112-a095-3d9862f8c3e2','ScalingReplicaSet','upgrade: scaled up by 1 to 1','Normal',2,'cart-1002','Component',1795809486743165,1795809487009608);
INSERT INTO "component_event" VALUES('01a21e96-2677-7112-a095-3d9862f8c3e2','SuccessfulCreate','Created instance cart-1002-4de2c95c9d-nz8cq','Normal',1,'cart-1002-4de2c95c9d-nz8cq','ComponentInstance',1795809486834705,1795809486834705);
INSERT INTO "component_event" VALUES('01a21e96-2677-7112-a095-3d9862f8c3e2','ScalingReplicaSet','restart: scaled up by 1 to 1','Normal',1,'cart-1002','Component',1795809486834705,1795809486834705);
INSERT INTO "component_event" VALUES('01a21e96-2677-7112-a095-3d9862f8c3e2','SuccessfulCreate','Created instance cart-1002-9dbd1c06ac-mvbtb','Normal',1,'cart-1002-9dbd1c06ac-mvbtb','ComponentInstance',1795809487009608,1795809487009608);
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
INSERT INTO "controller" VALUES('retention','01a21e96-2454-7bb3-ae13-ac6b489c4a35',1795809500928615);
INSERT INTO "controller" VALUES('keep:simulated:simulated','01a21e96-2454-7bb3-ae13-ac6b489c4a35',1795809500928775);
INSERT INTO "controller" VALUES('orphans:simulated:simulated','01a21e96-2454-7bb3-ae13-ac6b489c4a35',1795809500928786);
INSERT INTO "controller" VALUES('remains:simulated:simulated','01a21e96-2454-7bb3-ae13-ac6b489c4a35',1795809500928798);
INSERT INTO "controller" VALUES('scaling:simulated:simulated','01a21e96-2454-7bb3-ae13-ac6b489c4a35',1795809500928804);
INSERT INTO "controller" VALUES('metrics:simulated:simulated','01a21e96-2454-7bb3-ae13-ac6b489c4a35',1795809500928812);
INSERT INTO "controller" VALUES('keep:process:01a21e96-2335-75ae-bfd3-9c6ce512a440','01a21e96-2454-7bb3-ae13-ac6b489c4a35',1795809500928820);
INSERT INTO "controller" VALUES('orphans:process:01a21e96-2335-75ae-bfd3-9c6ce512a440','01a21e96-2454-7bb3-ae13-ac6b489c4a35',1795809500928826);
INSERT INTO "controller" VALUES('remains:process:01a21e96-2335-75ae-bfd3-9c6ce512a440','01a21e96-2454-7bb3-ae13-ac6b489c4a35',1795809500928833);
INSERT INTO "controller" VALUES('scaling:process:01a21e96-2335-75ae-bfd3-9c6ce512a440','01a21e96-2454-7bb3-ae13-ac6b489c4a35',1795809500928840);
INSERT INTO "controller" VALUES('metrics:process:01a21e96-2335-75ae-bfd3-9c6ce512a440','01a21e96-2454-7bb3-ae13-ac6b489c4a35',1795809500928848);
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
INSERT INTO "environment" VALUES('01a21e96-2460-7e42-8769-61efcce4a9f4','0123456789abcdef0123456789abcdef','env-1000','finish','{"type": "exclusive"}','0','simulated','simulated','01a21e96-2460-7f9a-883f-22dfbfc2b4fb',1,1795809485920306,1795809485976931);
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
INSERT INTO "first_start" VALUES(1,'01a21e9621127c0a83a3c4b1e09b3d16','0123456789abcdef0123456789abcdef',1795809485074958);
CREATE TABLE iam_domain (
    id TEXT PRIMARY KEY,
    name TEXT NOT NULL UNIQUE,
    created_at BIGINT NOT NULL
);
INSERT INTO "iam_domain" VALUES('fedcba9876543210fedcba9876543210','homeport',1795809485074958);
CREATE TABLE iam_user (
    id TEXT PRIMARY KEY,
    domain_id TEXT NOT NULL REFERENCES iam_domain (id),
    name TEXT NOT NULL,
    password TEXT,
    created_at BIGINT NOT NULL,
    updated_at BIGINT NOT NULL,
    UNIQUE (domain_id, name)
);
INSERT INTO "iam_user" VALUES('01a21e9621127c0a83a3c4b1e09b3d16','fedcba9876543210fedcba9876543210','tester','$argon2id$v=19$m=19456,t=2,p=1$q5t/yIZbhmOWh7U6UYCuaw$U9lcdQG8DzNINLWPuDwT/lQoBg1mYLarl4zZwlbX1vY',1795809485074958,1795809486397704);
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
INSERT INTO "instance" VALUES('cart-1002-d8a6cb6254-srgsj','01a21e96-2677-7112-a095-3d9862f8c3e2','01a21e96-2460-7e42-8769-61efcce4a9f4','01a21e96-26ab-7922-860b-f5a471a085ad',1,'running','hp1:efdee771:w2H0Cpyw/RnqwsQrXFDcaLWpbLivRx2zIFXqO+loPdgFTItFe6/MpQ1FoK3+oB0eyGgGzRYUOGnwcOOwxIjRTuj2k6QCrk7P77JYk3XzagFlKVWmIXkiCB4X6ataeBZuYDIsKY7Ij5RUWCVY7+bpw/YaKagQUtAeT1QYp3ud3vR8wWFnrSql3/o51JEZ5OCDghybC6HSp4VwOajYMnV+ADPOQgJd11RH2Fj9Ykk1Xzjddlgsg91U40kMhvakmPzzrZRdYu1pFSE3yIVrauxNL5jTHzTZJS7USmSYcraakvDWLNxp82Ay+R8tPSsfyTeOEojYSUBmPe5dWt6Q9YMn7QXeSHwI5zg9uFY1bQYMD66aHprWJLzAptG/R5XnskMOUpB9UtF08rc/nADBwWxgOgGMf4bo/9INl0QZqbQORXDFC553o7AfQL7AZx5xloORTf6CTbJsB9ywNmCX0WS/ylJGPO3FfWXJzJPgit6B4FzUVklWrQ118dKb7tbYK3NzVTZNVeDjDSVhSkkmTfPSuzV2tb9+9ZFo2KzI57ucsz1vNXNM2Fq43TjaE2VPM0waPU8gbqProp4CMn9G/8YrnK65b4PFpzLKMqdO0gyR+YIOGvJzCwmEMh+KGgsWThz55WnfjHmqBwNruGYZt4QJmw21zGxOEqT841HXdRyxPnQHYJvlNR3RaMpIPt3ntGwAYUA730j3v+1CoDzhKqcZ5efajSytG0gVlrR79JyRNcuLLLUQ5QMUtlHgMVlJTvNUBnEIp+soTK9w4sKn5MScjExCRfXEkLpoBI/vuaQcXCwDBVbBWogCpw9V3Af8NfpytoJt1MGETEvWTWBTWTook8l9enBqfLDqYK5taZ9kXrR5RklHazo65B2bIH6Ruq1qIdzLS6iKLRWJXOglSTEN1Ny+J57G8qixwHXnbdMC7FoNHpnW+acu673QjDoSQBs+tHTK1CpzNBveRYS6S4SRWiXuE6KTVlHxEvBaRDP2iUzs6K9zo2n/zZ+I2ZcYqHaDvPUCjXr3tsBDrVf9Z0K9q2kcnuB3YbJ0xu9n0JTg/evxsyOtIBnUSD26vyz8kPAtXCVcdw+1SE1E',1795809486541315,1795809486550556);
INSERT INTO "instance" VALUES('cart-1002-9dbd1c06ac-mvbtb','01a21e96-2677-7112-a095-3d9862f8c3e2','01a21e96-2460-7e42-8769-61efcce4a9f4','01a21e96-287f-7e4b-8955-c26ed0d0e84d',4,'creating','hp1:efdee771:2etL+YIwHiRMBBGy6h5Ys4xiBPlEb7NUMjFMtnfQVnQ1lX9J/xyN1wuDeI9yIyry+vq8q1WHvE8Lpp8uBUrHHLnPTgLk2rZ4REazQSyxndbu0nmyHevO0orZoangCtAqONLlNQg9vh8b6l3kMtN956gsN5wMC2oz3hHvrX6iKvq4o2nNHMoFBNMmJz5XC76pPFPgZAZ4plBsPRmFpddLxuxojLg6nPHLEsrNQ1d/cIx/3bcBHIIhjJ35puAqLfEmOeO3N8rkkIVqraJe2f3DDs5JctzemZMRO3faaDpAAbhRvbax1PEmkoCsQOLvlYVfDtxDJXC0byS2EF+PcZN9Gy6e4SS0zGe30Xj1pjmPBACN36lPqK59vUUOwZWrcgSrRZlPr7JVErYsnipZqng6pwLhAXpLLO6p9AUZHuZON+MSp6WJUhC5ALjuZkFVbQLI7idpVkyiVMfWMESCMjUGFv3hAqlMxeHpSGUfMgZ54guRW2np5ywOk2d1a9KNrYG8Zq0d3QLkj1T2JErMaMRrtsubs7scKLQdJOPEEsHmw9Xb4muYQ2bgwtStQ51oP1USOOXyBGDcnHZowrlSLQIPZZpqtpIRfSkaLmMrmzIJ4EOPyteLC4pXd0NjFb9kSyzRXmZKHskLSB4J/6CMrVHo5KWKvWQLk3w8mp3vCfWcczk4YiTqpkvyWg5/3oEGytVKR9lWxyp4PvfjjWRMR1TzMpcOLMOQQmK8A7VaB0miLbd7twAvq4jpgQe9Z8q2bic3RCKbcTZgE94jgb1IhOECzw/DFg1APhnWz7/tpSfJ9QLnCIKVOhW4ZRA7Fxjp/DWlhQK7Dw3Td+irSXkF+bHCkzF1lhAMS+sYNm+Unl3aFqwZjTEH46CpccHkqLU+F76d82e6jWGbP0AwzVNyNsSA8tQTXBamVpWfUmSpqSuCFdExIA3p/nfWGVnxtcqCQVwxSvmNSdFkWlyXO31zGj1L+4vdQYjEVpQFrpxp6Qb+GuJ+Isr6iU1aQQg01tjmJc8+T+hdTqqU51dTgBCoiW+LY+DX4IjMvmr+34tXfcvaMvQtVo9Nlph43cE2YqSRVdEKIow7LsAA8XYcFwetCfejw9c=',1795809487009456,1795809487009456);
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
INSERT INTO "job" VALUES('01a21e96-2460-7f9a-883f-22dfbfc2b4fb','0123456789abcdef0123456789abcdef','01a21e96-2460-7e42-8769-61efcce4a9f4',NULL,NULL,'create-environment','success',100,7,1,NULL,'simulated','simulated',1,0,'{"prior":{"status":"creating","replica":0,"route":[]},"driver":"simulated","while_running":"creating","time_limit":540000000,"needed":true,"skip_when_noop":false,"unfinished_as_failed":false,"stored_only":false,"annotations":"{\"type\": \"exclusive\"}","version":null,"runtime":"","replica":0,"source":"null","build":null,"resource_limit":"null","operation_id":null,"snapshot_index":null,"artifact":null,"image_url":"","build_id":"","script":""}',NULL,NULL,1795810025920306,0,1795809485920306,1795809485954391,1795809485976978,'tester',NULL,NULL,1795809485976978,'{"api_version":"v1","kind":"Job","spec":{"progress":100,"status":"success","tasks":[{"index":1,"name":"create-environment","status":"success","detail":"driver simulated on node simulated","created_at":"2026-11-27T19:58:05.920306Z","updated_at":"2026-11-27T19:58:05.971774Z"},{"index":2,"name":"record","status":"success","detail":"","created_at":"2026-11-27T19:58:05.920306Z","updated_at":"2026-11-27T19:58:05.976978Z"}]}}',0);
INSERT INTO "job" VALUES('01a21e96-26ab-7922-860b-f5a471a085ad','0123456789abcdef0123456789abcdef','01a21e96-2460-7e42-8769-61efcce4a9f4','01a21e96-265a-7ce2-8200-cc867818d603','01a21e96-2677-7112-a095-3d9862f8c3e2','deploy','success',100,12,1,NULL,'simulated','simulated',1,0,'{"prior":{"status":"created","replica":1,"route":[]},"driver":"simulated","while_running":"notReady","time_limit":540000000,"needed":true,"skip_when_noop":false,"unfinished_as_failed":false,"stored_only":false,"annotations":"{\"version\": \"1.0.0\"}","version":"1.0.0","runtime":"Docker","replica":1,"source":"{\"type\": \"image\", \"url\": \"nginx:1\"}","build":null,"resource_limit":"{\"cpu_limit\": \"500m\", \"memory_limit\": \"1Gi\"}","operation_id":null,"snapshot_index":null,"artifact":null,"image_url":"nginx:1","build_id":"","script":""}','{"driver":"simulated","reference":"nginx:1","image_url":"nginx:1","data":{}}',NULL,1795810026507466,0,1795809486507466,1795809486521874,1795809486560174,'tester',NULL,NULL,1795809486560174,'{"api_version":"v1","kind":"Job","spec":{"progress":100,"status":"success","tasks":[{"index":1,"name":"build","status":"skip","detail":"not needed for a source of type image","created_at":"2026-11-27T19:58:06.507466Z","updated_at":"2026-11-27T19:58:06.521874Z"},{"index":2,"name":"pull","status":"success","detail":"pulled nginx:1","created_at":"2026-11-27T19:58:06.507466Z","updated_at":"2026-11-27T19:58:06.541496Z"},{"index":3,"name":"deploy","status":"success","detail":"1 instance started","created_at":"2026-11-27T19:58:06.507466Z","updated_at":"2026-11-27T19:58:06.546533Z"},{"index":4,"name":"verify","status":"success","detail":"","created_at":"2026-11-27T19:58:06.507466Z","updated_at":"2026-11-27T19:58:06.550685Z"},{"index":5,"name":"record","status":"success","detail":"1 serve, 0 stopped","created_at":"2026-11-27T19:58:06.507466Z","updated_at":"2026-11-27T19:58:06.560174Z"}]}}',0);
INSERT INTO "job" VALUES('01a21e96-2722-76e9-b92a-7c0262cee246','0123456789abcdef0123456789abcdef','01a21e96-2460-7e42-8769-61efcce4a9f4','01a21e96-265a-7ce2-8200-cc867818d603','01a21e96-2715-7156-97e0-0454db758883','deploy','failed',40,9,1,NULL,'simulated','simulated',1,0,'{"prior":{"status":"created","replica":1,"route":[]},"driver":"simulated","while_running":"notReady","time_limit":540000000,"needed":true,"skip_when_noop":false,"unfinished_as_failed":false,"stored_only":false,"annotations":"{\"version\": \"1.0.0\"}","version":"1.0.0","runtime":"Docker","replica":1,"source":"{\"type\": \"image\", \"url\": \"nginx:1\"}","build":null,"resource_limit":"{\"cpu_limit\": \"500m\", \"memory_limit\": \"1Gi\"}","operation_id":null,"snapshot_index":null,"artifact":null,"image_url":"nginx:1","build_id":"","script":"pull=fail:image-missing"}',NULL,'{"status":"failed","cause":"image-missing","detail":"image-missing: the pull of nginx:1 was scripted to fail. Check the image reference and its tag.","task":2}',1795810026626201,0,1795809486626201,1795809486634796,1795809486672781,'tester',NULL,NULL,1795809486672781,'{"api_version":"v1","kind":"Job","spec":{"progress":40,"status":"failed","tasks":[{"index":1,"name":"build","status":"skip","detail":"not needed for a source of type image","created_at":"2026-11-27T19:58:06.626201Z","updated_at":"2026-11-27T19:58:06.634796Z"},{"index":2,"name":"pull","status":"failed","detail":"image-missing: the pull of nginx:1 was scripted to fail. Check the image reference and its tag.","created_at":"2026-11-27T19:58:06.626201Z","updated_at":"2026-11-27T19:58:06.657573Z"},{"index":3,"name":"deploy","status":"skip","detail":"not run: task 2 ended the job (image-missing)","created_at":"2026-11-27T19:58:06.626201Z","updated_at":"2026-11-27T19:58:06.672781Z"},{"index":4,"name":"verify","status":"skip","detail":"not run: task 2 ended the job (image-missing)","created_at":"2026-11-27T19:58:06.626201Z","updated_at":"2026-11-27T19:58:06.672781Z"},{"index":5,"name":"record","status":"skip","detail":"not run: task 2 ended the job (image-missing)","created_at":"2026-11-27T19:58:06.626201Z","updated_at":"2026-11-27T19:58:06.672781Z"}]}}',0);
INSERT INTO "job" VALUES('01a21e96-2775-792e-ad9f-1d2005310c88','0123456789abcdef0123456789abcdef','01a21e96-2460-7e42-8769-61efcce4a9f4','01a21e96-265a-7ce2-8200-cc867818d603','01a21e96-2677-7112-a095-3d9862f8c3e2','upgrade','terminated',75,15,2,NULL,'simulated','simulated',1,0,'{"prior":{"status":"running","replica":1,"route":["cart-1002-d8a6cb6254-srgsj"]},"driver":"simulated","while_running":"notReady","time_limit":540000000,"needed":true,"skip_when_noop":false,"unfinished_as_failed":false,"stored_only":false,"annotations":"{\"version\": \"1.0.0\"}","version":"1.0.0","runtime":"Docker","replica":1,"source":"{\"type\": \"image\", \"url\": \"nginx:1\"}","build":null,"resource_limit":"{\"cpu_limit\": \"500m\", \"memory_limit\": \"1Gi\"}","operation_id":null,"snapshot_index":null,"artifact":null,"image_url":"nginx:1","build_id":"01a21e96-26ab-7922-860b-f5a471a085ad","script":"ready=never"}','{"driver":"simulated","reference":"nginx:1","image_url":"nginx:1","data":{}}','{"status":"terminated","cause":"terminated","detail":"terminated: stopped by request during task 4 verify. Retry the job to run it again.","task":4}',1795810026709960,0,1795809486709960,1795809486728166,1795809486809294,'tester',NULL,NULL,1795809486809294,'{"api_version":"v1","kind":"Job","spec":{"progress":75,"status":"terminated","tasks":[{"index":1,"name":"build","status":"skip","detail":"not needed for a source of type image","created_at":"2026-11-27T19:58:06.709960Z","updated_at":"2026-11-27T19:58:06.728166Z"},{"index":2,"name":"pull","status":"success","detail":"pulled nginx:1","created_at":"2026-11-27T19:58:06.709960Z","updated_at":"2026-11-27T19:58:06.743258Z"},{"index":3,"name":"upgrade","status":"success","detail":"1 instance started\nundone: what served before the job serves","created_at":"2026-11-27T19:58:06.709960Z","updated_at":"2026-11-27T19:58:06.809294Z"},{"index":4,"name":"verify","status":"terminated","detail":"terminated: stopped by request during task 4 verify. Retry the job to run it again.","created_at":"2026-11-27T19:58:06.709960Z","updated_at":"2026-11-27T19:58:06.809294Z"},{"index":5,"name":"record","status":"skip","detail":"not run: task 4 ended the job (terminated)","created_at":"2026-11-27T19:58:06.709960Z","updated_at":"2026-11-27T19:58:06.809294Z"}]}}',0);
INSERT INTO "job" VALUES('01a21e96-27e6-72ff-a2d6-7620815501c0','0123456789abcdef0123456789abcdef','01a21e96-2460-7e42-8769-61efcce4a9f4','01a21e96-265a-7ce2-8200-cc867818d603','01a21e96-2677-7112-a095-3d9862f8c3e2','restart','timeout',50,10,3,NULL,'simulated','simulated',1,0,'{"prior":{"status":"running","replica":1,"route":["cart-1002-d8a6cb6254-srgsj"]},"driver":"simulated","while_running":"notReady","time_limit":50000,"needed":true,"skip_when_noop":false,"unfinished_as_failed":false,"stored_only":false,"annotations":"{\"version\": \"1.0.0\"}","version":"1.0.0","runtime":"Docker","replica":1,"source":"{\"type\": \"image\", \"url\": \"nginx:1\"}","build":null,"resource_limit":"{\"cpu_limit\": \"500m\", \"memory_limit\": \"1Gi\"}","operation_id":null,"snapshot_index":null,"artifact":{"driver":"simulated","reference":"nginx:1","image_url":"nginx:1","data":{}},"image_url":"nginx:1","build_id":"01a21e96-26ab-7922-860b-f5a471a085ad","script":"ready=never"}',NULL,'{"status":"timeout","cause":"deadline-exceeded","detail":"deadline-exceeded: the job was not done by its deadline, 2026-11-27T19:58:06.872045Z. Give it longer (annotation homeport/deadline), or find what it waits for in the log.","task":2}',1795809486872045,1,1795809486822045,1795809486834181,1795809486920016,'tester',NULL,NULL,1795809486920016,'{"api_version":"v1","kind":"Job","spec":{"progress":50,"status":"timeout","tasks":[{"index":1,"name":"restart","status":"success","detail":"1 instance started\nundone: what served before the job serves","created_at":"2026-11-27T19:58:06.822045Z","updated_at":"2026-11-27T19:58:06.920016Z"},{"index":2,"name":"verify","status":"timeout","detail":"deadline-exceeded: the job was not done by its deadline, 2026-11-27T19:58:06.872045Z. Give it longer (annotation homeport/deadline), or find what it waits for in the log.","created_at":"2026-11-27T19:58:06.822045Z","updated_at":"2026-11-27T19:58:06.920016Z"},{"index":3,"name":"record","status":"skip","detail":"not run: task 2 ended the job (deadline-exceeded)","created_at":"2026-11-27T19:58:06.822045Z","updated_at":"2026-11-27T19:58:06.920016Z"}]}}',0);
INSERT INTO "job" VALUES('01a21e96-287f-7e4b-8955-c26ed0d0e84d','0123456789abcdef0123456789abcdef','01a21e96-2460-7e42-8769-61efcce4a9f4','01a21e96-265a-7ce2-8200-cc867818d603','01a21e96-2677-7112-a095-3d9862f8c3e2','upgrade','running',75,8,4,'01a21e96-2335-7135-b7e2-383b8b57728d','simulated','simulated',1,0,'{"prior":{"status":"running","replica":1,"route":["cart-1002-d8a6cb6254-srgsj"]},"driver":"simulated","while_running":"notReady","time_limit":540000000,"needed":true,"skip_when_noop":false,"unfinished_as_failed":false,"stored_only":false,"annotations":"{\"version\": \"1.0.0\"}","version":"1.0.0","runtime":"Docker","replica":1,"source":"{\"type\": \"image\", \"url\": \"nginx:1\"}","build":null,"resource_limit":"{\"cpu_limit\": \"500m\", \"memory_limit\": \"1Gi\"}","operation_id":null,"snapshot_index":null,"artifact":null,"image_url":"nginx:1","build_id":"01a21e96-26ab-7922-860b-f5a471a085ad","script":"ready=3s"}','{"driver":"simulated","reference":"nginx:1","image_url":"nginx:1","data":{}}',NULL,1795810026975502,0,1795809486975502,1795809486989098,NULL,'tester','01a21e96-2677-7112-a095-3d9862f8c3e2',1795809486975502,1795809487017371,'{"api_version":"v1","kind":"Job","spec":{"progress":75,"status":"running","tasks":[{"index":1,"name":"build","status":"skip","detail":"not needed for a source of type image","created_at":"2026-11-27T19:58:06.975502Z","updated_at":"2026-11-27T19:58:06.989098Z"},{"index":2,"name":"pull","status":"success","detail":"pulled nginx:1","created_at":"2026-11-27T19:58:06.975502Z","updated_at":"2026-11-27T19:58:07.009649Z"},{"index":3,"name":"upgrade","status":"success","detail":"1 instance started","created_at":"2026-11-27T19:58:06.975502Z","updated_at":"2026-11-27T19:58:07.017371Z"},{"index":4,"name":"verify","status":"running","detail":"","created_at":"2026-11-27T19:58:06.975502Z","updated_at":"2026-11-27T19:58:07.017371Z"},{"index":5,"name":"record","status":"init","detail":"","created_at":"2026-11-27T19:58:06.975502Z","updated_at":"2026-11-27T19:58:06.975502Z"}]}}',0);
INSERT INTO "job" VALUES('01a21e96-28e7-78ee-8f32-2cbbccf5c6c9','0123456789abcdef0123456789abcdef','01a21e96-2460-7e42-8769-61efcce4a9f4','01a21e96-265a-7ce2-8200-cc867818d603','01a21e96-28d1-7946-bfce-2644ce66740b','deploy','running',40,4,1,'01a21e96-2335-7135-b7e2-383b8b57728d','simulated','simulated',1,0,'{"prior":{"status":"created","replica":1,"route":[]},"driver":"simulated","while_running":"notReady","time_limit":540000000,"needed":true,"skip_when_noop":false,"unfinished_as_failed":false,"stored_only":false,"annotations":"{\"version\": \"1.0.0\"}","version":"1.0.0","runtime":"Docker","replica":1,"source":"{\"type\": \"image\", \"url\": \"nginx:1\"}","build":null,"resource_limit":"{\"cpu_limit\": \"500m\", \"memory_limit\": \"1Gi\"}","operation_id":null,"snapshot_index":null,"artifact":null,"image_url":"nginx:1","build_id":"","script":"pull=3s"}',NULL,NULL,1795810027079632,0,1795809487079632,1795809487088310,NULL,'tester','01a21e96-28d1-7946-bfce-2644ce66740b',1795809487079632,1795809487088310,'{"api_version":"v1","kind":"Job","spec":{"progress":40,"status":"running","tasks":[{"index":1,"name":"build","status":"skip","detail":"not needed for a source of type image","created_at":"2026-11-27T19:58:07.079632Z","updated_at":"2026-11-27T19:58:07.088310Z"},{"index":2,"name":"pull","status":"running","detail":"","created_at":"2026-11-27T19:58:07.079632Z","updated_at":"2026-11-27T19:58:07.088310Z"},{"index":3,"name":"deploy","status":"init","detail":"","created_at":"2026-11-27T19:58:07.079632Z","updated_at":"2026-11-27T19:58:07.079632Z"},{"index":4,"name":"verify","status":"init","detail":"","created_at":"2026-11-27T19:58:07.079632Z","updated_at":"2026-11-27T19:58:07.079632Z"},{"index":5,"name":"record","status":"init","detail":"","created_at":"2026-11-27T19:58:07.079632Z","updated_at":"2026-11-27T19:58:07.079632Z"}]}}',0);
INSERT INTO "job" VALUES('01a21e96-2922-7975-acdc-be755cf757eb','0123456789abcdef0123456789abcdef','01a21e96-2460-7e42-8769-61efcce4a9f4','01a21e96-265a-7ce2-8200-cc867818d603','01a21e96-2913-7795-a5aa-b14b5a22b91c','deploy','init',0,1,0,NULL,'simulated','simulated',1,0,'{"prior":{"status":"created","replica":1,"route":[]},"driver":"simulated","while_running":"notReady","time_limit":540000000,"needed":true,"skip_when_noop":false,"unfinished_as_failed":false,"stored_only":false,"annotations":"{\"version\": \"1.0.0\"}","version":"1.0.0","runtime":"Docker","replica":1,"source":"{\"type\": \"image\", \"url\": \"nginx:1\"}","build":null,"resource_limit":"{\"cpu_limit\": \"500m\", \"memory_limit\": \"1Gi\"}","operation_id":null,"snapshot_index":null,"artifact":null,"image_url":"nginx:1","build_id":"","script":""}',NULL,NULL,1795810027138235,0,1795809487138235,NULL,NULL,'tester','01a21e96-2913-7795-a5aa-b14b5a22b91c',1795809487138235,1795809487138235,'{"api_version":"v1","kind":"Job","spec":{"progress":0,"status":"init","tasks":[{"index":1,"name":"build","status":"init","detail":"","created_at":"2026-11-27T19:58:07.138235Z","updated_at":"2026-11-27T19:58:07.138235Z"},{"index":2,"name":"pull","status":"init","detail":"","created_at":"2026-11-27T19:58:07.138235Z","updated_at":"2026-11-27T19:58:07.138235Z"},{"index":3,"name":"deploy","status":"init","detail":"","created_at":"2026-11-27T19:58:07.138235Z","updated_at":"2026-11-27T19:58:07.138235Z"},{"index":4,"name":"verify","status":"init","detail":"","created_at":"2026-11-27T19:58:07.138235Z","updated_at":"2026-11-27T19:58:07.138235Z"},{"index":5,"name":"record","status":"init","detail":"","created_at":"2026-11-27T19:58:07.138235Z","updated_at":"2026-11-27T19:58:07.138235Z"}]}}',0);
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
INSERT INTO "job_event" VALUES('01a21e96-2460-7f9a-883f-22dfbfc2b4fb',1,1795809485920306,0,'init',0,'');
INSERT INTO "job_event" VALUES('01a21e96-2460-7f9a-883f-22dfbfc2b4fb',2,1795809485954391,0,'running',0,'');
INSERT INTO "job_event" VALUES('01a21e96-2460-7f9a-883f-22dfbfc2b4fb',3,1795809485954391,1,'running',0,'');
INSERT INTO "job_event" VALUES('01a21e96-2460-7f9a-883f-22dfbfc2b4fb',4,1795809485971774,1,'success',83,'driver simulated on node simulated');
INSERT INTO "job_event" VALUES('01a21e96-2460-7f9a-883f-22dfbfc2b4fb',5,1795809485971774,2,'running',83,'');
INSERT INTO "job_event" VALUES('01a21e96-2460-7f9a-883f-22dfbfc2b4fb',6,1795809485976978,2,'success',99,'');
INSERT INTO "job_event" VALUES('01a21e96-2460-7f9a-883f-22dfbfc2b4fb',7,1795809485976978,0,'success',100,'');
INSERT INTO "job_event" VALUES('01a21e96-26ab-7922-860b-f5a471a085ad',1,1795809486507466,0,'init',0,'');
INSERT INTO "job_event" VALUES('01a21e96-26ab-7922-860b-f5a471a085ad',2,1795809486521874,0,'running',0,'');
INSERT INTO "job_event" VALUES('01a21e96-26ab-7922-860b-f5a471a085ad',3,1795809486521874,1,'skip',40,'not needed for a source of type image');
INSERT INTO "job_event" VALUES('01a21e96-26ab-7922-860b-f5a471a085ad',4,1795809486521874,2,'running',40,'');
INSERT INTO "job_event" VALUES('01a21e96-26ab-7922-860b-f5a471a085ad',5,1795809486541496,2,'success',50,'pulled nginx:1');
INSERT INTO "job_event" VALUES('01a21e96-26ab-7922-860b-f5a471a085ad',6,1795809486541496,3,'running',50,'');
INSERT INTO "job_event" VALUES('01a21e96-26ab-7922-860b-f5a471a085ad',7,1795809486546533,3,'success',75,'1 instance started');
INSERT INTO "job_event" VALUES('01a21e96-26ab-7922-860b-f5a471a085ad',8,1795809486546533,4,'running',75,'');
INSERT INTO "job_event" VALUES('01a21e96-26ab-7922-860b-f5a471a085ad',9,1795809486550685,4,'success',95,'');
INSERT INTO "job_event" VALUES('01a21e96-26ab-7922-860b-f5a471a085ad',10,1795809486550685,5,'running',95,'');
INSERT INTO "job_event" VALUES('01a21e96-26ab-7922-860b-f5a471a085ad',11,1795809486560174,5,'success',99,'1 serve, 0 stopped');
INSERT INTO "job_event" VALUES('01a21e96-26ab-7922-860b-f5a471a085ad',12,1795809486560174,0,'success',100,'');
INSERT INTO "job_event" VALUES('01a21e96-2722-76e9-b92a-7c0262cee246',1,1795809486626201,0,'init',0,'');
INSERT INTO "job_event" VALUES('01a21e96-2722-76e9-b92a-7c0262cee246',2,1795809486634796,0,'running',0,'');
INSERT INTO "job_event" VALUES('01a21e96-2722-76e9-b92a-7c0262cee246',3,1795809486634796,1,'skip',40,'not needed for a source of type image');
INSERT INTO "job_event" VALUES('01a21e96-2722-76e9-b92a-7c0262cee246',4,1795809486634796,2,'running',40,'');
INSERT INTO "job_event" VALUES('01a21e96-2722-76e9-b92a-7c0262cee246',5,1795809486657573,2,'failed',40,'image-missing: the pull of nginx:1 was scripted to fail. Check the image reference and its tag.');
INSERT INTO "job_event" VALUES('01a21e96-2722-76e9-b92a-7c0262cee246',6,1795809486672781,3,'skip',40,'not run: task 2 ended the job (image-missing)');
INSERT INTO "job_event" VALUES('01a21e96-2722-76e9-b92a-7c0262cee246',7,1795809486672781,4,'skip',40,'not run: task 2 ended the job (image-missing)');
INSERT INTO "job_event" VALUES('01a21e96-2722-76e9-b92a-7c0262cee246',8,1795809486672781,5,'skip',40,'not run: task 2 ended the job (image-missing)');
INSERT INTO "job_event" VALUES('01a21e96-2722-76e9-b92a-7c0262cee246',9,1795809486672781,0,'failed',40,'image-missing: the pull of nginx:1 was scripted to fail. Check the image reference and its tag.');
INSERT INTO "job_event" VALUES('01a21e96-2775-792e-ad9f-1d2005310c88',1,1795809486709960,0,'init',0,'');
INSERT INTO "job_event" VALUES('01a21e96-2775-792e-ad9f-1d2005310c88',2,1795809486728166,0,'running',0,'');
INSERT INTO "job_event" VALUES('01a21e96-2775-792e-ad9f-1d2005310c88',3,1795809486728166,1,'skip',40,'not needed for a source of type image');
INSERT INTO "job_event" VALUES('01a21e96-2775-792e-ad9f-1d2005310c88',4,1795809486728166,2,'running',40,'');
INSERT INTO "job_event" VALUES('01a21e96-2775-792e-ad9f-1d2005310c88',5,1795809486743258,2,'success',50,'pulled nginx:1');
INSERT INTO "job_event" VALUES('01a21e96-2775-792e-ad9f-1d2005310c88',6,1795809486743258,3,'running',50,'');
INSERT INTO "job_event" VALUES('01a21e96-2775-792e-ad9f-1d2005310c88',7,1795809486749977,3,'success',75,'1 instance started');
INSERT INTO "job_event" VALUES('01a21e96-2775-792e-ad9f-1d2005310c88',8,1795809486749977,4,'running',75,'');
INSERT INTO "job_event" VALUES('01a21e96-2775-792e-ad9f-1d2005310c88',9,1795809486769051,0,'terminating',75,'');
INSERT INTO "job_event" VALUES('01a21e96-2775-792e-ad9f-1d2005310c88',10,1795809486769051,4,'terminating',75,'');
INSERT INTO "job_event" VALUES('01a21e96-2775-792e-ad9f-1d2005310c88',11,1795809486809294,3,'success',75,'1 instance started
undone: what served before the job serves');
INSERT INTO "job_event" VALUES('01a21e96-2775-792e-ad9f-1d2005310c88',12,1795809486809294,4,'terminating',75,'');
INSERT INTO "job_event" VALUES('01a21e96-2775-792e-ad9f-1d2005310c88',13,1795809486809294,5,'skip',75,'not run: task 4 ended the job (terminated)');
INSERT INTO "job_event" VALUES('01a21e96-2775-792e-ad9f-1d2005310c88',14,1795809486809294,4,'terminated',75,'terminated: stopped by request during task 4 verify. Retry the job to run it again.');
INSERT INTO "job_event" VALUES('01a21e96-2775-792e-ad9f-1d2005310c88',15,1795809486809294,0,'terminated',75,'terminated: stopped by request during task 4 verify. Retry the job to run it again.');
INSERT INTO "job_event" VALUES('01a21e96-27e6-72ff-a2d6-7620815501c0',1,1795809486822045,0,'init',0,'');
INSERT INTO "job_event" VALUES('01a21e96-27e6-72ff-a2d6-7620815501c0',2,1795809486834181,0,'running',0,'');
INSERT INTO "job_event" VALUES('01a21e96-27e6-72ff-a2d6-7620815501c0',3,1795809486834181,1,'running',0,'');
INSERT INTO "job_event" VALUES('01a21e96-27e6-72ff-a2d6-7620815501c0',4,1795809486844703,1,'success',50,'1 instance started');
INSERT INTO "job_event" VALUES('01a21e96-27e6-72ff-a2d6-7620815501c0',5,1795809486844703,2,'running',50,'');
INSERT INTO "job_event" VALUES('01a21e96-27e6-72ff-a2d6-7620815501c0',6,1795809486892053,2,'timeout',50,'deadline-exceeded: the job was not done by its deadline, 2026-11-27T19:58:06.872045Z. Give it longer (annotation homeport/deadline), or find what it waits for in the log.');
INSERT INTO "job_event" VALUES('01a21e96-27e6-72ff-a2d6-7620815501c0',7,1795809486920016,1,'success',50,'1 instance started
undone: what served before the job serves');
INSERT INTO "job_event" VALUES('01a21e96-27e6-72ff-a2d6-7620815501c0',8,1795809486920016,2,'timeout',50,'deadline-exceeded: the job was not done by its deadline, 2026-11-27T19:58:06.872045Z. Give it longer (annotation homeport/deadline), or find what it waits for in the log.');
INSERT INTO "job_event" VALUES('01a21e96-27e6-72ff-a2d6-7620815501c0',9,1795809486920016,3,'skip',50,'not run: task 2 ended the job (deadline-exceeded)');
INSERT INTO "job_event" VALUES('01a21e96-27e6-72ff-a2d6-7620815501c0',10,1795809486920016,0,'timeout',50,'deadline-exceeded: the job was not done by its deadline, 2026-11-27T19:58:06.872045Z. Give it longer (annotation homeport/deadline), or find what it waits for in the log.');
INSERT INTO "job_event" VALUES('01a21e96-287f-7e4b-8955-c26ed0d0e84d',1,1795809486975502,0,'init',0,'');
INSERT INTO "job_event" VALUES('01a21e96-287f-7e4b-8955-c26ed0d0e84d',2,1795809486989098,0,'running',0,'');
INSERT INTO "job_event" VALUES('01a21e96-287f-7e4b-8955-c26ed0d0e84d',3,1795809486989098,1,'skip',40,'not needed for a source of type image');
INSERT INTO "job_event" VALUES('01a21e96-287f-7e4b-8955-c26ed0d0e84d',4,1795809486989098,2,'running',40,'');
INSERT INTO "job_event" VALUES('01a21e96-287f-7e4b-8955-c26ed0d0e84d',5,1795809487009649,2,'success',50,'pulled nginx:1');
INSERT INTO "job_event" VALUES('01a21e96-287f-7e4b-8955-c26ed0d0e84d',6,1795809487009649,3,'running',50,'');
INSERT INTO "job_event" VALUES('01a21e96-287f-7e4b-8955-c26ed0d0e84d',7,1795809487017371,3,'success',75,'1 instance started');
INSERT INTO "job_event" VALUES('01a21e96-287f-7e4b-8955-c26ed0d0e84d',8,1795809487017371,4,'running',75,'');
INSERT INTO "job_event" VALUES('01a21e96-28e7-78ee-8f32-2cbbccf5c6c9',1,1795809487079632,0,'init',0,'');
INSERT INTO "job_event" VALUES('01a21e96-28e7-78ee-8f32-2cbbccf5c6c9',2,1795809487088310,0,'running',0,'');
INSERT INTO "job_event" VALUES('01a21e96-28e7-78ee-8f32-2cbbccf5c6c9',3,1795809487088310,1,'skip',40,'not needed for a source of type image');
INSERT INTO "job_event" VALUES('01a21e96-28e7-78ee-8f32-2cbbccf5c6c9',4,1795809487088310,2,'running',40,'');
INSERT INTO "job_event" VALUES('01a21e96-2922-7975-acdc-be755cf757eb',1,1795809487138235,0,'init',0,'');
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
CREATE TABLE project (
    id TEXT PRIMARY KEY,
    domain_id TEXT NOT NULL REFERENCES iam_domain (id),
    name TEXT NOT NULL,
    description TEXT NOT NULL DEFAULT '',
    created_at BIGINT NOT NULL,
    UNIQUE (domain_id, name)
);
INSERT INTO "project" VALUES('0123456789abcdef0123456789abcdef','fedcba9876543210fedcba9876543210','local-1','',1795809485074958);
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
INSERT INTO "role_grant" VALUES('01a21e9621127c0a83a3c4b1e09b3d16','0123456789abcdef0123456789abcdef','admin');
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
INSERT INTO "snapshot" VALUES('01a21e96-2677-7112-a095-3d9862f8c3e2',1,'01a21e96-26ab-7922-860b-f5a471a085ad','deploy','success','1.0.0','{"version": "1.0.0"}','Docker',1,'{"type": "image", "url": "nginx:1"}',NULL,'{"cpu_limit": "500m", "memory_limit": "1Gi"}','nginx:1','01a21e96-26ab-7922-860b-f5a471a085ad',NULL,'{"driver":"simulated","reference":"nginx:1","image_url":"nginx:1","data":{}}','running',1,1795809486560046,1795809486560046);
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
INSERT INTO "task" VALUES('01a21e96-2460-7f9a-883f-22dfbfc2b4fb',1,'create-environment','success','driver simulated on node simulated',25,300000000,100,1,1795809485954391,1795809485920306,1795809485971774);
INSERT INTO "task" VALUES('01a21e96-2460-7f9a-883f-22dfbfc2b4fb',2,'record','success','',5,300000000,100,1,1795809485971774,1795809485920306,1795809485976978);
INSERT INTO "task" VALUES('01a21e96-26ab-7922-860b-f5a471a085ad',1,'build','skip','not needed for a source of type image',40,1800000000,100,1,NULL,1795809486507466,1795809486521874);
INSERT INTO "task" VALUES('01a21e96-26ab-7922-860b-f5a471a085ad',2,'pull','success','pulled nginx:1',10,300000000,100,1,1795809486521874,1795809486507466,1795809486541496);
INSERT INTO "task" VALUES('01a21e96-26ab-7922-860b-f5a471a085ad',3,'deploy','success','1 instance started',25,300000000,100,1,1795809486541496,1795809486507466,1795809486546533);
INSERT INTO "task" VALUES('01a21e96-26ab-7922-860b-f5a471a085ad',4,'verify','success','',20,300000000,100,1,1795809486546533,1795809486507466,1795809486550685);
INSERT INTO "task" VALUES('01a21e96-26ab-7922-860b-f5a471a085ad',5,'record','success','1 serve, 0 stopped',5,300000000,100,1,1795809486550685,1795809486507466,1795809486560174);
INSERT INTO "task" VALUES('01a21e96-2722-76e9-b92a-7c0262cee246',1,'build','skip','not needed for a source of type image',40,1800000000,100,1,NULL,1795809486626201,1795809486634796);
INSERT INTO "task" VALUES('01a21e96-2722-76e9-b92a-7c0262cee246',2,'pull','failed','image-missing: the pull of nginx:1 was scripted to fail. Check the image reference and its tag.',10,300000000,0,0,1795809486634796,1795809486626201,1795809486657573);
INSERT INTO "task" VALUES('01a21e96-2722-76e9-b92a-7c0262cee246',3,'deploy','skip','not run: task 2 ended the job (image-missing)',25,300000000,0,0,NULL,1795809486626201,1795809486672781);
INSERT INTO "task" VALUES('01a21e96-2722-76e9-b92a-7c0262cee246',4,'verify','skip','not run: task 2 ended the job (image-missing)',20,300000000,0,0,NULL,1795809486626201,1795809486672781);
INSERT INTO "task" VALUES('01a21e96-2722-76e9-b92a-7c0262cee246',5,'record','skip','not run: task 2 ended the job (image-missing)',5,300000000,0,0,NULL,1795809486626201,1795809486672781);
INSERT INTO "task" VALUES('01a21e96-2775-792e-ad9f-1d2005310c88',1,'build','skip','not needed for a source of type image',40,1800000000,100,1,NULL,1795809486709960,1795809486728166);
INSERT INTO "task" VALUES('01a21e96-2775-792e-ad9f-1d2005310c88',2,'pull','success','pulled nginx:1',10,300000000,100,1,1795809486728166,1795809486709960,1795809486743258);
INSERT INTO "task" VALUES('01a21e96-2775-792e-ad9f-1d2005310c88',3,'upgrade','success','1 instance started
undone: what served before the job serves',25,300000000,100,0,1795809486743258,1795809486709960,1795809486809294);
INSERT INTO "task" VALUES('01a21e96-2775-792e-ad9f-1d2005310c88',4,'verify','terminated','terminated: stopped by request during task 4 verify. Retry the job to run it again.',20,300000000,0,0,1795809486749977,1795809486709960,1795809486809294);
INSERT INTO "task" VALUES('01a21e96-2775-792e-ad9f-1d2005310c88',5,'record','skip','not run: task 4 ended the job (terminated)',5,300000000,0,0,NULL,1795809486709960,1795809486809294);
INSERT INTO "task" VALUES('01a21e96-27e6-72ff-a2d6-7620815501c0',1,'restart','success','1 instance started
undone: what served before the job serves',25,300000000,100,0,1795809486834181,1795809486822045,1795809486920016);
INSERT INTO "task" VALUES('01a21e96-27e6-72ff-a2d6-7620815501c0',2,'verify','timeout','deadline-exceeded: the job was not done by its deadline, 2026-11-27T19:58:06.872045Z. Give it longer (annotation homeport/deadline), or find what it waits for in the log.',20,300000000,0,0,1795809486844703,1795809486822045,1795809486920016);
INSERT INTO "task" VALUES('01a21e96-27e6-72ff-a2d6-7620815501c0',3,'record','skip','not run: task 2 ended the job (deadline-exceeded)',5,300000000,0,0,NULL,1795809486822045,1795809486920016);
INSERT INTO "task" VALUES('01a21e96-287f-7e4b-8955-c26ed0d0e84d',1,'build','skip','not needed for a source of type image',40,1800000000,100,1,NULL,1795809486975502,1795809486989098);
INSERT INTO "task" VALUES('01a21e96-287f-7e4b-8955-c26ed0d0e84d',2,'pull','success','pulled nginx:1',10,300000000,100,1,1795809486989098,1795809486975502,1795809487009649);
INSERT INTO "task" VALUES('01a21e96-287f-7e4b-8955-c26ed0d0e84d',3,'upgrade','success','1 instance started',25,300000000,100,1,1795809487009649,1795809486975502,1795809487017371);
INSERT INTO "task" VALUES('01a21e96-287f-7e4b-8955-c26ed0d0e84d',4,'verify','running','',20,300000000,0,0,1795809487017371,1795809486975502,1795809487017371);
INSERT INTO "task" VALUES('01a21e96-287f-7e4b-8955-c26ed0d0e84d',5,'record','init','',5,300000000,0,0,NULL,1795809486975502,1795809486975502);
INSERT INTO "task" VALUES('01a21e96-28e7-78ee-8f32-2cbbccf5c6c9',1,'build','skip','not needed for a source of type image',40,1800000000,100,1,NULL,1795809487079632,1795809487088310);
INSERT INTO "task" VALUES('01a21e96-28e7-78ee-8f32-2cbbccf5c6c9',2,'pull','running','',10,300000000,0,0,1795809487088310,1795809487079632,1795809487088310);
INSERT INTO "task" VALUES('01a21e96-28e7-78ee-8f32-2cbbccf5c6c9',3,'deploy','init','',25,300000000,0,0,NULL,1795809487079632,1795809487079632);
INSERT INTO "task" VALUES('01a21e96-28e7-78ee-8f32-2cbbccf5c6c9',4,'verify','init','',20,300000000,0,0,NULL,1795809487079632,1795809487079632);
INSERT INTO "task" VALUES('01a21e96-28e7-78ee-8f32-2cbbccf5c6c9',5,'record','init','',5,300000000,0,0,NULL,1795809487079632,1795809487079632);
INSERT INTO "task" VALUES('01a21e96-2922-7975-acdc-be755cf757eb',1,'build','init','',40,1800000000,0,0,NULL,1795809487138235,1795809487138235);
INSERT INTO "task" VALUES('01a21e96-2922-7975-acdc-be755cf757eb',2,'pull','init','',10,300000000,0,0,NULL,1795809487138235,1795809487138235);
INSERT INTO "task" VALUES('01a21e96-2922-7975-acdc-be755cf757eb',3,'deploy','init','',25,300000000,0,0,NULL,1795809487138235,1795809487138235);
INSERT INTO "task" VALUES('01a21e96-2922-7975-acdc-be755cf757eb',4,'verify','init','',20,300000000,0,0,NULL,1795809487138235,1795809487138235);
INSERT INTO "task" VALUES('01a21e96-2922-7975-acdc-be755cf757eb',5,'record','init','',5,300000000,0,0,NULL,1795809487138235,1795809487138235);
CREATE TABLE task_log (
    job_id TEXT NOT NULL REFERENCES job (id),
    task INTEGER NOT NULL,
    position BIGINT NOT NULL,
    size INTEGER NOT NULL,
    text TEXT NOT NULL,
    PRIMARY KEY (job_id, task, position)
);
INSERT INTO "task_log" VALUES('01a21e96-26ab-7922-860b-f5a471a085ad',2,0,26,'simulated pull of nginx:1
');
INSERT INTO "task_log" VALUES('01a21e96-2722-76e9-b92a-7c0262cee246',2,0,122,'simulated pull of nginx:1
image-missing: the pull of nginx:1 was scripted to fail. Check the image reference and its tag.
');
INSERT INTO "task_log" VALUES('01a21e96-2775-792e-ad9f-1d2005310c88',2,0,26,'simulated pull of nginx:1
');
INSERT INTO "task_log" VALUES('01a21e96-27e6-72ff-a2d6-7620815501c0',2,0,171,'deadline-exceeded: the job was not done by its deadline, 2026-11-27T19:58:06.872045Z. Give it longer (annotation homeport/deadline), or find what it waits for in the log.
');
INSERT INTO "task_log" VALUES('01a21e96-287f-7e4b-8955-c26ed0d0e84d',2,0,26,'simulated pull of nginx:1
');
CREATE TABLE token (
    hash TEXT PRIMARY KEY,
    user_id TEXT NOT NULL REFERENCES iam_user (id) ON DELETE CASCADE,
    project_id TEXT REFERENCES project (id),
    methods TEXT NOT NULL,
    issued_at BIGINT NOT NULL,
    expires_at BIGINT NOT NULL
);
INSERT INTO "token" VALUES('657563328e24a7fb15e6f946181e15575defdea4c439d7ea5bb3172f5e6ab5ee','01a21e9621127c0a83a3c4b1e09b3d16','0123456789abcdef0123456789abcdef','password',1795809486397704,1795895886397704);
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
INSERT INTO "worker" VALUES('01a21e96-2335-7135-b7e2-383b8b57728d',1795809485926426,1795809500926426,1795809485926426);
CREATE TABLE worker_node (
    worker_id TEXT NOT NULL REFERENCES worker (id),
    driver TEXT NOT NULL,
    node TEXT NOT NULL,
    PRIMARY KEY (worker_id, driver)
);
INSERT INTO "worker_node" VALUES('01a21e96-2335-7135-b7e2-383b8b57728d','simulated','simulated');
INSERT INTO "worker_node" VALUES('01a21e96-2335-7135-b7e2-383b8b57728d','process','01a21e96-2335-75ae-bfd3-9c6ce512a440');
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
