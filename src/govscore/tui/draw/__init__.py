"""What the desk draws, as plain lines of text and roles; no widget."""
