"""One stable address a component, and only ready instances behind it."""
