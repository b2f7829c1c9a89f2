"""`python -m homeport.cli`: the command `homeport` of this very interpreter."""

from homeport.cli.main import main

if __name__ == "__main__":
    main()
