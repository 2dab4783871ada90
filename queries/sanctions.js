/**
 * Who sanctions whom, what is frozen where, and what came after it?
 *
 * @columns sanction, by, target, frozen, at, in, date, then, and then
 * @example kg query sanctions
 * | The freeze of North Korea's account | Government of the United States | North Korea | North Korea's account at Banco Delta Asia | Banco Delta Asia | Macau | 2005 | The joint ventures go dormant | The joint ventures resume their activities | The Dong-A Ilbo | asserts |
 */
g.addNamespace("kgo", "https://kg.example/ontology#");
g.addNamespace("rdf", "http://www.w3.org/1999/02/22-rdf-syntax-ns#");
g.addNamespace("rdfs", "http://www.w3.org/2000/01/rdf-schema#");
var r = function (term) { return g.IRI(term); };

// Entities of a kind, or of a kind below it.
var all = function (kind) {
  var below = g.V(r(kind)).followRecursive(g.M().in(r("rdfs:subClassOf")));
  return g.V(r(kind)).or(below).in(r("rdf:type"));
};

var sanctions = all("kgo:Sanction").tag("sanction")
  .save(r("kgo:imposed-by"), "by").saveOpt(r("kgo:target"), "target")
  .saveOpt(r("kgo:date"), "date").saveOptR(r("kgo:after"), "then");

// What is frozen, the bank that holds it, and the bank's place; then the
// sanctions that freeze nothing. What came after may have had its own sequel.
var sequel = function (path) {
  path.back("sanction").in(r("kgo:after")).tag("then").saveOptR(r("kgo:after"), "and then").all();
  path.back("sanction").except(g.V().out(r("kgo:after"))).all();
};
sequel(sanctions.out(r("kgo:frozen")).tag("frozen").out(r("kgo:held-at")).tag("at").saveOpt(r("kgo:located-in"), "in"));
sequel(sanctions.except(g.V().has(r("kgo:frozen"))));
