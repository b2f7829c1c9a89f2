"""The few calls of the IAM API that clients of CAE make."""
