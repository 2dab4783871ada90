/**
 * Which officials are there, named and unnamed, and in what do they take part?
 *
 * @param {Country} [country] - the country they are of; any if absent
 * @columns official, as, of, role, event
 * @example kg query officials
 */
g.addNamespace("kg", "https://kg.example/");
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

// Those who hold a post, and those whose work is an official's.
var posts = all("org:Post").tag("as").in(r("org:holds"));
var work = g.V(r("kg:occupation/official"), r("kg:occupation/diplomat"), r("kg:occupation/civil-servant"))
  .tag("as").in(r("schema:hasOccupation"));
var officials = posts.or(work).tag("official");
officials = country === null ? officials.saveOpt(r("kgo:nationality"), "of")
                             : officials.out(r("kgo:nationality")).is(country).tag("of").back("official");

// The relations that lead from an event to those who take part in it.
var events = g.V(r("kgo:Event")).followRecursive(g.M().in(r("rdfs:subClassOf")));
var roles = g.V(r("kgo:Event")).or(events).in(r("rdfs:domain"));
officials.in(roles, "role").tag("event").all();
officials.except(g.V().out(roles)).all();
