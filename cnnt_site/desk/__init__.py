"""What staff use beside the build."""
