"""What `make` runs. All but serve.py and messages.py is plain Python 3.11 and works before anything is installed."""
