"""What supervision says about its records: deadlines in words, what can be done, the story."""
