"""What a teacher should check before showing an animation, recomputed where that is possible."""
