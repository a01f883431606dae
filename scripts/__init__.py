"""What `make` runs. Everything but serve.py is plain Python 3.11 and works before anything is installed."""
