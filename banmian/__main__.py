"""`python -m banmian` is the command `banmian`."""

from banmian.cli import main

if __name__ == "__main__":
    main(prog_name="banmian")
