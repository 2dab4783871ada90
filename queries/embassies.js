/**
 * Whose embassies are where?
 *
 * @param {Country} [country] - the country that sent the embassy; any if absent
 * @columns embassy, of, in, place, city
 * @example kg query embassies
 * | Embassy of North Korea in Russia | North Korea | Russia | Mos Film Street | Moscow | The Dong-A Ilbo | asserts |
 * @example kg query embassies country=Russia
 */
g.addNamespace("kgo", "https://kg.example/ontology#");
g.addNamespace("rdf", "http://www.w3.org/1999/02/22-rdf-syntax-ns#");
g.addNamespace("rdfs", "http://www.w3.org/2000/01/rdf-schema#");
g.addNamespace("schema", "https://schema.org/");
var r = function (term) { return g.IRI(term); };
var country = typeof country === "undefined" ? null : country;

// Entities of a kind, or of a kind below it.
var all = function (kind) {
  var below = g.V(r(kind)).followRecursive(g.M().in(r("rdfs:subClassOf")));
  return g.V(r(kind)).or(below).in(r("rdf:type"));
};

var embassies = all("kgo:Embassy");
if (country !== null) embassies = embassies.has(r("kgo:represents"), country);
var list = function (path) {
  path.save(r("kgo:represents"), "of").saveOpt(r("kgo:accredited-to"), "in").all();
};

// Those at a place in a city, at any other place, and at none that is known.
var at = r("kgo:located-in"), within = r("schema:containedInPlace");
list(embassies.tag("embassy").out(at).tag("place").out(within).tag("city").back("embassy"));
list(embassies.out(at).except(g.V().has(within)).tag("place").in(at).and(embassies).tag("embassy"));
list(embassies.except(g.V().has(at)).tag("embassy"));
