/**
 * Who says how much, named or not, and via whom?
 *
 * @columns source, publisher, speaker, name, via
 * @count claim claims
 * @example kg query sources
 */
g.addNamespace("kgo", "https://kg.example/ontology#");
g.addNamespace("rdf", "http://www.w3.org/1999/02/22-rdf-syntax-ns#");
g.addNamespace("rdfs", "http://www.w3.org/2000/01/rdf-schema#");
g.addNamespace("dcterms", "http://purl.org/dc/terms/");
var r = function (term) { return g.IRI(term); };

var claims = g.V(r("kgo:Claim")).in(r("rdf:type")).tag("claim")
  .out(r("dcterms:source")).tag("source").save(r("dcterms:publisher"), "publisher").back("claim");
var spoken = claims.out(r("kgo:speaker")).tag("speaker").saveOpt(r("rdfs:label"), "name").back("claim");

// What came to the publisher through somebody, and what came directly.
spoken.out(r("kgo:via")).tag("step").out(r("kgo:party")).tag("via").all();
spoken.except(g.V().has(r("kgo:via"))).all();
