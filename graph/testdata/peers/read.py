"""Reads networks with what people read them with, and prints what they have in them:
read.py networkx FILE graphml|gexf, or read.py duckdb NODES EDGES"""
import sys

library, file, other = sys.argv[1:]
if library == "networkx":
    import networkx

    read = networkx.read_graphml if other == "graphml" else networkx.read_gexf
    graph = read(file)
    claims = [e for *_, e in graph.edges(data=True) if e.get("claim") and e.get("said_by") and e.get("sure")]
    print(len(graph), graph.number_of_edges(), len(claims))
else:
    import duckdb

    joined = duckdb.sql(f"""select count(*) from read_csv('{other}', header=true, all_varchar=true) e
      join read_csv('{file}', header=true, all_varchar=true) a on a."id:ID" = e.":START_ID"
      join read_csv('{file}', header=true, all_varchar=true) b on b."id:ID" = e.":END_ID" """).fetchall()
    nodes = duckdb.sql(f"select count(*) from read_csv('{file}', header=true, all_varchar=true)").fetchall()
    claims = duckdb.sql(f"select count(*) from read_csv('{other}', header=true, all_varchar=true) where claim <> '' and said_by <> '' and sure <> ''").fetchall()
    print(nodes[0][0], joined[0][0], claims[0][0])
