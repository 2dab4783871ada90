/**
 * Which companies and joint ventures are there, of which countries, and where do they work?
 *
 * @param {Country} [country] - the country they are of; any if absent
 * @columns company, kind, of, works in, in, among, known from
 * @example kg query companies
 */
g.addNamespace("kgo", "https://kg.example/ontology#");
g.addNamespace("rdf", "http://www.w3.org/1999/02/22-rdf-syntax-ns#");
g.addNamespace("rdfs", "http://www.w3.org/2000/01/rdf-schema#");
g.addNamespace("org", "http://www.w3.org/ns/org#");
g.addNamespace("schema", "https://schema.org/");
var r = function (term) { return g.IRI(term); };
var country = typeof country === "undefined" ? null : country;

// Entities of a kind, or of a kind below it.
var all = function (kind) {
  var below = g.V(r(kind)).followRecursive(g.M().in(r("rdfs:subClassOf")));
  return g.V(r(kind)).or(below).in(r("rdf:type"));
};

var home = [r("kgo:nationality"), r("kgo:partner")];
var companies = all("kgo:Company").tag("company").save(r("rdf:type"), "kind")
  .saveOpt(r("kgo:operates-in"), "works in")
  .saveOpt(r("kgo:located-in"), "in").saveOpt(r("org:memberOf"), "among");

// Those with a known country, of their own or of a partner; then those without,
// with whom or what they are known from.
if (country !== null) {
  companies.out(home).is(country).tag("of").all();
} else {
  companies.out(home).tag("of").all();
  companies.except(g.V().in(home))
    .in([r("schema:worksFor"), r("kgo:held-at")]).tag("known from").all();
}
