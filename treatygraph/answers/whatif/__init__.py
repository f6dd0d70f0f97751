"""What would follow if a state left or joined."""
