"""The detached process that owns the instances of driver `process`, and the front."""
