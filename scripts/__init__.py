"""What make runs. Standard library only, except where a module says that it needs the environment."""
