"""Values and rules, without any input or output: what Homeport believes, apart from how it acts."""
