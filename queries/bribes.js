/**
 * Who bribes whom, with how much, for what, and how did it come to light?
 *
 * @param {entity} [party] - who pays or is paid; anybody if absent
 * @columns bribe, payer, recipient, amount, purpose, revealed by
 * @example kg query bribes
 */
g.addNamespace("kgo", "https://kg.example/ontology#");
g.addNamespace("rdf", "http://www.w3.org/1999/02/22-rdf-syntax-ns#");
g.addNamespace("rdfs", "http://www.w3.org/2000/01/rdf-schema#");
var r = function (term) { return g.IRI(term); };
var party = typeof party === "undefined" ? null : party;

// Entities of a kind, or of a kind below it.
var all = function (kind) {
  var below = g.V(r(kind)).followRecursive(g.M().in(r("rdfs:subClassOf")));
  return g.V(r(kind)).or(below).in(r("rdf:type"));
};

var bribes = all("kgo:Bribe").tag("bribe");
if (party !== null) bribes = bribes.and(g.V(party).in([r("kgo:payer"), r("kgo:recipient")]));
bribes
  .saveOpt(r("kgo:payer"), "payer").saveOpt(r("kgo:recipient"), "recipient")
  .saveOpt(r("kgo:amount"), "amount").saveOpt(r("kgo:purpose"), "purpose")
  .saveOpt(r("kgo:revealed-by"), "revealed by")
  .all();
