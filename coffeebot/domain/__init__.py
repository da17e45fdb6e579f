"""What coffee, taste and a turn are: pure Python, standard library only."""
