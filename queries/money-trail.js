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

// A payment, from whom and by whom.
var paid = function (path) {
  if (payer !== null) path = path.has(r("kgo:payer"), payer);
  path.saveOpt(r("kgo:payer"), "from").saveOpt(r("kgo:collector"), "taken by").saveOpt(r("kgo:amount"), "amount").all();
};

// From what is spent, on something or on what is not said, and from what that
// brings about, to the payment it is spent from.
var leading = g.V().out(r("kgo:cause")), named = g.V().has(r("kgo:spent-on"));
var spent = function (some, next) {
  next(some.and(leading).tag("spending").in(r("kgo:cause")).tag("leads to").back("spending"));
  next(some.except(leading).tag("spending"));
};
var from = function (path) {
  paid(path.save(r("kgo:spender"), "used by").out(r("kgo:paid-from")).tag("payment"));
};
spent(all("kgo:Spending").and(named), function (path) { from(path.save(r("kgo:spent-on"), "for")); });
spent(all("kgo:Spending").except(named), from);

// What is taken, and nobody says what it pays for.
paid(all("kgo:Levy").except(g.V().out(r("kgo:paid-from"))).tag("payment"));
