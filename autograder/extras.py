"""Packages that not everybody needs: who asks for what they do is told how to get them."""

from importlib import import_module

import typer

EXTRAS = {"distributed": "cluster", "psycopg": "postgresql"}
"""What pyproject.toml calls the extra with this package."""


class Missing(typer.BadParameter):
    """A package that is needed for this is not installed; a command then ends with 2."""


def need(package, purpose):
    """Make sure that a package can be imported.

    Parameters
    ----------
    package : str
    purpose : str
        What it is needed for; the sentence begins with it.

    Raises
    ------
    Missing
        With the line that installs it.
    """
    try:
        import_module(package)
    except ImportError:
        raise Missing(
            f"{purpose} needs the package {package}, which is not installed. In the folder with "
            f"pyproject.toml: python -m pip install -e '.[{EXTRAS[package]}]'"
        ) from None
