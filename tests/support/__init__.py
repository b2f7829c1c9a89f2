"""What tests of several suites share: a real server, real clients, packages to deploy."""
