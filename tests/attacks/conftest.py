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


def _marked(terminalreporter):
    """What tests say of themselves; where one is not about points or leaks, a dash."""
    for outcome in ("passed", "failed"):
        for report in terminalreporter.stats.get(outcome, ()):
            if report.when == "call" and "attack" in report.keywords:
                name = report.nodeid.rpartition("::")[2].removeprefix("test_").replace("_", " ")
                yield {"attack": name, "gained": "-", "leaked": "-", "seconds": report.duration,
                       **dict(report.user_properties)}, outcome == "passed"


def _attacks(terminalreporter):
    """Attack, points gained beyond those deserved, whether anything leaked, seconds, outcome."""
    rows = list(_marked(terminalreporter))
    if not rows:
        return
    terminalreporter.section("attacks")
    terminalreporter.line(f"{'attack':<58} gained  leaked  seconds  outcome")
    for about, held in rows:
        terminalreporter.line(
            f"{about['attack'][:58]:<58} {about['gained']:>6}  {about['leaked']:<6} "
            f"{about['seconds']:>8.2f}  {'held' if held else 'BROKEN'}"
        )
    terminalreporter.line(f"{len(rows)} attacks, {sum(held for _, held in rows)} held")
