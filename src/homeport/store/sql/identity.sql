-- Domains, projects, users, roles, access keys, tokens, and the first start.

-- name: add_first_start
INSERT INTO first_start (id, user_id, project_id, made_at) VALUES (1, :user_id, :project_id, :now)
ON CONFLICT DO NOTHING

-- name: first_start
SELECT user_id, project_id FROM first_start

-- name: add_iam_domain
INSERT INTO iam_domain (id, name, created_at) VALUES (:id, :name, :now)
ON CONFLICT DO NOTHING

-- name: iam_domain
SELECT * FROM iam_domain WHERE id = :id

-- name: add_project
INSERT INTO project (id, domain_id, name, description, created_at)
VALUES (:id, :domain_id, :name, :description, :now)
ON CONFLICT DO NOTHING

-- name: project
SELECT * FROM project WHERE id = :id

-- name: projects
SELECT * FROM project WHERE domain_id = :domain_id ORDER BY name

-- name: add_user
INSERT INTO iam_user (id, domain_id, name, password, created_at, updated_at)
VALUES (:id, :domain_id, :name, :password, :now, :now)
ON CONFLICT DO NOTHING

-- name: touch_user
-- Holds the user's row until the end of the transaction, so that what is added to a user cannot outlive the user.
UPDATE iam_user SET updated_at = :now WHERE id = :id

-- name: set_password
UPDATE iam_user SET password = :password, updated_at = :now WHERE id = :id

-- name: renew_password_hash
-- The same password under a newer rule; nothing happens when it was changed meanwhile.
UPDATE iam_user SET password = :password WHERE id = :id AND password = :was_password

-- name: remove_user
-- Their roles, keys and tokens go with them.
DELETE FROM iam_user WHERE id = :id

-- name: user
SELECT iam_user.*, iam_domain.name AS domain_name
FROM iam_user JOIN iam_domain ON iam_domain.id = iam_user.domain_id
WHERE iam_user.id = :id

-- name: user_by_name
SELECT iam_user.*, iam_domain.name AS domain_name
FROM iam_user JOIN iam_domain ON iam_domain.id = iam_user.domain_id
WHERE iam_user.name = :name
    AND (:domain_id = '' OR iam_domain.id = :domain_id) AND (:domain_name = '' OR iam_domain.name = :domain_name)
ORDER BY iam_domain.created_at

-- name: users
SELECT iam_user.*, iam_domain.name AS domain_name
FROM iam_user JOIN iam_domain ON iam_domain.id = iam_user.domain_id
WHERE iam_user.domain_id = :domain_id ORDER BY iam_user.name

-- name: put_role
INSERT INTO role_grant (user_id, project_id, role) VALUES (:user_id, :project_id, :role)
ON CONFLICT (user_id, project_id) DO UPDATE SET role = excluded.role

-- name: remove_role
DELETE FROM role_grant WHERE user_id = :user_id AND project_id = :project_id

-- name: roles_of_user
SELECT project_id, role FROM role_grant WHERE user_id = :user_id ORDER BY project_id

-- name: roles_in_project
SELECT user_id, role FROM role_grant WHERE project_id = :project_id ORDER BY user_id

-- name: add_access_key
INSERT INTO access_key (id, user_id, secret, description, created_at)
VALUES (:id, :user_id, :secret, :description, :now)
ON CONFLICT DO NOTHING

-- name: access_key
SELECT * FROM access_key WHERE id = :id

-- name: access_keys_of_user
SELECT * FROM access_key WHERE user_id = :user_id ORDER BY created_at, id

-- name: remove_access_key
DELETE FROM access_key WHERE id = :id AND user_id = :user_id

-- name: add_token
INSERT INTO token (hash, user_id, project_id, methods, issued_at, expires_at)
VALUES (:hash, :user_id, :project_id, :methods, :issued_at, :expires_at)

-- name: token
SELECT * FROM token WHERE hash = :hash

-- name: remove_token
DELETE FROM token WHERE hash = :hash

-- name: remove_tokens_of_user
DELETE FROM token WHERE user_id = :user_id

-- name: remove_old_tokens
DELETE FROM token WHERE expires_at < :before
