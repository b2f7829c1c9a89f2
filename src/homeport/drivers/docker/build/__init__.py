"""The process of a build: from a source to an image, by the Engine's build API."""
