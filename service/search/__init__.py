"""What the service answers: searches, articles, exports, suggestions, status."""
