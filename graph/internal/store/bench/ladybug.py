# Runs statements of Cypher for bench: lines of JSON in, an answer for each out.
import json
import sys

import real_ladybug

store = real_ladybug.Connection(real_ladybug.Database(sys.argv[1]))
store.execute("CALL var_length_extend_max_depth=1000")
for line in sys.stdin:
    job = json.loads(line)
    try:
        result = store.execute(job["Text"], job["Values"])
        answer = {"Cell": result.get_next()[0] if result.has_next() else None}
    except Exception as failure:
        answer = {"Err": str(failure)}
    print(json.dumps(answer), flush=True)
