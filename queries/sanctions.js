/**
 * Who sanctions whom, what is frozen where, and what came after it?
 *
 * @param {entity} [target] - whom they are aimed at; anybody if absent
 * @columns sanction, by, target, frozen, at, in, date, then, and then
 * @example kg query sanctions
 * | The freeze of North Korea's account | Government of the United States | North Korea | North Korea's account at Banco Delta Asia | Banco Delta Asia | Macau | 2005 | The joint ventures go dormant | The joint ventures resume their activities | The Dong-A Ilbo | asserts |
 * @example kg query sanctions target="North Korea"
 * | The freeze of North Korea's account | Government of the United States | North Korea | North Korea's account at Banco Delta Asia | Banco Delta Asia | Macau | 2005 | The joint ventures go dormant | The joint ventures resume their activities | The Dong-A Ilbo | asserts |
 * @example kg query sanctions target=Russia
 */
g.addNamespace("kgo", "https://kg.example/ontology#");
g.addNamespace("rdf", "http://www.w3.org/1999/02/22-rdf-syntax-ns#");
g.addNamespace("rdfs", "http://www.w3.org/2000/01/rdf-schema#");
var r = function (term) { return g.IRI(term); };
var target = typeof target === "undefined" ? null : target;

// Entities of a kind, or of a kind below it.
var all = function (kind) {
  var below = g.V(r(kind)).followRecursive(g.M().in(r("rdfs:subClassOf")));
  return g.V(r(kind)).or(below).in(r("rdf:type"));
};

var sanctions = all("kgo:Sanction");
if (target !== null) sanctions = sanctions.has(r("kgo:target"), target);
var list = function (path) {
  path.save(r("kgo:imposed-by"), "by").saveOpt(r("kgo:target"), "target").saveOpt(r("kgo:date"), "date").all();
};

// What is frozen, the bank that holds it and the bank's place, as far as they
// are known; and the sanctions that freeze nothing.
var thing = r("kgo:frozen"), bank = r("kgo:held-at"), where = r("kgo:located-in");
var frozen = function (some, next) {
  var back = function (path) { next(path.tag("frozen").in(thing).and(some).tag("sanction")); };
  next(some.tag("sanction").out(thing).tag("frozen").out(bank).tag("at").out(where).tag("in").back("sanction"));
  back(some.out(thing).out(bank).except(g.V().has(where)).tag("at").in(bank));
  back(some.out(thing).except(g.V().has(bank)));
  next(some.except(g.V().has(thing)).tag("sanction"));
};

// What came after it, and after that; what was the last to come after it; and
// the sanctions that nothing came after.
var after = r("kgo:after"), followed = g.V().out(after);
var last = sanctions.in(after).except(followed).tag("then").out(after);
frozen(sanctions, function (path) {
  list(path.in(after).tag("then").in(after).tag("and then").back("sanction"));
});
frozen(sanctions, function (path) { list(path.and(last)); });
frozen(sanctions.except(followed), list);
