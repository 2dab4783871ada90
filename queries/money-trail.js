/**
 * What is taken from whom, by whom, how much, and what does it pay for, to the end?
 *
 * @param {entity} [payer] - from whom it is taken; anybody if absent
 * @columns from, taken by, amount, used by, for, leads to
 * @example kg query money-trail
 * | North Korean workers in Russia | North Korean companies in Russia | about 400 to 500 USD per worker per month | High-ranking officials whose expenses the workers' money pays | Business expenses of high-ranking officials | | A North Korean defector aged 46 | asserts, approximate |
 * | North Korean workers in Russia | North Korean companies in Russia | about 400 to 500 USD per worker per month | High-ranking officials whose expenses the workers' money pays | Meals at expensive restaurants | The workers' discontent grows | A North Korean defector aged 46; The kg project (derived) | derived, asserts, approximate |
 * | North Korean workers in Russia | North Korean companies in Russia | about 400 to 500 USD per worker per month | The wives of the high-ranking officials | Expensive clothes | The workers' discontent grows | A North Korean defector aged 46; The kg project (derived) | derived, asserts, approximate |
 * | North Korean workers in Russia | | | North Korean companies in Russia | Business expenses of the companies | | Officials who speak about the companies' expenses | asserts |
 */
g.addNamespace("kgo", "https://kg.example/ontology#");
g.addNamespace("rdf", "http://www.w3.org/1999/02/22-rdf-syntax-ns#");
g.addNamespace("rdfs", "http://www.w3.org/2000/01/rdf-schema#");
var r = function (term) { return g.IRI(term); };
var payer = typeof payer === "undefined" ? null : payer;

// Entities of a kind, or of a kind below it.
var all = function (kind) {
  var below = g.V(r(kind)).followRecursive(g.M().in(r("rdfs:subClassOf")));
  return g.V(r(kind)).or(below).in(r("rdf:type"));
};

// From what is spent, and what that brings about, to the payment it is spent
// from and to those who pay.
var list = function (path) {
  path = path.save(r("kgo:spender"), "used by").save(r("kgo:spent-on"), "for").out(r("kgo:paid-from")).tag("payment");
  if (payer !== null) path = path.has(r("kgo:payer"), payer);
  path.save(r("kgo:payer"), "from").saveOpt(r("kgo:collector"), "taken by").saveOpt(r("kgo:amount"), "amount").all();
};

// Spending that leads to something, and all other.
var leading = g.V().out(r("kgo:cause"));
list(all("kgo:Spending").and(leading).tag("spending").in(r("kgo:cause")).tag("leads to").back("spending"));
list(all("kgo:Spending").except(leading).tag("spending"));
