"""A table of all attacks at the end of the run."""


def pytest_terminal_summary(terminalreporter):
    """Attack, points gained beyond those deserved, whether anything leaked, seconds, outcome."""
    rows = []
    for outcome in ("passed", "failed"):
        for report in terminalreporter.stats.get(outcome, ()):
            about = dict(getattr(report, "user_properties", ()))
            if report.when == "call" and "attack" in about:
                rows.append((about, "held" if outcome == "passed" else "BROKEN"))
    if not rows:
        return
    terminalreporter.section("attacks")
    terminalreporter.line(f"{'attack':<40} gained  leaked  seconds  outcome")
    for about, word in rows:
        terminalreporter.line(
            f"{about['attack']:<40} {about['gained']:>6g}  {about['leaked']:<6} "
            f"{about['seconds']:>8.2f}  {word}"
        )
    terminalreporter.line(f"{len(rows)} attacks, {sum(w == 'held' for _, w in rows)} held")
