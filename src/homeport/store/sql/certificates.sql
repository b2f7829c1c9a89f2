-- What ports for HTTPS show.

-- name: add_certificate
-- Misses where the environment has one of the name.
INSERT INTO certificate (id, project_id, environment_id, name, crt, private_key, created_at, updated_at)
VALUES (:id, :project_id, :environment_id, :name, :crt, :private_key, :created_at, :updated_at)
ON CONFLICT DO NOTHING

-- name: certificates
SELECT * FROM certificate WHERE environment_id = :environment_id ORDER BY created_at, id

-- name: change_certificate
UPDATE certificate SET crt = :crt, private_key = :private_key, updated_at = :now
WHERE id = :id AND environment_id = :environment_id

-- name: remove_certificate
DELETE FROM certificate WHERE id = :id AND environment_id = :environment_id

-- name: remove_certificates_of_environment
DELETE FROM certificate WHERE environment_id = :environment_id
