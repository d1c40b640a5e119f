"""Projects, animations, revisions and artefacts."""
