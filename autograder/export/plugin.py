"""nbgrader's exporter plugin, with names that may hold anything."""

from pathlib import Path

from nbgrader.plugins import CsvExportPlugin
from traitlets import Unicode

from autograder.export import table
from autograder.export.grades import read
from autograder.export.write import write


class GradesExport(CsvExportPlugin):
    """`nbgrader export --exporter=autograder.export.plugin.GradesExport`.

    The columns are those of nbgrader's own exporter. That one writes text as it is, so a comma in
    a name shifts the columns and a name can be a spreadsheet's formula; and it gives 0 to whoever
    has no grade.
    """

    missing = Unicode("", help="What stands where there is no grade.").tag(config=True)

    def export(self, gradebook):
        """Write the CSV file."""
        grades = read(gradebook, [str(name) for name in self.assignment])
        chosen = {str(student) for student in self.student}
        rows = [
            row for row in table.nbgrader(grades, self.missing)
            if not chosen or row[3] in chosen | {"student_id"}
        ]
        write(Path(self.to or "grades.csv"), table.text(rows))
