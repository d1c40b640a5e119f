"""Video files made by the trusted encoder: joining them, taking a poster."""
