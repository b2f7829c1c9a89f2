"""The CAE v1 API, exactly as its contract has it; a module a resource."""
