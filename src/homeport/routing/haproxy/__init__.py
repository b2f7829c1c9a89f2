"""The front by haproxy: one process an address, changed through its runtime API and never reloaded for a route."""
