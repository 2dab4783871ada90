/**
 * What happened when, or is to happen, in order, and how exactly is the day known?
 *
 * @param {entity} [involving] - who, what or where the events involve; anything if absent
 * @columns date, precision, earliest, latest, event
 * @example kg query timeline
 */
g.addNamespace("kgo", "https://kg.example/ontology#");
g.addNamespace("rdf", "http://www.w3.org/1999/02/22-rdf-syntax-ns#");
g.addNamespace("rdfs", "http://www.w3.org/2000/01/rdf-schema#");
var r = function (term) { return g.IRI(term); };
var involving = typeof involving === "undefined" ? null : involving;

// Entities of a kind, or of a kind below it.
var all = function (kind) {
  var below = g.V(r(kind)).followRecursive(g.M().in(r("rdfs:subClassOf")));
  return g.V(r(kind)).or(below).in(r("rdf:type"));
};

var events = all("kgo:Thing").tag("event");
if (involving !== null) events = events.and(g.V(involving).in());
var dates = events.out([r("kgo:date"), r("kgo:published")]).tag("date").save(r("kgo:precision"), "precision");
dates.saveOpt(r("kgo:earliest"), "earliest").saveOpt(r("kgo:latest"), "latest").all();
