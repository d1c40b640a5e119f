"""What people who agreed to it did with generations, kept for training: with consent, without names, within caps."""
