-- What opens private repositories, registries and buckets.

-- name: add_credential
-- Misses where the project has one of the name.
INSERT INTO credential (
    id, project_id, name, type, server, username, known_hosts, public_key, buckets, secret, created_by, created_at
)
VALUES (
    :id, :project_id, :name, :type, :server, :username, :known_hosts, :public_key, :buckets, :secret, :created_by, :created_at
)
ON CONFLICT DO NOTHING

-- name: credential
SELECT * FROM credential WHERE project_id = :project_id AND name = :name

-- name: credentials
SELECT * FROM credential WHERE project_id = :project_id ORDER BY name

-- name: credentials_of_server
SELECT * FROM credential
WHERE project_id = :project_id AND type = :type AND server = :server
ORDER BY created_at DESC, id DESC

-- name: credentials_of_type
SELECT * FROM credential
WHERE project_id = :project_id AND type = :type
ORDER BY created_at DESC, id DESC

-- name: remove_credential
DELETE FROM credential WHERE project_id = :project_id AND name = :name AND id = :id
