"""How much a submission may use."""

from dataclasses import asdict, dataclass

MIB = 1024 * 1024


@dataclass(frozen=True)
class Limits:
    """Limits on one submission; sizes in bytes, times in seconds.

    Attributes
    ----------
    processor : float
        Of everything that a submission causes: cells, calls, second examinations.
    cell, call, battery, notebook : float
        Of one cell, one call of a student's function, all calls that judge one exercise, and all
        cells together. Like the first one in seconds of processor time.
    patience : float
        Each of these may take so many times as long on the wall's clock, which only ends what
        sleeps: such a submission is graded once more, and only what happens twice counts.
    grace : float
        How long an interrupted cell may take to answer before it is killed.
    cpu : int
        CPU time of one process.
    memory : int
        Address space of one process.
    total : int
        What all processes together have in memory; beyond it the largest are ended.
    processes : int
        Processes and threads. Each test cell keeps a copy of the notebook, which counts as one.
    file, scratch : int
        One file; all of ``/tmp`` (inside bubblewrap).
    output_cell, output_notebook : int
        What cells may print and display.
    reply : int
        One answer of a student's function.
    kept : int
        All answers of a submission together, which are kept until it is judged.
    restarts : int
        How many cells may end the notebook's process, and it is started again.
    timeouts : int
        After so many calls without an answer the rest of a battery counts as unanswered.
    """

    processor: float = 45.0
    cell: float = 30.0
    call: float = 5.0
    battery: float = 15.0
    notebook: float = 30.0
    patience: float = 10.0
    grace: float = 1.0
    cpu: int = 60
    memory: int = 2048 * MIB
    total: int = 3072 * MIB
    processes: int = 256
    file: int = 64 * MIB
    scratch: int = 128 * MIB
    output_cell: int = 1_000_000
    output_notebook: int = 4_000_000
    reply: int = 16 * MIB
    kept: int = 64 * MIB
    restarts: int = 3
    timeouts: int = 2

    def plain(self):
        """As JSON-able data, for the inside."""
        return asdict(self)
