"""The program's one way in."""

from upstander.jobs.cli.main import main

if __name__ == "__main__":
    main()
