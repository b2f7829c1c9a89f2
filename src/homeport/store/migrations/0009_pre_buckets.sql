-- The buckets that a credential of type s3 opens, a space between two names.
ALTER TABLE credential ADD COLUMN buckets TEXT NOT NULL DEFAULT '';
