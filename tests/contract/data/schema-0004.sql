-- job {"answer": {"api_version": "v1", "kind": "Job", "spec": {"progress": 100, "status": "success", "tasks": [{"created_at": "2026-11-27T00:02:23.152175Z", "detail": "not needed for a source of type image", "index": 1, "name": "build", "status": "skip", "updated_at": "2026-11-27T00:02:23.158514Z"}, {"created_at": "2026-11-27T00:02:23.152175Z", "detail": "pulled nginx:1", "index": 2, "name": "pull", "status": "success", "updated_at": "2026-11-27T00:02:23.162258Z"}, {"created_at": "2026-11-27T00:02:23.152175Z", "detail": "1 instance started", "index": 3, "name": "deploy", "status": "success", "updated_at": "2026-11-27T00:02:23.169256Z"}, {"created_at": "2026-11-27T00:02:23.152175Z", "detail": "", "index": 4, "name": "verify", "status": "success", "updated_at": "2026-11-27T00:02:23.171641Z"}, {"created_at": "2026-11-27T00:02:23.152175Z", "detail": "1 serve, 0 stopped", "index": 5, "name": "record", "status": "success", "updated_at": "2026-11-27T00:02:23.173102Z"}]}}, "environment": "01a21a4f-6d75-7de9-8ada-a06ab7491d27", "id": "01a21a4f-6f30-7b16-b5d8-77d263626f6d"}
-- job {"answer": {"api_version": "v1", "kind": "Job", "spec": {"progress": 40, "status": "failed", "tasks": [{"created_at": "2026-11-27T00:02:23.211156Z", "detail": "not needed for a source of type image", "index": 1, "name": "build", "status": "skip", "updated_at": "2026-11-27T00:02:23.213297Z"}, {"created_at": "2026-11-27T00:02:23.211156Z", "detail": "image-missing: the pull of nginx:1 was scripted to fail. Check the image reference and its tag.", "index": 2, "name": "pull", "status": "failed", "updated_at": "2026-11-27T00:02:23.226549Z"}, {"created_at": "2026-11-27T00:02:23.211156Z", "detail": "not run: task 2 ended the job (image-missing)", "index": 3, "name": "deploy", "status": "skip", "updated_at": "2026-11-27T00:02:23.227670Z"}, {"created_at": "2026-11-27T00:02:23.211156Z", "detail": "not run: task 2 ended the job (image-missing)", "index": 4, "name": "verify", "status": "skip", "updated_at": "2026-11-27T00:02:23.227670Z"}, {"created_at": "2026-11-27T00:02:23.211156Z", "detail": "not run: task 2 ended the job (image-missing)", "index": 5, "name": "record", "status": "skip", "updated_at": "2026-11-27T00:02:23.227670Z"}]}}, "environment": "01a21a4f-6d75-7de9-8ada-a06ab7491d27", "id": "01a21a4f-6f6b-792f-9472-4bdab0f5c71e"}
-- job {"answer": {"api_version": "v1", "kind": "Job", "spec": {"progress": 75, "status": "terminated", "tasks": [{"created_at": "2026-11-27T00:02:23.255674Z", "detail": "not needed for a source of type image", "index": 1, "name": "build", "status": "skip", "updated_at": "2026-11-27T00:02:23.257753Z"}, {"created_at": "2026-11-27T00:02:23.255674Z", "detail": "pulled nginx:1", "index": 2, "name": "pull", "status": "success", "updated_at": "2026-11-27T00:02:23.262109Z"}, {"created_at": "2026-11-27T00:02:23.255674Z", "detail": "1 instance started\nundone: what served before the job serves", "index": 3, "name": "upgrade", "status": "success", "updated_at": "2026-11-27T00:02:23.308186Z"}, {"created_at": "2026-11-27T00:02:23.255674Z", "detail": "terminated: stopped by request during task 4 verify. Retry the job to run it again.", "index": 4, "name": "verify", "status": "terminated", "updated_at": "2026-11-27T00:02:23.308186Z"}, {"created_at": "2026-11-27T00:02:23.255674Z", "detail": "not run: task 4 ended the job (terminated)", "index": 5, "name": "record", "status": "skip", "updated_at": "2026-11-27T00:02:23.308186Z"}]}}, "environment": "01a21a4f-6d75-7de9-8ada-a06ab7491d27", "id": "01a21a4f-6f97-7eca-9945-1fa3b23c3335"}
-- job {"answer": {"api_version": "v1", "kind": "Job", "spec": {"progress": 50, "status": "timeout", "tasks": [{"created_at": "2026-11-27T00:02:23.339124Z", "detail": "1 instance started\nundone: what served before the job serves", "index": 1, "name": "restart", "status": "success", "updated_at": "2026-11-27T00:02:23.395767Z"}, {"created_at": "2026-11-27T00:02:23.339124Z", "detail": "deadline-exceeded: the job was not done by its deadline, 2026-11-27T00:02:23.389124Z. Give it longer (annotation homeport/deadline), or find what it waits for in the log.", "index": 2, "name": "verify", "status": "timeout", "updated_at": "2026-11-27T00:02:23.395767Z"}, {"created_at": "2026-11-27T00:02:23.339124Z", "detail": "not run: task 2 ended the job (deadline-exceeded)", "index": 3, "name": "record", "status": "skip", "updated_at": "2026-11-27T00:02:23.395767Z"}]}}, "environment": "01a21a4f-6d75-7de9-8ada-a06ab7491d27", "id": "01a21a4f-6feb-7f71-a32e-000f03608fd2"}
-- job {"answer": {"api_version": "v1", "kind": "Job", "spec": {"progress": 75, "status": "running", "tasks": [{"created_at": "2026-11-27T00:02:23.411137Z", "detail": "not needed for a source of type image", "index": 1, "name": "build", "status": "skip", "updated_at": "2026-11-27T00:02:23.415626Z"}, {"created_at": "2026-11-27T00:02:23.411137Z", "detail": "pulled nginx:1", "index": 2, "name": "pull", "status": "success", "updated_at": "2026-11-27T00:02:23.422937Z"}, {"created_at": "2026-11-27T00:02:23.411137Z", "detail": "1 instance started", "index": 3, "name": "upgrade", "status": "success", "updated_at": "2026-11-27T00:02:23.424323Z"}, {"created_at": "2026-11-27T00:02:23.411137Z", "detail": "", "index": 4, "name": "verify", "status": "running", "updated_at": "2026-11-27T00:02:23.424323Z"}, {"created_at": "2026-11-27T00:02:23.411137Z", "detail": "", "index": 5, "name": "record", "status": "init", "updated_at": "2026-11-27T00:02:23.411137Z"}]}}, "environment": "01a21a4f-6d75-7de9-8ada-a06ab7491d27", "id": "01a21a4f-7033-711f-ae25-55156d96b623"}
-- job {"answer": {"api_version": "v1", "kind": "Job", "spec": {"progress": 40, "status": "running", "tasks": [{"created_at": "2026-11-27T00:02:23.469633Z", "detail": "not needed for a source of type image", "index": 1, "name": "build", "status": "skip", "updated_at": "2026-11-27T00:02:23.471768Z"}, {"created_at": "2026-11-27T00:02:23.469633Z", "detail": "", "index": 2, "name": "pull", "status": "running", "updated_at": "2026-11-27T00:02:23.471768Z"}, {"created_at": "2026-11-27T00:02:23.469633Z", "detail": "", "index": 3, "name": "deploy", "status": "init", "updated_at": "2026-11-27T00:02:23.469633Z"}, {"created_at": "2026-11-27T00:02:23.469633Z", "detail": "", "index": 4, "name": "verify", "status": "init", "updated_at": "2026-11-27T00:02:23.469633Z"}, {"created_at": "2026-11-27T00:02:23.469633Z", "detail": "", "index": 5, "name": "record", "status": "init", "updated_at": "2026-11-27T00:02:23.469633Z"}]}}, "environment": "01a21a4f-6d75-7de9-8ada-a06ab7491d27", "id": "01a21a4f-706d-70a4-a429-f9c01f9292bc"}
-- job {"answer": {"api_version": "v1", "kind": "Job", "spec": {"progress": 0, "status": "init", "tasks": [{"created_at": "2026-11-27T00:02:23.498229Z", "detail": "", "index": 1, "name": "build", "status": "init", "updated_at": "2026-11-27T00:02:23.498229Z"}, {"created_at": "2026-11-27T00:02:23.498229Z", "detail": "", "index": 2, "name": "pull", "status": "init", "updated_at": "2026-11-27T00:02:23.498229Z"}, {"created_at": "2026-11-27T00:02:23.498229Z", "detail": "", "index": 3, "name": "deploy", "status": "init", "updated_at": "2026-11-27T00:02:23.498229Z"}, {"created_at": "2026-11-27T00:02:23.498229Z", "detail": "", "index": 4, "name": "verify", "status": "init", "updated_at": "2026-11-27T00:02:23.498229Z"}, {"created_at": "2026-11-27T00:02:23.498229Z", "detail": "", "index": 5, "name": "record", "status": "init", "updated_at": "2026-11-27T00:02:23.498229Z"}]}}, "environment": "01a21a4f-6d75-7de9-8ada-a06ab7491d27", "id": "01a21a4f-708a-701e-bc4a-50071be57a4f"}
CREATE TABLE access_key (
    id TEXT PRIMARY KEY,
    user_id TEXT NOT NULL REFERENCES iam_user (id) ON DELETE CASCADE,
    secret TEXT NOT NULL,
    description TEXT NOT NULL DEFAULT '',
    created_at BIGINT NOT NULL
);
INSERT INTO "access_key" VALUES('HPTESTACCESSKEY00001','01a21a4f6c8e75e38feadf712fbc62e2','hp1:efdee771:q4Nv1IrrMrxy4873Lf+bFpi9EqNZt13Dq3jhiu3bb3vspknwUGuebGN/VmtYI6d+3MshkPRzwzkrdH/qHp0eBByA8Ig=','made at the first start',1795737742478022);
CREATE TABLE application (
    id TEXT PRIMARY KEY,
    project_id TEXT NOT NULL,
    environment_id TEXT NOT NULL REFERENCES environment (id),
    name TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    updated_at BIGINT NOT NULL,
    UNIQUE (environment_id, name)
);
INSERT INTO "application" VALUES('01a21a4f-6f07-7485-9e7c-50a0ddfe7231','0123456789abcdef0123456789abcdef','01a21a4f-6d75-7de9-8ada-a06ab7491d27','app-2',1795737743111517,1795737743111517);
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
INSERT INTO "component" VALUES('01a21a4f-6f0f-75ad-bd77-e37a1d6039d1','0123456789abcdef0123456789abcdef','01a21a4f-6d75-7de9-8ada-a06ab7491d27','01a21a4f-6f07-7485-9e7c-50a0ddfe7231','cart-3','{"version": "1.0.0"}','1.0.0','Docker',1,'{"type": "image", "url": "nginx:1"}',NULL,'{"cpu_limit": "500m", "memory_limit": "1Gi"}','nginx:1','notReady',1,'01a21a4f-7033-711f-ae25-55156d96b623','01a21a4f-6f30-7b16-b5d8-77d263626f6d',1,NULL,'{"driver":"simulated","reference":"nginx:1","image_url":"nginx:1","data":{}}',0,'["cart-3-3e86ac048d-gbfdl"]',4,1795737743119667,1795737743411219);
INSERT INTO "component" VALUES('01a21a4f-6f61-77c0-8302-eb9d0f97f819','0123456789abcdef0123456789abcdef','01a21a4f-6d75-7de9-8ada-a06ab7491d27','01a21a4f-6f07-7485-9e7c-50a0ddfe7231','cart-4','{"version": "1.0.0"}','1.0.0','Docker',1,'{"type": "image", "url": "nginx:1"}',NULL,'{"cpu_limit": "500m", "memory_limit": "1Gi"}','nginx:1','notReady',0,'01a21a4f-6f6b-792f-9472-4bdab0f5c71e','',NULL,NULL,NULL,0,'[]',1,1795737743201906,1795737743227514);
INSERT INTO "component" VALUES('01a21a4f-705f-7970-818f-77a66bdefa48','0123456789abcdef0123456789abcdef','01a21a4f-6d75-7de9-8ada-a06ab7491d27','01a21a4f-6f07-7485-9e7c-50a0ddfe7231','cart-5','{"version": "1.0.0"}','1.0.0','Docker',1,'{"type": "image", "url": "nginx:1"}',NULL,'{"cpu_limit": "500m", "memory_limit": "1Gi"}','nginx:1','notReady',0,'01a21a4f-706d-70a4-a429-f9c01f9292bc','',NULL,NULL,NULL,0,'[]',1,1795737743455489,1795737743469722);
INSERT INTO "component" VALUES('01a21a4f-707e-725f-82c5-5957337968e3','0123456789abcdef0123456789abcdef','01a21a4f-6d75-7de9-8ada-a06ab7491d27','01a21a4f-6f07-7485-9e7c-50a0ddfe7231','cart-6','{"version": "1.0.0"}','1.0.0','Docker',1,'{"type": "image", "url": "nginx:1"}',NULL,'{"cpu_limit": "500m", "memory_limit": "1Gi"}','nginx:1','notReady',0,'01a21a4f-708a-701e-bc4a-50071be57a4f','',NULL,NULL,NULL,0,'[]',0,1795737743486905,1795737743498292);
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
INSERT INTO "component_event" VALUES('01a21a4f-6f0f-75ad-bd77-e37a1d6039d1','SuccessfulCreate','Created instance cart-3-3e86ac048d-gbfdl','Normal',1,'cart-3-3e86ac048d-gbfdl','ComponentInstance',1795737743162224,1795737743162224);
INSERT INTO "component_event" VALUES('01a21a4f-6f0f-75ad-bd77-e37a1d6039d1','ScalingReplicaSet','deploy: scaled up by 1 to 1','Normal',1,'cart-3','Component',1795737743162224,1795737743162224);
INSERT INTO "component_event" VALUES('01a21a4f-6f0f-75ad-bd77-e37a1d6039d1','Started','Instance cart-3-3e86ac048d-gbfdl is ready','Normal',1,'cart-3-3e86ac048d-gbfdl','ComponentInstance',1795737743171466,1795737743171466);
INSERT INTO "component_event" VALUES('01a21a4f-6f0f-75ad-bd77-e37a1d6039d1','SuccessfulCreate','Created instance cart-3-26ea04b8c6-fb9br','Normal',1,'cart-3-26ea04b8c6-fb9br','ComponentInstance',1795737743262076,1795737743262076);
INSERT INTO "component_event" VALUES('01a21a4f-6f0f-75ad-bd77-e37a1d6039d1','ScalingReplicaSet','upgrade: scaled up by 1 to 1','Normal',2,'cart-3','Component',1795737743262076,1795737743422909);
INSERT INTO "component_event" VALUES('01a21a4f-6f0f-75ad-bd77-e37a1d6039d1','SuccessfulCreate','Created instance cart-3-1398c51350-92l55','Normal',1,'cart-3-1398c51350-92l55','ComponentInstance',1795737743341779,1795737743341779);
INSERT INTO "component_event" VALUES('01a21a4f-6f0f-75ad-bd77-e37a1d6039d1','ScalingReplicaSet','restart: scaled up by 1 to 1','Normal',1,'cart-3','Component',1795737743341779,1795737743341779);
INSERT INTO "component_event" VALUES('01a21a4f-6f0f-75ad-bd77-e37a1d6039d1','SuccessfulCreate','Created instance cart-3-f5a7e4605c-jxllx','Normal',1,'cart-3-f5a7e4605c-jxllx','ComponentInstance',1795737743422909,1795737743422909);
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
INSERT INTO "controller" VALUES('retention','01a21a4f-6d6a-7a9c-b48e-c46ee5d4152f',1795737757701103);
INSERT INTO "controller" VALUES('keep:simulated:simulated','01a21a4f-6d6a-7a9c-b48e-c46ee5d4152f',1795737757701198);
INSERT INTO "controller" VALUES('orphans:simulated:simulated','01a21a4f-6d6a-7a9c-b48e-c46ee5d4152f',1795737757701212);
INSERT INTO "controller" VALUES('keep:process:01a21a4f-6d69-739e-bb1c-23b5e4f67e39','01a21a4f-6d6a-7a9c-b48e-c46ee5d4152f',1795737757701223);
INSERT INTO "controller" VALUES('orphans:process:01a21a4f-6d69-739e-bb1c-23b5e4f67e39','01a21a4f-6d6a-7a9c-b48e-c46ee5d4152f',1795737757701231);
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
INSERT INTO "environment" VALUES('01a21a4f-6d75-7de9-8ada-a06ab7491d27','0123456789abcdef0123456789abcdef','env-1','finish','{"type": "exclusive"}','0','simulated','simulated','01a21a4f-6d75-7de9-8ada-a06b9a96c707',1,1795737742709744,1795737742733925);
CREATE TABLE first_start (
    id INTEGER PRIMARY KEY CHECK (id = 1),
    user_id TEXT NOT NULL,
    project_id TEXT NOT NULL,
    made_at BIGINT NOT NULL
);
INSERT INTO "first_start" VALUES(1,'01a21a4f6c8e75e38feadf712fbc62e2','0123456789abcdef0123456789abcdef',1795737742478022);
CREATE TABLE iam_domain (
    id TEXT PRIMARY KEY,
    name TEXT NOT NULL UNIQUE,
    created_at BIGINT NOT NULL
);
INSERT INTO "iam_domain" VALUES('fedcba9876543210fedcba9876543210','homeport',1795737742478022);
CREATE TABLE iam_user (
    id TEXT PRIMARY KEY,
    domain_id TEXT NOT NULL REFERENCES iam_domain (id),
    name TEXT NOT NULL,
    password TEXT,
    created_at BIGINT NOT NULL,
    updated_at BIGINT NOT NULL,
    UNIQUE (domain_id, name)
);
INSERT INTO "iam_user" VALUES('01a21a4f6c8e75e38feadf712fbc62e2','fedcba9876543210fedcba9876543210','tester','$argon2id$v=19$m=19456,t=2,p=1$S3mhVwYQOu0hNbyOI4rIEA$2DZTHRG/xj6VGD8P+9BwEGktAiIWfgcncRrM9zF0/QQ',1795737742478022,1795737743033056);
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
INSERT INTO "instance" VALUES('cart-3-3e86ac048d-gbfdl','01a21a4f-6f0f-75ad-bd77-e37a1d6039d1','01a21a4f-6d75-7de9-8ada-a06ab7491d27','01a21a4f-6f30-7b16-b5d8-77d263626f6d',1,'running','hp1:efdee771:S1ct8alaKbvk8AwRw6rjCt0T5VlZnHyGYxfCBKfWmrEgrh2i73uE1TUYUJUQqwYO+g26GwnBCYnr/nfVRGmmo0IpBRrdsESz2IQyZDLMrnO+LcstaBtcDEa7noUW+QGqLhlL5ujv+WmdDHg8LmyV9WnBUTkGFp3rveSIxHuBOjxB/cMvki+VxdYWP49q2/hcMYcRggWBW174qqtPU9b8pdCvZuqR7C6HbdYF1lNVuXv6SOo2D0czK5SxsFgIPzz2QasXZIzkhnE9v4DscZTwWOrnji5Jystxp4WH4e+89GM4w88Yi0SOln29VQFrW308wjwR4Zb7DDCV/YF87Mmi1jLLeoUgkUoyA8+PTczA2mhJB3vsZw7qh0MUc+29YoX0FBUM/PV1HR+M/GMtNtdyfRy3zWGC+DUYnEoLrGfldCx2MNxmZqsfmSnBnaO64vXj8oq3uU6CJQt7eGn3RNOyhWHWkQT7da71KmgOZv8/rotYATTFSv2CuXaEgZLhCDnwKlPRxkbmkfU1Sb5MpRTeiRCJa0jNvfolK75aI7P3/g1iA6LDXO9Hu4LaXuqh04ZEsfsjYVI86Ry/CaAptMuzRLPgyTBrLwV3rXiFDypQFvJ2zMtqpB5heX58bbfrlMl8pkvPXHj0nYEt8iD29nhnuA4/Ib2s/H70y1ze/XgVb/PigxN0OgVXW1g87wKfTAJml0RBuGVKSjUdSPIpIJQSYOf9TcEqxiAxYJOtBaO1I28TLuOJQfo88MB6EbEATFHQSzQHhRIV/4Z9PsMaNPmk52r51YXtl4Kxa3dVbKmxK5MMO5viuqHb/H38ibSIqwNpg3sBVo4u7ckrsgIzL1wBGV0WvP0AsE/q3VhibFG/skeQLgUTfehyKouNVEqgMS0X/xmvlIaUM+o8AXeSyVdrMYvqKOm1DhvwbnEN1bRZBhEIpiMiP200EsUbwv/ugfBGiahz4xm+2DEqnuhBrIAFHCZz1XBJB7IY33R5V9HOW2/+2Lt7jUrHZU+0dTLQcwo4Qyg=',1795737743162106,1795737743171466);
INSERT INTO "instance" VALUES('cart-3-f5a7e4605c-jxllx','01a21a4f-6f0f-75ad-bd77-e37a1d6039d1','01a21a4f-6d75-7de9-8ada-a06ab7491d27','01a21a4f-7033-711f-ae25-55156d96b623',4,'creating','hp1:efdee771:BhKJTIcvIHkqx7FS/Hg8VqWuKfEozzR0ofMQyAvLDEMh5WNtkKfP/brMZLyXZkOU3FQ4q4fk2rmTNuu03SVYjTgqwhXfs4Juwe7K21OqcWiCQQ7HR3viEKEuoKBetzHM69vqc1yuoVP01a7RBW4KK4PC9lj2w/KmckDPtxNj5qzCl69JyTW4fbMjywcSaMwLx+3Nyrd7aTe0X36HmDjXOJzeuUIJhXK6VDKA9VxtZIw6G+VaDbswgVMMv8U9ULSOivWYhL4wL79cW6kaGj/2CM1G9QI69OX+di/gNpwCz0TTyW/lyVT0Wjhg2B232K0GCqVDsXnAlqGNAlhcoYPRM1Q6B3pQLEvY854eujvrlJD0ueqfiqPlTtIn8EsaY3KA5rThinEFVGjucXw5WPaOJAZ1ccxHVXOieBLj31R6dUVc9e8cp8vU7mHX/YPcaRPo8UUfmVMyOu0t+8fZNVNP0pyBraDgHOnUSzMhtVdBuGwhkZIUty4zdTrHko/hI+6M42v2UUhmn+ZwBRCBu74dfV5yfv4Kn5b2Xnc68EKSAae9CW4WwZDoI7On6dMtjWFQBtiGlMItmwBnm5xuDj4rzh6CMiCFDiEUV4iCv2c2nR/XJ2xK4PIEE/kiGjCuBxed3rmHIllNqVo+Uj1Pf9Hte1R0DpNb9yprxTsjTLDTCBl0Mq4aCt7qvG8aCYo5HDNGyZWTVbTU76oCXDBu9Er5qrZLpMqLXP4P13MgaxZR3rSl3mKHPnrADVJ4DfzmTAnwhqZsxfN105aM6V0Xy0SqqIDlYm99xY3Mq1BWW87e0Ml/y2yD8uVmCIbjGMW68PwwegFRKXSjgUFuEbBySZCoQ15u1x2NcB26H3fUOWr+OpKrKV0ziYrd0zM3TiXTYex16kyHaF6YqXeUxmet0pHv5jvTHsEiuwLtnC5W44mukf9Sf24G8ZpTFZkKOSvm53BcAdpTznyrc0cQYKnNs9t1lhZf2JGBFMMX7j0JgTkknPaMapjFJaKoPQ6ByLQtCof12T0p+PIpvLEKcg==',1795737743422804,1795737743422804);
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
INSERT INTO "job" VALUES('01a21a4f-6d75-7de9-8ada-a06b9a96c707','0123456789abcdef0123456789abcdef','01a21a4f-6d75-7de9-8ada-a06ab7491d27',NULL,NULL,'create-environment','success',100,7,1,NULL,'simulated','simulated',1,0,'{"prior":{"status":"creating","replica":0,"route":[]},"driver":"simulated","while_running":"creating","time_limit":540000000,"needed":true,"skip_when_noop":false,"unfinished_as_failed":false,"stored_only":false,"annotations":"{\"type\": \"exclusive\"}","version":null,"runtime":"","replica":0,"source":"null","build":null,"resource_limit":"null","operation_id":null,"snapshot_index":null,"artifact":null,"image_url":"","build_id":"","script":""}',NULL,NULL,1795738282709744,0,1795737742709744,1795737742718545,1795737742733956,'tester',NULL,NULL,1795737742733956,'{"api_version":"v1","kind":"Job","spec":{"progress":100,"status":"success","tasks":[{"index":1,"name":"create-environment","status":"success","detail":"driver simulated on node simulated","created_at":"2026-11-27T00:02:22.709744Z","updated_at":"2026-11-27T00:02:22.727003Z"},{"index":2,"name":"record","status":"success","detail":"","created_at":"2026-11-27T00:02:22.709744Z","updated_at":"2026-11-27T00:02:22.733956Z"}]}}');
INSERT INTO "job" VALUES('01a21a4f-6f30-7b16-b5d8-77d263626f6d','0123456789abcdef0123456789abcdef','01a21a4f-6d75-7de9-8ada-a06ab7491d27','01a21a4f-6f07-7485-9e7c-50a0ddfe7231','01a21a4f-6f0f-75ad-bd77-e37a1d6039d1','deploy','success',100,12,1,NULL,'simulated','simulated',1,0,'{"prior":{"status":"created","replica":1,"route":[]},"driver":"simulated","while_running":"notReady","time_limit":540000000,"needed":true,"skip_when_noop":false,"unfinished_as_failed":false,"stored_only":false,"annotations":"{\"version\": \"1.0.0\"}","version":"1.0.0","runtime":"Docker","replica":1,"source":"{\"type\": \"image\", \"url\": \"nginx:1\"}","build":null,"resource_limit":"{\"cpu_limit\": \"500m\", \"memory_limit\": \"1Gi\"}","operation_id":null,"snapshot_index":null,"artifact":null,"image_url":"nginx:1","build_id":"","script":""}','{"driver":"simulated","reference":"nginx:1","image_url":"nginx:1","data":{}}',NULL,1795738283152175,0,1795737743152175,1795737743158514,1795737743173102,'tester',NULL,NULL,1795737743173102,'{"api_version":"v1","kind":"Job","spec":{"progress":100,"status":"success","tasks":[{"index":1,"name":"build","status":"skip","detail":"not needed for a source of type image","created_at":"2026-11-27T00:02:23.152175Z","updated_at":"2026-11-27T00:02:23.158514Z"},{"index":2,"name":"pull","status":"success","detail":"pulled nginx:1","created_at":"2026-11-27T00:02:23.152175Z","updated_at":"2026-11-27T00:02:23.162258Z"},{"index":3,"name":"deploy","status":"success","detail":"1 instance started","created_at":"2026-11-27T00:02:23.152175Z","updated_at":"2026-11-27T00:02:23.169256Z"},{"index":4,"name":"verify","status":"success","detail":"","created_at":"2026-11-27T00:02:23.152175Z","updated_at":"2026-11-27T00:02:23.171641Z"},{"index":5,"name":"record","status":"success","detail":"1 serve, 0 stopped","created_at":"2026-11-27T00:02:23.152175Z","updated_at":"2026-11-27T00:02:23.173102Z"}]}}');
INSERT INTO "job" VALUES('01a21a4f-6f6b-792f-9472-4bdab0f5c71e','0123456789abcdef0123456789abcdef','01a21a4f-6d75-7de9-8ada-a06ab7491d27','01a21a4f-6f07-7485-9e7c-50a0ddfe7231','01a21a4f-6f61-77c0-8302-eb9d0f97f819','deploy','failed',40,9,1,NULL,'simulated','simulated',1,0,'{"prior":{"status":"created","replica":1,"route":[]},"driver":"simulated","while_running":"notReady","time_limit":540000000,"needed":true,"skip_when_noop":false,"unfinished_as_failed":false,"stored_only":false,"annotations":"{\"version\": \"1.0.0\"}","version":"1.0.0","runtime":"Docker","replica":1,"source":"{\"type\": \"image\", \"url\": \"nginx:1\"}","build":null,"resource_limit":"{\"cpu_limit\": \"500m\", \"memory_limit\": \"1Gi\"}","operation_id":null,"snapshot_index":null,"artifact":null,"image_url":"nginx:1","build_id":"","script":"pull=fail:image-missing"}',NULL,'{"status":"failed","cause":"image-missing","detail":"image-missing: the pull of nginx:1 was scripted to fail. Check the image reference and its tag.","task":2}',1795738283211156,0,1795737743211156,1795737743213297,1795737743227670,'tester',NULL,NULL,1795737743227670,'{"api_version":"v1","kind":"Job","spec":{"progress":40,"status":"failed","tasks":[{"index":1,"name":"build","status":"skip","detail":"not needed for a source of type image","created_at":"2026-11-27T00:02:23.211156Z","updated_at":"2026-11-27T00:02:23.213297Z"},{"index":2,"name":"pull","status":"failed","detail":"image-missing: the pull of nginx:1 was scripted to fail. Check the image reference and its tag.","created_at":"2026-11-27T00:02:23.211156Z","updated_at":"2026-11-27T00:02:23.226549Z"},{"index":3,"name":"deploy","status":"skip","detail":"not run: task 2 ended the job (image-missing)","created_at":"2026-11-27T00:02:23.211156Z","updated_at":"2026-11-27T00:02:23.227670Z"},{"index":4,"name":"verify","status":"skip","detail":"not run: task 2 ended the job (image-missing)","created_at":"2026-11-27T00:02:23.211156Z","updated_at":"2026-11-27T00:02:23.227670Z"},{"index":5,"name":"record","status":"skip","detail":"not run: task 2 ended the job (image-missing)","created_at":"2026-11-27T00:02:23.211156Z","updated_at":"2026-11-27T00:02:23.227670Z"}]}}');
INSERT INTO "job" VALUES('01a21a4f-6f97-7eca-9945-1fa3b23c3335','0123456789abcdef0123456789abcdef','01a21a4f-6d75-7de9-8ada-a06ab7491d27','01a21a4f-6f07-7485-9e7c-50a0ddfe7231','01a21a4f-6f0f-75ad-bd77-e37a1d6039d1','upgrade','terminated',75,15,2,NULL,'simulated','simulated',1,0,'{"prior":{"status":"running","replica":1,"route":["cart-3-3e86ac048d-gbfdl"]},"driver":"simulated","while_running":"notReady","time_limit":540000000,"needed":true,"skip_when_noop":false,"unfinished_as_failed":false,"stored_only":false,"annotations":"{\"version\": \"1.0.0\"}","version":"1.0.0","runtime":"Docker","replica":1,"source":"{\"type\": \"image\", \"url\": \"nginx:1\"}","build":null,"resource_limit":"{\"cpu_limit\": \"500m\", \"memory_limit\": \"1Gi\"}","operation_id":null,"snapshot_index":null,"artifact":null,"image_url":"nginx:1","build_id":"01a21a4f-6f30-7b16-b5d8-77d263626f6d","script":"ready=never"}','{"driver":"simulated","reference":"nginx:1","image_url":"nginx:1","data":{}}','{"status":"terminated","cause":"terminated","detail":"terminated: stopped by request during task 4 verify. Retry the job to run it again.","task":4}',1795738283255674,0,1795737743255674,1795737743257753,1795737743308186,'tester',NULL,NULL,1795737743308186,'{"api_version":"v1","kind":"Job","spec":{"progress":75,"status":"terminated","tasks":[{"index":1,"name":"build","status":"skip","detail":"not needed for a source of type image","created_at":"2026-11-27T00:02:23.255674Z","updated_at":"2026-11-27T00:02:23.257753Z"},{"index":2,"name":"pull","status":"success","detail":"pulled nginx:1","created_at":"2026-11-27T00:02:23.255674Z","updated_at":"2026-11-27T00:02:23.262109Z"},{"index":3,"name":"upgrade","status":"success","detail":"1 instance started\nundone: what served before the job serves","created_at":"2026-11-27T00:02:23.255674Z","updated_at":"2026-11-27T00:02:23.308186Z"},{"index":4,"name":"verify","status":"terminated","detail":"terminated: stopped by request during task 4 verify. Retry the job to run it again.","created_at":"2026-11-27T00:02:23.255674Z","updated_at":"2026-11-27T00:02:23.308186Z"},{"index":5,"name":"record","status":"skip","detail":"not run: task 4 ended the job (terminated)","created_at":"2026-11-27T00:02:23.255674Z","updated_at":"2026-11-27T00:02:23.308186Z"}]}}');
INSERT INTO "job" VALUES('01a21a4f-6feb-7f71-a32e-000f03608fd2','0123456789abcdef0123456789abcdef','01a21a4f-6d75-7de9-8ada-a06ab7491d27','01a21a4f-6f07-7485-9e7c-50a0ddfe7231','01a21a4f-6f0f-75ad-bd77-e37a1d6039d1','restart','timeout',50,10,3,NULL,'simulated','simulated',1,0,'{"prior":{"status":"running","replica":1,"route":["cart-3-3e86ac048d-gbfdl"]},"driver":"simulated","while_running":"notReady","time_limit":50000,"needed":true,"skip_when_noop":false,"unfinished_as_failed":false,"stored_only":false,"annotations":"{\"version\": \"1.0.0\"}","version":"1.0.0","runtime":"Docker","replica":1,"source":"{\"type\": \"image\", \"url\": \"nginx:1\"}","build":null,"resource_limit":"{\"cpu_limit\": \"500m\", \"memory_limit\": \"1Gi\"}","operation_id":null,"snapshot_index":null,"artifact":{"driver":"simulated","reference":"nginx:1","image_url":"nginx:1","data":{}},"image_url":"nginx:1","build_id":"01a21a4f-6f30-7b16-b5d8-77d263626f6d","script":"ready=never"}',NULL,'{"status":"timeout","cause":"deadline-exceeded","detail":"deadline-exceeded: the job was not done by its deadline, 2026-11-27T00:02:23.389124Z. Give it longer (annotation homeport/deadline), or find what it waits for in the log.","task":2}',1795737743389124,1,1795737743339124,1795737743341338,1795737743395767,'tester',NULL,NULL,1795737743395767,'{"api_version":"v1","kind":"Job","spec":{"progress":50,"status":"timeout","tasks":[{"index":1,"name":"restart","status":"success","detail":"1 instance started\nundone: what served before the job serves","created_at":"2026-11-27T00:02:23.339124Z","updated_at":"2026-11-27T00:02:23.395767Z"},{"index":2,"name":"verify","status":"timeout","detail":"deadline-exceeded: the job was not done by its deadline, 2026-11-27T00:02:23.389124Z. Give it longer (annotation homeport/deadline), or find what it waits for in the log.","created_at":"2026-11-27T00:02:23.339124Z","updated_at":"2026-11-27T00:02:23.395767Z"},{"index":3,"name":"record","status":"skip","detail":"not run: task 2 ended the job (deadline-exceeded)","created_at":"2026-11-27T00:02:23.339124Z","updated_at":"2026-11-27T00:02:23.395767Z"}]}}');
INSERT INTO "job" VALUES('01a21a4f-7033-711f-ae25-55156d96b623','0123456789abcdef0123456789abcdef','01a21a4f-6d75-7de9-8ada-a06ab7491d27','01a21a4f-6f07-7485-9e7c-50a0ddfe7231','01a21a4f-6f0f-75ad-bd77-e37a1d6039d1','upgrade','running',75,8,4,'01a21a4f-6d69-713a-98b3-f241e5644844','simulated','simulated',1,0,'{"prior":{"status":"running","replica":1,"route":["cart-3-3e86ac048d-gbfdl"]},"driver":"simulated","while_running":"notReady","time_limit":540000000,"needed":true,"skip_when_noop":false,"unfinished_as_failed":false,"stored_only":false,"annotations":"{\"version\": \"1.0.0\"}","version":"1.0.0","runtime":"Docker","replica":1,"source":"{\"type\": \"image\", \"url\": \"nginx:1\"}","build":null,"resource_limit":"{\"cpu_limit\": \"500m\", \"memory_limit\": \"1Gi\"}","operation_id":null,"snapshot_index":null,"artifact":null,"image_url":"nginx:1","build_id":"01a21a4f-6f30-7b16-b5d8-77d263626f6d","script":"ready=3s"}','{"driver":"simulated","reference":"nginx:1","image_url":"nginx:1","data":{}}',NULL,1795738283411137,0,1795737743411137,1795737743415626,NULL,'tester','01a21a4f-6f0f-75ad-bd77-e37a1d6039d1',1795737743411137,1795737743424323,'{"api_version":"v1","kind":"Job","spec":{"progress":75,"status":"running","tasks":[{"index":1,"name":"build","status":"skip","detail":"not needed for a source of type image","created_at":"2026-11-27T00:02:23.411137Z","updated_at":"2026-11-27T00:02:23.415626Z"},{"index":2,"name":"pull","status":"success","detail":"pulled nginx:1","created_at":"2026-11-27T00:02:23.411137Z","updated_at":"2026-11-27T00:02:23.422937Z"},{"index":3,"name":"upgrade","status":"success","detail":"1 instance started","created_at":"2026-11-27T00:02:23.411137Z","updated_at":"2026-11-27T00:02:23.424323Z"},{"index":4,"name":"verify","status":"running","detail":"","created_at":"2026-11-27T00:02:23.411137Z","updated_at":"2026-11-27T00:02:23.424323Z"},{"index":5,"name":"record","status":"init","detail":"","created_at":"2026-11-27T00:02:23.411137Z","updated_at":"2026-11-27T00:02:23.411137Z"}]}}');
INSERT INTO "job" VALUES('01a21a4f-706d-70a4-a429-f9c01f9292bc','0123456789abcdef0123456789abcdef','01a21a4f-6d75-7de9-8ada-a06ab7491d27','01a21a4f-6f07-7485-9e7c-50a0ddfe7231','01a21a4f-705f-7970-818f-77a66bdefa48','deploy','running',40,4,1,'01a21a4f-6d69-713a-98b3-f241e5644844','simulated','simulated',1,0,'{"prior":{"status":"created","replica":1,"route":[]},"driver":"simulated","while_running":"notReady","time_limit":540000000,"needed":true,"skip_when_noop":false,"unfinished_as_failed":false,"stored_only":false,"annotations":"{\"version\": \"1.0.0\"}","version":"1.0.0","runtime":"Docker","replica":1,"source":"{\"type\": \"image\", \"url\": \"nginx:1\"}","build":null,"resource_limit":"{\"cpu_limit\": \"500m\", \"memory_limit\": \"1Gi\"}","operation_id":null,"snapshot_index":null,"artifact":null,"image_url":"nginx:1","build_id":"","script":"pull=3s"}',NULL,NULL,1795738283469633,0,1795737743469633,1795737743471768,NULL,'tester','01a21a4f-705f-7970-818f-77a66bdefa48',1795737743469633,1795737743471768,'{"api_version":"v1","kind":"Job","spec":{"progress":40,"status":"running","tasks":[{"index":1,"name":"build","status":"skip","detail":"not needed for a source of type image","created_at":"2026-11-27T00:02:23.469633Z","updated_at":"2026-11-27T00:02:23.471768Z"},{"index":2,"name":"pull","status":"running","detail":"","created_at":"2026-11-27T00:02:23.469633Z","updated_at":"2026-11-27T00:02:23.471768Z"},{"index":3,"name":"deploy","status":"init","detail":"","created_at":"2026-11-27T00:02:23.469633Z","updated_at":"2026-11-27T00:02:23.469633Z"},{"index":4,"name":"verify","status":"init","detail":"","created_at":"2026-11-27T00:02:23.469633Z","updated_at":"2026-11-27T00:02:23.469633Z"},{"index":5,"name":"record","status":"init","detail":"","created_at":"2026-11-27T00:02:23.469633Z","updated_at":"2026-11-27T00:02:23.469633Z"}]}}');
INSERT INTO "job" VALUES('01a21a4f-708a-701e-bc4a-50071be57a4f','0123456789abcdef0123456789abcdef','01a21a4f-6d75-7de9-8ada-a06ab7491d27','01a21a4f-6f07-7485-9e7c-50a0ddfe7231','01a21a4f-707e-725f-82c5-5957337968e3','deploy','init',0,1,0,NULL,'simulated','simulated',1,0,'{"prior":{"status":"created","replica":1,"route":[]},"driver":"simulated","while_running":"notReady","time_limit":540000000,"needed":true,"skip_when_noop":false,"unfinished_as_failed":false,"stored_only":false,"annotations":"{\"version\": \"1.0.0\"}","version":"1.0.0","runtime":"Docker","replica":1,"source":"{\"type\": \"image\", \"url\": \"nginx:1\"}","build":null,"resource_limit":"{\"cpu_limit\": \"500m\", \"memory_limit\": \"1Gi\"}","operation_id":null,"snapshot_index":null,"artifact":null,"image_url":"nginx:1","build_id":"","script":""}',NULL,NULL,1795738283498229,0,1795737743498229,NULL,NULL,'tester','01a21a4f-707e-725f-82c5-5957337968e3',1795737743498229,1795737743498229,'{"api_version":"v1","kind":"Job","spec":{"progress":0,"status":"init","tasks":[{"index":1,"name":"build","status":"init","detail":"","created_at":"2026-11-27T00:02:23.498229Z","updated_at":"2026-11-27T00:02:23.498229Z"},{"index":2,"name":"pull","status":"init","detail":"","created_at":"2026-11-27T00:02:23.498229Z","updated_at":"2026-11-27T00:02:23.498229Z"},{"index":3,"name":"deploy","status":"init","detail":"","created_at":"2026-11-27T00:02:23.498229Z","updated_at":"2026-11-27T00:02:23.498229Z"},{"index":4,"name":"verify","status":"init","detail":"","created_at":"2026-11-27T00:02:23.498229Z","updated_at":"2026-11-27T00:02:23.498229Z"},{"index":5,"name":"record","status":"init","detail":"","created_at":"2026-11-27T00:02:23.498229Z","updated_at":"2026-11-27T00:02:23.498229Z"}]}}');
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
INSERT INTO "job_event" VALUES('01a21a4f-6d75-7de9-8ada-a06b9a96c707',1,1795737742709744,0,'init',0,'');
INSERT INTO "job_event" VALUES('01a21a4f-6d75-7de9-8ada-a06b9a96c707',2,1795737742718545,0,'running',0,'');
INSERT INTO "job_event" VALUES('01a21a4f-6d75-7de9-8ada-a06b9a96c707',3,1795737742718545,1,'running',0,'');
INSERT INTO "job_event" VALUES('01a21a4f-6d75-7de9-8ada-a06b9a96c707',4,1795737742727003,1,'success',83,'driver simulated on node simulated');
INSERT INTO "job_event" VALUES('01a21a4f-6d75-7de9-8ada-a06b9a96c707',5,1795737742727003,2,'running',83,'');
INSERT INTO "job_event" VALUES('01a21a4f-6d75-7de9-8ada-a06b9a96c707',6,1795737742733956,2,'success',99,'');
INSERT INTO "job_event" VALUES('01a21a4f-6d75-7de9-8ada-a06b9a96c707',7,1795737742733956,0,'success',100,'');
INSERT INTO "job_event" VALUES('01a21a4f-6f30-7b16-b5d8-77d263626f6d',1,1795737743152175,0,'init',0,'');
INSERT INTO "job_event" VALUES('01a21a4f-6f30-7b16-b5d8-77d263626f6d',2,1795737743158514,0,'running',0,'');
INSERT INTO "job_event" VALUES('01a21a4f-6f30-7b16-b5d8-77d263626f6d',3,1795737743158514,1,'skip',40,'not needed for a source of type image');
INSERT INTO "job_event" VALUES('01a21a4f-6f30-7b16-b5d8-77d263626f6d',4,1795737743158514,2,'running',40,'');
INSERT INTO "job_event" VALUES('01a21a4f-6f30-7b16-b5d8-77d263626f6d',5,1795737743162258,2,'success',50,'pulled nginx:1');
INSERT INTO "job_event" VALUES('01a21a4f-6f30-7b16-b5d8-77d263626f6d',6,1795737743162258,3,'running',50,'');
INSERT INTO "job_event" VALUES('01a21a4f-6f30-7b16-b5d8-77d263626f6d',7,1795737743169256,3,'success',75,'1 instance started');
INSERT INTO "job_event" VALUES('01a21a4f-6f30-7b16-b5d8-77d263626f6d',8,1795737743169256,4,'running',75,'');
INSERT INTO "job_event" VALUES('01a21a4f-6f30-7b16-b5d8-77d263626f6d',9,1795737743171641,4,'success',95,'');
INSERT INTO "job_event" VALUES('01a21a4f-6f30-7b16-b5d8-77d263626f6d',10,1795737743171641,5,'running',95,'');
INSERT INTO "job_event" VALUES('01a21a4f-6f30-7b16-b5d8-77d263626f6d',11,1795737743173102,5,'success',99,'1 serve, 0 stopped');
INSERT INTO "job_event" VALUES('01a21a4f-6f30-7b16-b5d8-77d263626f6d',12,1795737743173102,0,'success',100,'');
INSERT INTO "job_event" VALUES('01a21a4f-6f6b-792f-9472-4bdab0f5c71e',1,1795737743211156,0,'init',0,'');
INSERT INTO "job_event" VALUES('01a21a4f-6f6b-792f-9472-4bdab0f5c71e',2,1795737743213297,0,'running',0,'');
INSERT INTO "job_event" VALUES('01a21a4f-6f6b-792f-9472-4bdab0f5c71e',3,1795737743213297,1,'skip',40,'not needed for a source of type image');
INSERT INTO "job_event" VALUES('01a21a4f-6f6b-792f-9472-4bdab0f5c71e',4,1795737743213297,2,'running',40,'');
INSERT INTO "job_event" VALUES('01a21a4f-6f6b-792f-9472-4bdab0f5c71e',5,1795737743226549,2,'failed',40,'image-missing: the pull of nginx:1 was scripted to fail. Check the image reference and its tag.');
INSERT INTO "job_event" VALUES('01a21a4f-6f6b-792f-9472-4bdab0f5c71e',6,1795737743227670,3,'skip',40,'not run: task 2 ended the job (image-missing)');
INSERT INTO "job_event" VALUES('01a21a4f-6f6b-792f-9472-4bdab0f5c71e',7,1795737743227670,4,'skip',40,'not run: task 2 ended the job (image-missing)');
INSERT INTO "job_event" VALUES('01a21a4f-6f6b-792f-9472-4bdab0f5c71e',8,1795737743227670,5,'skip',40,'not run: task 2 ended the job (image-missing)');
INSERT INTO "job_event" VALUES('01a21a4f-6f6b-792f-9472-4bdab0f5c71e',9,1795737743227670,0,'failed',40,'image-missing: the pull of nginx:1 was scripted to fail. Check the image reference and its tag.');
INSERT INTO "job_event" VALUES('01a21a4f-6f97-7eca-9945-1fa3b23c3335',1,1795737743255674,0,'init',0,'');
INSERT INTO "job_event" VALUES('01a21a4f-6f97-7eca-9945-1fa3b23c3335',2,1795737743257753,0,'running',0,'');
INSERT INTO "job_event" VALUES('01a21a4f-6f97-7eca-9945-1fa3b23c3335',3,1795737743257753,1,'skip',40,'not needed for a source of type image');
INSERT INTO "job_event" VALUES('01a21a4f-6f97-7eca-9945-1fa3b23c3335',4,1795737743257753,2,'running',40,'');
INSERT INTO "job_event" VALUES('01a21a4f-6f97-7eca-9945-1fa3b23c3335',5,1795737743262109,2,'success',50,'pulled nginx:1');
INSERT INTO "job_event" VALUES('01a21a4f-6f97-7eca-9945-1fa3b23c3335',6,1795737743262109,3,'running',50,'');
INSERT INTO "job_event" VALUES('01a21a4f-6f97-7eca-9945-1fa3b23c3335',7,1795737743266989,3,'success',75,'1 instance started');
INSERT INTO "job_event" VALUES('01a21a4f-6f97-7eca-9945-1fa3b23c3335',8,1795737743266989,4,'running',75,'');
INSERT INTO "job_event" VALUES('01a21a4f-6f97-7eca-9945-1fa3b23c3335',9,1795737743298243,0,'terminating',75,'');
INSERT INTO "job_event" VALUES('01a21a4f-6f97-7eca-9945-1fa3b23c3335',10,1795737743298243,4,'terminating',75,'');
INSERT INTO "job_event" VALUES('01a21a4f-6f97-7eca-9945-1fa3b23c3335',11,1795737743308186,3,'success',75,'1 instance started
undone: what served before the job serves');
INSERT INTO "job_event" VALUES('01a21a4f-6f97-7eca-9945-1fa3b23c3335',12,1795737743308186,4,'terminating',75,'');
INSERT INTO "job_event" VALUES('01a21a4f-6f97-7eca-9945-1fa3b23c3335',13,1795737743308186,5,'skip',75,'not run: task 4 ended the job (terminated)');
INSERT INTO "job_event" VALUES('01a21a4f-6f97-7eca-9945-1fa3b23c3335',14,1795737743308186,4,'terminated',75,'terminated: stopped by request during task 4 verify. Retry the job to run it again.');
INSERT INTO "job_event" VALUES('01a21a4f-6f97-7eca-9945-1fa3b23c3335',15,1795737743308186,0,'terminated',75,'terminated: stopped by request during task 4 verify. Retry the job to run it again.');
INSERT INTO "job_event" VALUES('01a21a4f-6feb-7f71-a32e-000f03608fd2',1,1795737743339124,0,'init',0,'');
INSERT INTO "job_event" VALUES('01a21a4f-6feb-7f71-a32e-000f03608fd2',2,1795737743341338,0,'running',0,'');
INSERT INTO "job_event" VALUES('01a21a4f-6feb-7f71-a32e-000f03608fd2',3,1795737743341338,1,'running',0,'');
INSERT INTO "job_event" VALUES('01a21a4f-6feb-7f71-a32e-000f03608fd2',4,1795737743345599,1,'success',50,'1 instance started');
INSERT INTO "job_event" VALUES('01a21a4f-6feb-7f71-a32e-000f03608fd2',5,1795737743345599,2,'running',50,'');
INSERT INTO "job_event" VALUES('01a21a4f-6feb-7f71-a32e-000f03608fd2',6,1795737743393822,2,'timeout',50,'deadline-exceeded: the job was not done by its deadline, 2026-11-27T00:02:23.389124Z. Give it longer (annotation homeport/deadline), or find what it waits for in the log.');
INSERT INTO "job_event" VALUES('01a21a4f-6feb-7f71-a32e-000f03608fd2',7,1795737743395767,1,'success',50,'1 instance started
undone: what served before the job serves');
INSERT INTO "job_event" VALUES('01a21a4f-6feb-7f71-a32e-000f03608fd2',8,1795737743395767,2,'timeout',50,'deadline-exceeded: the job was not done by its deadline, 2026-11-27T00:02:23.389124Z. Give it longer (annotation homeport/deadline), or find what it waits for in the log.');
INSERT INTO "job_event" VALUES('01a21a4f-6feb-7f71-a32e-000f03608fd2',9,1795737743395767,3,'skip',50,'not run: task 2 ended the job (deadline-exceeded)');
INSERT INTO "job_event" VALUES('01a21a4f-6feb-7f71-a32e-000f03608fd2',10,1795737743395767,0,'timeout',50,'deadline-exceeded: the job was not done by its deadline, 2026-11-27T00:02:23.389124Z. Give it longer (annotation homeport/deadline), or find what it waits for in the log.');
INSERT INTO "job_event" VALUES('01a21a4f-7033-711f-ae25-55156d96b623',1,1795737743411137,0,'init',0,'');
INSERT INTO "job_event" VALUES('01a21a4f-7033-711f-ae25-55156d96b623',2,1795737743415626,0,'running',0,'');
INSERT INTO "job_event" VALUES('01a21a4f-7033-711f-ae25-55156d96b623',3,1795737743415626,1,'skip',40,'not needed for a source of type image');
INSERT INTO "job_event" VALUES('01a21a4f-7033-711f-ae25-55156d96b623',4,1795737743415626,2,'running',40,'');
INSERT INTO "job_event" VALUES('01a21a4f-7033-711f-ae25-55156d96b623',5,1795737743422937,2,'success',50,'pulled nginx:1');
INSERT INTO "job_event" VALUES('01a21a4f-7033-711f-ae25-55156d96b623',6,1795737743422937,3,'running',50,'');
INSERT INTO "job_event" VALUES('01a21a4f-7033-711f-ae25-55156d96b623',7,1795737743424323,3,'success',75,'1 instance started');
INSERT INTO "job_event" VALUES('01a21a4f-7033-711f-ae25-55156d96b623',8,1795737743424323,4,'running',75,'');
INSERT INTO "job_event" VALUES('01a21a4f-706d-70a4-a429-f9c01f9292bc',1,1795737743469633,0,'init',0,'');
INSERT INTO "job_event" VALUES('01a21a4f-706d-70a4-a429-f9c01f9292bc',2,1795737743471768,0,'running',0,'');
INSERT INTO "job_event" VALUES('01a21a4f-706d-70a4-a429-f9c01f9292bc',3,1795737743471768,1,'skip',40,'not needed for a source of type image');
INSERT INTO "job_event" VALUES('01a21a4f-706d-70a4-a429-f9c01f9292bc',4,1795737743471768,2,'running',40,'');
INSERT INTO "job_event" VALUES('01a21a4f-708a-701e-bc4a-50071be57a4f',1,1795737743498229,0,'init',0,'');
CREATE TABLE migration (number INTEGER PRIMARY KEY, name TEXT NOT NULL);
INSERT INTO "migration" VALUES(1,'first');
INSERT INTO "migration" VALUES(2,'identity');
INSERT INTO "migration" VALUES(3,'requests');
INSERT INTO "migration" VALUES(4,'turns');
CREATE TABLE project (
    id TEXT PRIMARY KEY,
    domain_id TEXT NOT NULL REFERENCES iam_domain (id),
    name TEXT NOT NULL,
    description TEXT NOT NULL DEFAULT '',
    created_at BIGINT NOT NULL,
    UNIQUE (domain_id, name)
);
INSERT INTO "project" VALUES('0123456789abcdef0123456789abcdef','fedcba9876543210fedcba9876543210','local-1','',1795737742478022);
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
INSERT INTO "role_grant" VALUES('01a21a4f6c8e75e38feadf712fbc62e2','0123456789abcdef0123456789abcdef','admin');
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
INSERT INTO "snapshot" VALUES('01a21a4f-6f0f-75ad-bd77-e37a1d6039d1',1,'01a21a4f-6f30-7b16-b5d8-77d263626f6d','deploy','success','1.0.0','{"version": "1.0.0"}','Docker',1,'{"type": "image", "url": "nginx:1"}',NULL,'{"cpu_limit": "500m", "memory_limit": "1Gi"}','nginx:1','01a21a4f-6f30-7b16-b5d8-77d263626f6d',NULL,'{"driver":"simulated","reference":"nginx:1","image_url":"nginx:1","data":{}}','running',1,1795737743173049,1795737743173049);
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
INSERT INTO "task" VALUES('01a21a4f-6d75-7de9-8ada-a06b9a96c707',1,'create-environment','success','driver simulated on node simulated',25,300000000,100,1,1795737742718545,1795737742709744,1795737742727003);
INSERT INTO "task" VALUES('01a21a4f-6d75-7de9-8ada-a06b9a96c707',2,'record','success','',5,300000000,100,1,1795737742727003,1795737742709744,1795737742733956);
INSERT INTO "task" VALUES('01a21a4f-6f30-7b16-b5d8-77d263626f6d',1,'build','skip','not needed for a source of type image',40,1800000000,100,1,NULL,1795737743152175,1795737743158514);
INSERT INTO "task" VALUES('01a21a4f-6f30-7b16-b5d8-77d263626f6d',2,'pull','success','pulled nginx:1',10,300000000,100,1,1795737743158514,1795737743152175,1795737743162258);
INSERT INTO "task" VALUES('01a21a4f-6f30-7b16-b5d8-77d263626f6d',3,'deploy','success','1 instance started',25,300000000,100,1,1795737743162258,1795737743152175,1795737743169256);
INSERT INTO "task" VALUES('01a21a4f-6f30-7b16-b5d8-77d263626f6d',4,'verify','success','',20,300000000,100,1,1795737743169256,1795737743152175,1795737743171641);
INSERT INTO "task" VALUES('01a21a4f-6f30-7b16-b5d8-77d263626f6d',5,'record','success','1 serve, 0 stopped',5,300000000,100,1,1795737743171641,1795737743152175,1795737743173102);
INSERT INTO "task" VALUES('01a21a4f-6f6b-792f-9472-4bdab0f5c71e',1,'build','skip','not needed for a source of type image',40,1800000000,100,1,NULL,1795737743211156,1795737743213297);
INSERT INTO "task" VALUES('01a21a4f-6f6b-792f-9472-4bdab0f5c71e',2,'pull','failed','image-missing: the pull of nginx:1 was scripted to fail. Check the image reference and its tag.',10,300000000,0,0,1795737743213297,1795737743211156,1795737743226549);
INSERT INTO "task" VALUES('01a21a4f-6f6b-792f-9472-4bdab0f5c71e',3,'deploy','skip','not run: task 2 ended the job (image-missing)',25,300000000,0,0,NULL,1795737743211156,1795737743227670);
INSERT INTO "task" VALUES('01a21a4f-6f6b-792f-9472-4bdab0f5c71e',4,'verify','skip','not run: task 2 ended the job (image-missing)',20,300000000,0,0,NULL,1795737743211156,1795737743227670);
INSERT INTO "task" VALUES('01a21a4f-6f6b-792f-9472-4bdab0f5c71e',5,'record','skip','not run: task 2 ended the job (image-missing)',5,300000000,0,0,NULL,1795737743211156,1795737743227670);
INSERT INTO "task" VALUES('01a21a4f-6f97-7eca-9945-1fa3b23c3335',1,'build','skip','not needed for a source of type image',40,1800000000,100,1,NULL,1795737743255674,1795737743257753);
INSERT INTO "task" VALUES('01a21a4f-6f97-7eca-9945-1fa3b23c3335',2,'pull','success','pulled nginx:1',10,300000000,100,1,1795737743257753,1795737743255674,1795737743262109);
INSERT INTO "task" VALUES('01a21a4f-6f97-7eca-9945-1fa3b23c3335',3,'upgrade','success','1 instance started
undone: what served before the job serves',25,300000000,100,0,1795737743262109,1795737743255674,1795737743308186);
INSERT INTO "task" VALUES('01a21a4f-6f97-7eca-9945-1fa3b23c3335',4,'verify','terminated','terminated: stopped by request during task 4 verify. Retry the job to run it again.',20,300000000,0,0,1795737743266989,1795737743255674,1795737743308186);
INSERT INTO "task" VALUES('01a21a4f-6f97-7eca-9945-1fa3b23c3335',5,'record','skip','not run: task 4 ended the job (terminated)',5,300000000,0,0,NULL,1795737743255674,1795737743308186);
INSERT INTO "task" VALUES('01a21a4f-6feb-7f71-a32e-000f03608fd2',1,'restart','success','1 instance started
undone: what served before the job serves',25,300000000,100,0,1795737743341338,1795737743339124,1795737743395767);
INSERT INTO "task" VALUES('01a21a4f-6feb-7f71-a32e-000f03608fd2',2,'verify','timeout','deadline-exceeded: the job was not done by its deadline, 2026-11-27T00:02:23.389124Z. Give it longer (annotation homeport/deadline), or find what it waits for in the log.',20,300000000,0,0,1795737743345599,1795737743339124,1795737743395767);
INSERT INTO "task" VALUES('01a21a4f-6feb-7f71-a32e-000f03608fd2',3,'record','skip','not run: task 2 ended the job (deadline-exceeded)',5,300000000,0,0,NULL,1795737743339124,1795737743395767);
INSERT INTO "task" VALUES('01a21a4f-7033-711f-ae25-55156d96b623',1,'build','skip','not needed for a source of type image',40,1800000000,100,1,NULL,1795737743411137,1795737743415626);
INSERT INTO "task" VALUES('01a21a4f-7033-711f-ae25-55156d96b623',2,'pull','success','pulled nginx:1',10,300000000,100,1,1795737743415626,1795737743411137,1795737743422937);
INSERT INTO "task" VALUES('01a21a4f-7033-711f-ae25-55156d96b623',3,'upgrade','success','1 instance started',25,300000000,100,1,1795737743422937,1795737743411137,1795737743424323);
INSERT INTO "task" VALUES('01a21a4f-7033-711f-ae25-55156d96b623',4,'verify','running','',20,300000000,0,0,1795737743424323,1795737743411137,1795737743424323);
INSERT INTO "task" VALUES('01a21a4f-7033-711f-ae25-55156d96b623',5,'record','init','',5,300000000,0,0,NULL,1795737743411137,1795737743411137);
INSERT INTO "task" VALUES('01a21a4f-706d-70a4-a429-f9c01f9292bc',1,'build','skip','not needed for a source of type image',40,1800000000,100,1,NULL,1795737743469633,1795737743471768);
INSERT INTO "task" VALUES('01a21a4f-706d-70a4-a429-f9c01f9292bc',2,'pull','running','',10,300000000,0,0,1795737743471768,1795737743469633,1795737743471768);
INSERT INTO "task" VALUES('01a21a4f-706d-70a4-a429-f9c01f9292bc',3,'deploy','init','',25,300000000,0,0,NULL,1795737743469633,1795737743469633);
INSERT INTO "task" VALUES('01a21a4f-706d-70a4-a429-f9c01f9292bc',4,'verify','init','',20,300000000,0,0,NULL,1795737743469633,1795737743469633);
INSERT INTO "task" VALUES('01a21a4f-706d-70a4-a429-f9c01f9292bc',5,'record','init','',5,300000000,0,0,NULL,1795737743469633,1795737743469633);
INSERT INTO "task" VALUES('01a21a4f-708a-701e-bc4a-50071be57a4f',1,'build','init','',40,1800000000,0,0,NULL,1795737743498229,1795737743498229);
INSERT INTO "task" VALUES('01a21a4f-708a-701e-bc4a-50071be57a4f',2,'pull','init','',10,300000000,0,0,NULL,1795737743498229,1795737743498229);
INSERT INTO "task" VALUES('01a21a4f-708a-701e-bc4a-50071be57a4f',3,'deploy','init','',25,300000000,0,0,NULL,1795737743498229,1795737743498229);
INSERT INTO "task" VALUES('01a21a4f-708a-701e-bc4a-50071be57a4f',4,'verify','init','',20,300000000,0,0,NULL,1795737743498229,1795737743498229);
INSERT INTO "task" VALUES('01a21a4f-708a-701e-bc4a-50071be57a4f',5,'record','init','',5,300000000,0,0,NULL,1795737743498229,1795737743498229);
CREATE TABLE task_log (
    job_id TEXT NOT NULL REFERENCES job (id),
    task INTEGER NOT NULL,
    position BIGINT NOT NULL,
    size INTEGER NOT NULL,
    text TEXT NOT NULL,
    PRIMARY KEY (job_id, task, position)
);
INSERT INTO "task_log" VALUES('01a21a4f-6f30-7b16-b5d8-77d263626f6d',2,0,26,'simulated pull of nginx:1
');
INSERT INTO "task_log" VALUES('01a21a4f-6f6b-792f-9472-4bdab0f5c71e',2,0,122,'simulated pull of nginx:1
image-missing: the pull of nginx:1 was scripted to fail. Check the image reference and its tag.
');
INSERT INTO "task_log" VALUES('01a21a4f-6f97-7eca-9945-1fa3b23c3335',2,0,26,'simulated pull of nginx:1
');
INSERT INTO "task_log" VALUES('01a21a4f-6feb-7f71-a32e-000f03608fd2',2,0,171,'deadline-exceeded: the job was not done by its deadline, 2026-11-27T00:02:23.389124Z. Give it longer (annotation homeport/deadline), or find what it waits for in the log.
');
INSERT INTO "task_log" VALUES('01a21a4f-7033-711f-ae25-55156d96b623',2,0,26,'simulated pull of nginx:1
');
INSERT INTO "task_log" VALUES('01a21a4f-706d-70a4-a429-f9c01f9292bc',2,0,26,'simulated pull of nginx:1
');
CREATE TABLE token (
    hash TEXT PRIMARY KEY,
    user_id TEXT NOT NULL REFERENCES iam_user (id) ON DELETE CASCADE,
    project_id TEXT REFERENCES project (id),
    methods TEXT NOT NULL,
    issued_at BIGINT NOT NULL,
    expires_at BIGINT NOT NULL
);
INSERT INTO "token" VALUES('88672cfd775e62eed376eaaa57410b09b60d2457b8bcba85a3a6be332c5d2350','01a21a4f6c8e75e38feadf712fbc62e2','0123456789abcdef0123456789abcdef','password',1795737743033056,1795824143033056);
CREATE TABLE worker (
    id TEXT PRIMARY KEY,
    heartbeat_at BIGINT NOT NULL,
    expires_at BIGINT NOT NULL,
    started_at BIGINT NOT NULL
);
INSERT INTO "worker" VALUES('01a21a4f-6d69-713a-98b3-f241e5644844',1795737742699837,1795737757699837,1795737742699837);
CREATE TABLE worker_node (
    worker_id TEXT NOT NULL REFERENCES worker (id),
    driver TEXT NOT NULL,
    node TEXT NOT NULL,
    PRIMARY KEY (worker_id, driver)
);
INSERT INTO "worker_node" VALUES('01a21a4f-6d69-713a-98b3-f241e5644844','simulated','simulated');
INSERT INTO "worker_node" VALUES('01a21a4f-6d69-713a-98b3-f241e5644844','process','01a21a4f-6d69-739e-bb1c-23b5e4f67e39');
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
