/**
 * Which figures are not exact, and how are they printed?
 *
 * @columns of, relation, figure, printed, share of
 * @example kg query estimates
 */
g.addNamespace("kgo", "https://kg.example/ontology#");
g.addNamespace("rdf", "http://www.w3.org/1999/02/22-rdf-syntax-ns#");
g.addNamespace("rdfs", "http://www.w3.org/2000/01/rdf-schema#");
g.addNamespace("schema", "https://schema.org/");
var r = function (term) { return g.IRI(term); };

var figures = g.V(r("schema:QuantitativeValue")).in(r("rdf:type"));
var exact = figures.has(r("schema:value")).except(g.V().has(r("kgo:approximate")));
figures.except(exact).tag("figure").saveOpt(r("kgo:printed"), "printed").saveOpt(r("kgo:of"), "share of")
  .in(g.V(r("schema:QuantitativeValue")).in(r("rdfs:range")), "relation").tag("of").all();
