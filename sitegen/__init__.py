"""The site generator: from `policies/` and `content/` to a folder of static files."""
