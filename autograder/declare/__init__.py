"""What an exercise is made of: here the mistakes, and the solutions that they change."""
