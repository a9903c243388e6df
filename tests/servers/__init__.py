"""Real servers for tests: OpenStack Swift with its S3 API, PostgreSQL, and a proxy that breaks what passes it."""
