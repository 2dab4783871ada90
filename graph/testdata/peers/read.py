"""Reads networks with what people read them with, and prints what they have in them:
read.py networkx FILE graphml|gexf, or read.py duckdb|ladybug NODES EDGES"""
import sys
import tempfile

library, file, other = sys.argv[1:]
if library == "networkx":
    import networkx

    read = networkx.read_graphml if other == "graphml" else networkx.read_gexf
    graph = read(file)
    claims = [e for *_, e in graph.edges(data=True) if e.get("claim") and e.get("said_by") and e.get("sure")]
    print(len(graph), graph.number_of_edges(), len(claims))
elif library == "ladybug":
    import real_ladybug

    # Columns by name: RETURN * takes the end of altLabel:string[] for a type of its own,
    # whose lists have brackets.
    db = real_ladybug.Connection(real_ladybug.Database(tempfile.mkdtemp() + "/kg"))
    db.execute("CREATE NODE TABLE Thing(id STRING PRIMARY KEY, label STRING, kind STRING)")
    db.execute("CREATE REL TABLE Edge(FROM Thing TO Thing, relation STRING, claim STRING, said_by STRING, sure STRING)")
    db.execute(f"COPY Thing FROM (LOAD FROM '{file}' (header=true, parallel=false) RETURN `id:ID`, label, `:LABEL`)")
    db.execute(f"COPY Edge FROM (LOAD FROM '{other}' (header=true, parallel=false) RETURN `:START_ID`, `:END_ID`, `:TYPE`, claim, said_by, sure)")
    print(*(db.execute(query).get_next()[0] for query in (
        "MATCH (n:Thing) RETURN count(*)",
        "MATCH (:Thing)-[:Edge]->(:Thing) RETURN count(*)",
        "MATCH ()-[e:Edge]->() WHERE e.claim <> '' AND e.said_by <> '' AND e.sure <> '' RETURN count(*)")))
else:
    import duckdb

    joined = duckdb.sql(f"""select count(*) from read_csv('{other}', header=true, all_varchar=true) e
      join read_csv('{file}', header=true, all_varchar=true) a on a."id:ID" = e.":START_ID"
      join read_csv('{file}', header=true, all_varchar=true) b on b."id:ID" = e.":END_ID" """).fetchall()
    nodes = duckdb.sql(f"select count(*) from read_csv('{file}', header=true, all_varchar=true)").fetchall()
    claims = duckdb.sql(f"select count(*) from read_csv('{other}', header=true, all_varchar=true) where claim <> '' and said_by <> '' and sure <> ''").fetchall()
    print(nodes[0][0], joined[0][0], claims[0][0])
