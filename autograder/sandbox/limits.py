"""How much a submission may use."""

from dataclasses import asdict, dataclass

MIB = 1024 * 1024


@dataclass(frozen=True)
class Limits:
    """Limits on one submission; sizes in bytes, times in seconds.

    Attributes
    ----------
    cell : float
        Wall-clock time of one cell.
    call : float
        Wall-clock time of one call of a student's function.
    battery : float
        Wall-clock time of all calls that judge one exercise.
    notebook : float
        Wall-clock time of all cells of a notebook together.
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
    restarts : int
        How many cells may end the notebook's process, and it is started again.
    timeouts : int
        After so many calls without an answer the rest of a battery counts as unanswered.
    """

    cell: float = 30.0
    call: float = 5.0
    battery: float = 60.0
    notebook: float = 300.0
    grace: float = 1.0
    cpu: int = 60
    memory: int = 2048 * MIB
    total: int = 3072 * MIB
    processes: int = 256
    file: int = 64 * MIB
    scratch: int = 128 * MIB
    output_cell: int = 1_000_000
    output_notebook: int = 4_000_000
    reply: int = 64 * MIB
    restarts: int = 3
    timeouts: int = 2

    def plain(self):
        """As JSON-able data, for the inside."""
        return asdict(self)
