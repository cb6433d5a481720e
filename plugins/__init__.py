"""What can be added, and one folder for each thing that was."""
