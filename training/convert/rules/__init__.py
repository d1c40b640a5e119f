"""The rules, one class each, in small groups by subject. `order` says in which order they are applied."""
