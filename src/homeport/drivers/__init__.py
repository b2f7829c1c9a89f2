"""Where instances run: desired state goes in, observed state comes out."""
