"""What the command line does beyond starting things: each command a module that `sushui.cli` loads when called."""
