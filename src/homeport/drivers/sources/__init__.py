"""Code and packages: where they may come from, how they are fetched and unpacked, how they are built and started."""
