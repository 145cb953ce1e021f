-- Run once, as the superuser, when the database's volume is empty.
\set password `cat /run/secrets/database_password`
CREATE ROLE trace LOGIN PASSWORD :'password';
CREATE DATABASE trace OWNER trace;
-- From now on the superuser gets in by the socket inside the container only; the application never is one.
ALTER ROLE postgres PASSWORD NULL;
