"""What people read of an assessment: the terminal, JSON, HTML and PDF, all from one content model."""
