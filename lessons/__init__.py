"""What a teacher teaches with her animations: subjects, units, lessons and what each lesson shows."""
