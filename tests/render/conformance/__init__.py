"""Short scenes of everything Manim can do, drawn by unpatched Manim and by us, and compared pixel by pixel."""
