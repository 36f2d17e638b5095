"""The right answers, on `scipy.signal` wherever it has them.

The modules say `import scipy` and no more: its parts load at their first use, and `scipy.signal`
alone takes longer than everything else that ``from autograder import grade`` imports.
"""
