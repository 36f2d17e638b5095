"""nbgrader's settings for this course. Our own steps are the dotted names of autograder.plugins."""

c = get_config()  # noqa: F821  (nbgrader provides it)

c.CourseDirectory.course_id = "cnn_by_hand"
c.CourseDirectory.ignore = [
    ".ipynb_checkpoints", "*.pyc", "__pycache__", "feedback", "*.log",
]

c.GenerateAssignment.preprocessors = [
    "nbgrader.preprocessors.IncludeHeaderFooter",
    "nbgrader.preprocessors.InstantiateTests",
    "nbgrader.preprocessors.LockCells",
    "nbgrader.preprocessors.ClearSolutions",
    "autograder.plugins.AnswerStubs",
    "autograder.plugins.RunOn",
    "nbgrader.preprocessors.ClearOutput",
    "nbgrader.preprocessors.CheckCellMetadata",
    "nbgrader.preprocessors.ComputeChecksums",
    "nbgrader.preprocessors.SaveCells",
    "nbgrader.preprocessors.ClearHiddenTests",
    "nbgrader.preprocessors.ClearMarkScheme",
    "nbgrader.preprocessors.ComputeChecksums",
    "nbgrader.preprocessors.CheckCellMetadata",
]

# a submission of any size is read within bounds
c.Autograde.exporter_class = "autograder.intake.Intake"

# what a student handed in becomes a notebook that can be graded, with Python whatever it asks for
c.Autograde.sanitize_preprocessors = [
    "autograder.repair.Repair",
    "nbgrader.preprocessors.ClearOutput",
    "nbgrader.preprocessors.DeduplicateIds",
    "autograder.plugins.RestoreCells",
    "autograder.plugins.CheckMarks",
]

# nothing here changes a cell's marks, so they are not checked a second time;
# its cells run in a sandbox and our exercises are judged outside it; what it shows is cleaned
# before anybody's browser sees it
c.Autograde.autograde_preprocessors = [
    "autograder.execute.SandboxExecute",
    "nbgrader.preprocessors.IgnorePattern",
    "nbconvert.preprocessors.ClearMetadataPreprocessor",
    "nbgrader.preprocessors.LimitOutput",
    "autograder.neutralise.Neutralise",
    "nbgrader.preprocessors.SaveAutoGrades",
    "nbgrader.preprocessors.AssignLatePenalties",
]

# the same page as from `autograder grade`: no script, nothing fetched, formulas without MathJax
c.GenerateFeedback.exporter_class = "autograder.classroom.page.Page"

c.GenerateFeedback.preprocessors = [
    "autograder.neutralise.Neutralise",
    "nbgrader.preprocessors.GetGrades",
    "autograder.plugins.HideTests",
    "nbconvert.preprocessors.CSSHTMLHeaderPreprocessor",
]

# a deleted test cell comes back instead of leaving its exercise without a score
c.OverwriteCells.add_missing_cells = True

# what Moodle and Canvas call files; `autograder collect` is the safer way in
c.ZipCollectApp.extractor_plugin = "autograder.collect.unpack.SafeExtractor"
c.ZipCollectApp.collector_plugin = "autograder.collect.names.LmsNames"

# c.CourseDirectory.db_url = "postgresql+psycopg://user@host/course"     not gradebook.db
# c.SandboxExecute.mode = "required"          refuse to grade without bubblewrap
# c.SandboxExecute.shortcuts = "flag"         a ready-made routine is noted, not refused
# c.SandboxExecute.limits = {"cell": 20}      seconds, see autograder.sandbox.Limits
