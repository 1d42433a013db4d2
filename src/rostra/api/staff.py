"""Who may do what staff do: the token needs the scope, its member the rank (api/auth.py)."""

from rostra.api.auth import user

STAFF_READ = user("admin:read").of("staff")
STAFF_WRITE = user("admin:write").of("staff")
ADMIN_READ = user("admin:read").of("admin")
ADMIN_WRITE = user("admin:write").of("admin")
