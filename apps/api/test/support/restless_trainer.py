"""Trains nothing, but tells the ledger twice a second that it is alive, until somebody ends it."""

import os
import time
import urllib.request

url = "{LEDGER_URL}/api/train-tasks/{LEDGER_TASK_ID}/heartbeat".format(**os.environ)
while True:
    request = urllib.request.Request(url, data=b"", headers={"Authorization": "Bearer " + os.environ["LEDGER_TASK_TOKEN"]})
    try:
        urllib.request.urlopen(request, timeout=5).close()
    except OSError:
        pass
    time.sleep(0.5)
