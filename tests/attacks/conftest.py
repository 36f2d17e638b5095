"""Tables of all attacks and of all channels at the end of the run."""


def pytest_terminal_summary(terminalreporter):
    """Attacks, then channels."""
    _attacks(terminalreporter)
    _channels(terminalreporter)


def _abouts(terminalreporter, key):
    for outcome in ("passed", "failed"):
        for report in terminalreporter.stats.get(outcome, ()):
            about = dict(getattr(report, "user_properties", ()))
            if report.when == "call" and key in about:
                yield about, outcome == "passed"


def _channels(terminalreporter):
    """Channel, user, what came of it."""
    rows = list(_abouts(terminalreporter, "channel"))
    if not rows:
        return
    terminalreporter.section("channels between sessions")
    for about, closed in rows:
        word = "closed" if closed else "OPEN"
        terminalreporter.line(
            f"{about['channel']:<45} {about['user']:<14} {word:<7} {about.get('cells', '')}"
        )


def _attacks(terminalreporter):
    """Attack, points gained beyond those deserved, whether anything leaked, seconds, outcome."""
    rows = list(_abouts(terminalreporter, "attack"))
    if not rows:
        return
    terminalreporter.section("attacks")
    terminalreporter.line(f"{'attack':<40} gained  leaked  seconds  outcome")
    for about, held in rows:
        terminalreporter.line(
            f"{about['attack']:<40} {about['gained']:>6g}  {about['leaked']:<6} "
            f"{about['seconds']:>8.2f}  {'held' if held else 'BROKEN'}"
        )
    terminalreporter.line(f"{len(rows)} attacks, {sum(held for _, held in rows)} held")
