"""What one version of a definition changes in another, in plain words."""
