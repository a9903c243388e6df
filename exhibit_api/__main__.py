"""`python -m exhibit_api` is `exhibit`."""

from exhibit_api.cli import main

main()
