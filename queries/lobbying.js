/**
 * Who lobbies whom, for what, how, and by what means?
 *
 * @param {entity} [lobbyist] - who lobbies; anybody if absent
 * @columns lobbyist, lobbied, for, manner, by means of, known to
 * @example kg query lobbying
 * | North Korean senior officials who lobby for the quota | Russian government officials who are given tours | The quota for workers is increased | fiercely | Free tours of North Korea for officials | | A foreign employer of North Korean workers; The kg project (derived) | derived, asserts, attempted |
 * | North Koreans who lobby with bribes | Russian civil servants | | aggressively | Bribes to Russian civil servants | Russian civil servants | A public official of Vladivostok | asserts |
 * @example kg query lobbying lobbyist=nk-senior-officials
 * | North Korean senior officials who lobby for the quota | Russian government officials who are given tours | The quota for workers is increased | fiercely | Free tours of North Korea for officials | | A foreign employer of North Korean workers; The kg project (derived) | derived, asserts, attempted |
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
