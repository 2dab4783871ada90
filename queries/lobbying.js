/**
 * Who lobbies whom, for what, how, and by what means?
 *
 * @param {entity} [lobbyist] - who lobbies; anybody if absent
 * @columns lobbyist, lobbied, for, manner, by means of, known to
 * @example kg query lobbying
 */
g.addNamespace("kgo", "https://kg.example/ontology#");
g.addNamespace("rdf", "http://www.w3.org/1999/02/22-rdf-syntax-ns#");
g.addNamespace("rdfs", "http://www.w3.org/2000/01/rdf-schema#");
var r = function (term) { return g.IRI(term); };
var lobbyist = typeof lobbyist === "undefined" ? null : lobbyist;

// Entities of a kind, or of a kind below it.
var all = function (kind) {
  var below = g.V(r(kind)).followRecursive(g.M().in(r("rdfs:subClassOf")));
  return g.V(r(kind)).or(below).in(r("rdf:type"));
};

var lobbying = all("kgo:Lobbying").tag("lobbying");
if (lobbyist !== null) lobbying = lobbying.has(r("kgo:lobbyist"), lobbyist);
lobbying
  .save(r("kgo:lobbyist"), "lobbyist").saveOpt(r("kgo:lobbied"), "lobbied")
  .saveOpt(r("kgo:purpose"), "for").saveOpt(r("kgo:manner"), "manner")
  .saveOpt(r("kgo:by-means-of"), "by means of").saveOpt(r("kgo:known-to"), "known to")
  .all();
