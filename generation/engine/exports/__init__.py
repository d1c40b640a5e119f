"""Files made from an animation for use elsewhere."""
