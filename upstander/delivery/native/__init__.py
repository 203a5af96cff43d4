"""Our own courses: Markdown and TOML on disk, read once an edition, shown by the player."""
