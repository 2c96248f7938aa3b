"""Runs a folder of unittest tests and leaves the counts as JSON, in the shape the other test results have."""

import json
import pathlib
import sys
import unittest


def main(folder: str, results: str) -> int:
    here = pathlib.Path.cwd()
    sys.path.insert(0, str(here))
    suite = unittest.defaultTestLoader.discover(folder, top_level_dir=folder)
    outcome = unittest.TextTestRunner(verbosity=1).run(suite)
    failed = len(outcome.failures) + len(outcome.errors) + len(outcome.unexpectedSuccesses)
    skipped = len(outcome.skipped)
    target = here / results
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_text(json.dumps({
        "numPassedTests": outcome.testsRun - failed - skipped,
        "numFailedTests": failed,
        "numPendingTests": skipped,
    }))
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:3]))
