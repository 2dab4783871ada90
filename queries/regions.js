/**
 * Which regions, cities and other places are there, and what is or happens in them?
 *
 * @param {Place} [place] - one place; all if absent
 * @columns place, within, relation, what
 * @example kg query regions
 */
g.addNamespace("kgo", "https://kg.example/ontology#");
g.addNamespace("rdf", "http://www.w3.org/1999/02/22-rdf-syntax-ns#");
g.addNamespace("rdfs", "http://www.w3.org/2000/01/rdf-schema#");
g.addNamespace("schema", "https://schema.org/");
var r = function (term) { return g.IRI(term); };
var place = typeof place === "undefined" ? null : place;

// Entities of a kind, or of a kind below it.
var all = function (kind) {
  var below = g.V(r(kind)).followRecursive(g.M().in(r("rdfs:subClassOf")));
  return g.V(r(kind)).or(below).in(r("rdf:type"));
};

var places = (place === null ? all("schema:Place") : g.V(place)).tag("place")
  .saveOpt(r("schema:containedInPlace"), "within");

// The relations that lead to a place, other than its parts.
var kinds = g.V(r("schema:Place")).or(g.V(r("schema:Place")).followRecursive(g.M().in(r("rdfs:subClassOf"))));
var relations = kinds.in(r("rdfs:range")).except(g.V(r("schema:containedInPlace"), r("kgo:nationality")));
places.in(relations, "relation").tag("what").all();
