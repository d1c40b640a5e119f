"""Jobs, and the engine that they run."""
