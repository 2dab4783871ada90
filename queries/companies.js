/**
 * Which companies and joint ventures are there, of which countries, and where do they work, and what has changed?
 *
 * @param {Country} [country] - the country they are of; any if absent
 * @columns company, kind, of, works in, in, among, change, known from
 * @example kg query companies
 * | A chain of food stores | Company | | | | | | A Russian who works for a chain of food stores | The Dong-A Ilbo | asserts |
 * | Baekdu | Company | North Korea | Russia | | North Korean companies in Russia | | | The Dong-A Ilbo | asserts |
 * | Banco Delta Asia | Bank | | | Macau | | | North Korea's account at Banco Delta Asia | The Dong-A Ilbo | asserts |
 * | Daedong River | Company | North Korea | Russia | | North Korean companies in Russia | | | The Dong-A Ilbo | asserts |
 * | Dongbang Seafood | JointVenture | North Korea | | | Joint companies that were active in the early 1990s | The two joint companies resume their businesses | | A Korean-Russian living in Nakhodka; The Dong-A Ilbo; The kg project (derived) | derived, asserts |
 * | Dongbang Seafood | JointVenture | Russia | | | Joint companies that were active in the early 1990s | The two joint companies resume their businesses | | A Korean-Russian living in Nakhodka; The Dong-A Ilbo; The kg project (derived) | derived, asserts |
 * | Far East Marine Transportation | JointVenture | North Korea | | | Joint companies that were active in the early 1990s | The two joint companies resume their businesses | | A Korean-Russian living in Nakhodka; The Dong-A Ilbo; The kg project (derived) | derived, asserts |
 * | Far East Marine Transportation | JointVenture | Russia | | | Joint companies that were active in the early 1990s | The two joint companies resume their businesses | | A Korean-Russian living in Nakhodka; The Dong-A Ilbo; The kg project (derived) | derived, asserts |
 * | Goonpyo | Company | North Korea | Russia | | North Korean companies in Russia | | | The Dong-A Ilbo | asserts |
 * | Neungra | Company | North Korea | Russia | | North Korean companies in Russia | | | The Dong-A Ilbo | asserts |
 * | The North Korean company whose senior official asked about restaurants | Company | North Korea | | | | | | The Dong-A Ilbo | asserts |
 * | The crude oil storage company | Company | | | | | | The head of the firm that stores the oil | The Dong-A Ilbo | asserts |
 * | The restaurant whose Russian manager was asked | Company | | | | | | The Russian manager of a restaurant | The Dong-A Ilbo | asserts |
 * @example kg query companies country=Russia
 * | Dongbang Seafood | JointVenture | Russia | | | Joint companies that were active in the early 1990s | The two joint companies resume their businesses | | A Korean-Russian living in Nakhodka; The Dong-A Ilbo; The kg project (derived) | derived, asserts |
 * | Far East Marine Transportation | JointVenture | Russia | | | Joint companies that were active in the early 1990s | The two joint companies resume their businesses | | A Korean-Russian living in Nakhodka; The Dong-A Ilbo; The kg project (derived) | derived, asserts |
 */
g.addNamespace("kgo", "https://kg.example/ontology#");
g.addNamespace("rdf", "http://www.w3.org/1999/02/22-rdf-syntax-ns#");
g.addNamespace("rdfs", "http://www.w3.org/2000/01/rdf-schema#");
var r = function (term) { return g.IRI(term); };
var country = typeof country === "undefined" ? null : country;

// Entities of a kind, or of a kind below it.
var all = function (kind) {
  var below = g.V(r(kind)).followRecursive(g.M().in(r("rdfs:subClassOf")));
  return g.V(r(kind)).or(below).in(r("rdf:type"));
};

var home = [r("kgo:nationality"), r("kgo:partner")];
var companies = all("kgo:Company");
var list = function (path) {
  path.save(r("rdf:type"), "kind")
    .saveOpt(r("kgo:operates-in"), "works in").saveOpt(r("kgo:located-in"), "in")
    .saveOpt(r("kgo:member-of"), "among").saveOptR(r("kgo:changes"), "change").all();
};

// Those with a known country, of their own or of a partner; then those without,
// with whom or what they are known from, if anything.
if (country !== null) {
  list(companies.tag("company").out(home).is(country).tag("of").back("company"));
} else {
  list(companies.tag("company").out(home).tag("of").back("company"));
  var others = companies.except(g.V().in(home));
  var records = g.V(r("kgo:Record")).or(g.V(r("kgo:Record")).followRecursive(g.M().in(r("rdfs:subClassOf"))));
  var relations = g.V(r("rdf:Property")).in(r("rdf:type"))
    .except(records.in(r("rdfs:domain"))).except(g.V(r("kgo:changes")));
  list(others.tag("company").in(relations).tag("known from").back("company"));
  list(others.except(g.V().out(relations)).tag("company"));
}
