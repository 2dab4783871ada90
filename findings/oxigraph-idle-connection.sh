#!/bin/sh
# Oxigraph's server answers a question that it has not read: what is asked on a
# connection that rested for a minute gets the error of the resting.
#
# One expects: a connection of HTTP/1.1 that was kept open answers the next question,
#   or is closed, which a client notices and connects anew.
# What happens: after 60 s without a request the server writes a whole answer onto the
#   connection, "500 Internal Server Error: Resource temporarily unavailable (os error
#   11)", and then closes it. Nobody asked; Python's http.client takes it for the answer
#   to its next question, which was valid. After 5 s, and on a new connection, the same
#   question is answered with 200.
# Version: oxigraph 0.5.13 (PyPI), Python's own http.client.
# Why it matters to evidence graphs: a program that asks now and then, once for each
#   document it reads, is told that its question failed. If it goes on, what the graph
#   says about that document is missing, and the server's log has nothing of it.
#
# Needs python3 and the registry of PyPI; takes 80 s. Exits 1 if the programs answer
# otherwise.
set -eu
dir=$(mktemp -d)
server=
trap '[ -z "$server" ] || kill "$server"; rm -rf "$dir"' EXIT
cd "$dir"

python3 -m pip install --quiet --root-user-action ignore --target python oxigraph==0.5.13
python/bin/oxigraph --version

echo '<https://example.org/a> <https://example.org/paid> <https://example.org/b> <https://example.org/report> .' > one.nq
python/bin/oxigraph load --location store --file one.nq 2>/dev/null
port=$(python3 -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])')
python/bin/oxigraph serve-read-only --location store --bind "127.0.0.1:$port" >server.log 2>&1 &
server=$!

cat > ask.py <<'PY'
import http.client
import sys
import time

address = ("127.0.0.1", int(sys.argv[1]))
question = "/query?query=SELECT%20(COUNT(*)%20AS%20%3Fn)%20%7B%20GRAPH%20%3Fg%20%7B%20%3Fs%20%3Fp%20%3Fo%20%7D%20%7D"


def ask(connection):
    connection.request("GET", question, headers={"Accept": "text/csv"})
    answer = connection.getresponse()
    return answer.status, answer.read().decode().split()


for _ in range(100):  # until it listens
    try:
        ask(http.client.HTTPConnection(*address))
        break
    except ConnectionRefusedError:
        time.sleep(0.2)

kept = http.client.HTTPConnection(*address)
answers = [("first", ask(kept))]
time.sleep(5)
answers.append(("after 5 s", ask(kept)))
time.sleep(65)
answers.append(("after another 65 s", ask(kept)))
answers.append(("on a new connection", ask(http.client.HTTPConnection(*address))))
for when, (status, body) in answers:
    print(f"{when}: {status} {' '.join(body)}")
right = (200, ["n", "1"])
sys.exit([status for _, (status, _) in answers] != [200, 200, 500, 200] or any(a != right for w, a in answers if a[0] == 200))
PY
python3 ask.py "$port"
