/**
 * Who bribes whom, with how much, for what, and were they caught?
 *
 * @param {entity} [party] - who pays or is paid; anybody if absent
 * @columns bribe, payer, recipient, amount, purpose, revealed by, payer caught
 * @example kg query bribes
 * | Bribes for large-scale projects | Government of North Korea | | | Large-scale projects | | | A public official of Vladivostok | predicts, "will unlikely stop" |
 * | Bribes to Russian civil servants | North Koreans who lobby with bribes | Russian civil servants | | | | | A public official of Vladivostok | asserts |
 * | Large bribes to Russians | Big players who bribe Russians | Russians to whom the big players give bribes | a large sum | | | | The Dong-A Ilbo | asserts |
 * | The captain's kickback | The captain of a North Korean freight ship | The head of the firm that stores the oil | 45000 USD | | | The captain is caught shipping oil | The Dong-A Ilbo | asserts |
 * | The captain's kickback | The captain of a North Korean freight ship | The head of the firm that stores the oil | huge | | | The captain is caught shipping oil | A public official of Vladivostok; The Dong-A Ilbo | asserts |
 * @example kg query bribes party="Russian civil servants"
 * | Bribes to Russian civil servants | North Koreans who lobby with bribes | Russian civil servants | | | | | A public official of Vladivostok | asserts |
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

var bribes = all("kgo:Bribe");
if (party !== null) bribes = bribes.and(g.V(party).in([r("kgo:payer"), r("kgo:recipient")]));
var list = function (path) {
  path.saveOpt(r("kgo:recipient"), "recipient").saveOpt(r("kgo:amount"), "amount")
    .saveOpt(r("kgo:purpose"), "purpose").saveOpt(r("kgo:revealed-by"), "revealed by").all();
};

// Payers who were caught, at whatever it was; other payers; and bribes whose
// payer is not known.
var payer = r("kgo:payer"), intercepted = r("kgo:intercepted");
list(bribes.tag("bribe").out(payer).tag("payer").in(intercepted).tag("payer caught").back("bribe"));
list(bribes.out(payer).except(g.V().out(intercepted)).tag("payer").in(payer).and(bribes).tag("bribe"));
list(bribes.except(g.V().has(payer)).tag("bribe"));
