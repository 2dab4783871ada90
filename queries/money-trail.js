/**
 * What is taken from whom, by whom, how much, and what does it pay for, to the end?
 *
 * @param {entity} [payer] - from whom it is taken; anybody if absent
 * @columns from, taken by, amount, used by, for, leads to
 * @example kg query money-trail
 * | North Korean workers in Russia | North Korean companies in Russia | about 400 to 500 USD per worker per month | High-ranking officials whose expenses the workers' money pays | Business expenses of high-ranking officials | | A North Korean defector aged 46 | asserts, approximate |
 * | North Korean workers in Russia | North Korean companies in Russia | about 400 to 500 USD per worker per month | High-ranking officials whose expenses the workers' money pays | Meals at expensive restaurants | The workers' discontent grows | A North Korean defector aged 46 | asserts, approximate |
 * | North Korean workers in Russia | North Korean companies in Russia | about 400 to 500 USD per worker per month | The wives of the high-ranking officials | Expensive clothes | The workers' discontent grows | A North Korean defector aged 46 | asserts, approximate |
 * | North Korean workers in Russia | | | North Korean companies in Russia | Business expenses of the companies | | Officials who speak about the companies' expenses | asserts |
 */
g.addNamespace("kgo", "https://kg.example/ontology#");
g.addNamespace("rdf", "http://www.w3.org/1999/02/22-rdf-syntax-ns#");
g.addNamespace("rdfs", "http://www.w3.org/2000/01/rdf-schema#");
g.addNamespace("prov", "http://www.w3.org/ns/prov#");
var r = function (term) { return g.IRI(term); };
var payer = typeof payer === "undefined" ? null : payer;

// Entities of a kind, or of a kind below it.
var all = function (kind) {
  var below = g.V(r(kind)).followRecursive(g.M().in(r("rdfs:subClassOf")));
  return g.V(r(kind)).or(below).in(r("rdf:type"));
};

// From those who pay, through the payment, to what it is spent on and by whom,
// and to what that brings about.
var payers = payer === null ? all("prov:Agent") : g.V(payer);
var payments = payers.tag("from").in(r("kgo:payer")).tag("payment")
  .saveOpt(r("kgo:collector"), "taken by").saveOpt(r("kgo:amount"), "amount");
payments.in(r("kgo:paid-from")).tag("spending").save(r("kgo:spender"), "used by")
  .save(r("kgo:spent-on"), "for").saveOptR(r("kgo:cause"), "leads to")
  .all();
