/**
 * Which officials are there, named and unnamed, and in what do they take part?
 *
 * @param {Country} [country] - the country they are of; any if absent
 * @columns official, as, of, at, role, event
 * @example kg query officials
 * | A public official of Vladivostok | Official | | The authorities of Vladivostok | | | The Dong-A Ilbo | asserts |
 * | An official who speaks about the governor's report | Official | | | | | The Dong-A Ilbo | asserts |
 * | High-ranking officials of the embassy | Official | | Embassy of North Korea in Russia | changes | The embassy's officials become richer | A Russian who lives near the embassy | estimates, "seemed" |
 * | High-ranking officials whose expenses the workers' money pays | Official | | | spender | High-ranking officials' business expenses are paid | A North Korean defector aged 46 | asserts |
 * | High-ranking officials whose expenses the workers' money pays | Official | | | spender | Officials dine out | A North Korean defector aged 46 | asserts |
 * | Kim Jong Il | Leader of North Korea | North Korea | | distinguished | The only foreign head of state in the report | An official who speaks about the governor's report; Sergei Darkin via The governor's annual report of February 2008 | asserts |
 * | Kim Jong Il | Leader of North Korea | North Korea | | sender | North Korea sends working-level officials | Sergei Darkin via The governor's annual report of February 2008 | asserts, promised |
 * | North Korean diplomats | Diplomat | North Korea | | distinguished | A plate number for diplomats alone | The Dong-A Ilbo | asserts |
 * | North Korean senior officials who lobby for the quota | Official | North Korea | | host | Free tours of North Korea for officials | A foreign employer of North Korean workers | asserts |
 * | North Korean senior officials who lobby for the quota | Official | North Korea | | lobbyist | Lobbying for a larger quota of workers | A foreign employer of North Korean workers | asserts |
 * | Officials who speak about the companies' expenses | Official | | | | | The Dong-A Ilbo | asserts |
 * | Russian civil servants | Civil servant | Russia | | known-to | Lobbying Russian civil servants with bribes | A public official of Vladivostok | asserts |
 * | Russian civil servants | Civil servant | Russia | | lobbied | Lobbying Russian civil servants with bribes | A public official of Vladivostok | asserts |
 * | Russian civil servants | Civil servant | Russia | | recipient | Bribes to Russian civil servants | A public official of Vladivostok | asserts |
 * | Russian government officials who are given tours | Official | Russia | | guest | Free tours of North Korea for officials | A foreign employer of North Korean workers | asserts |
 * | Russian government officials who are given tours | Official | Russia | | lobbied | Lobbying for a larger quota of workers | A foreign employer of North Korean workers; The kg project (derived) | derived, asserts |
 * | Sergei Darkin | Governor of the Primorsky region | | Primorsky regional government | | | The Dong-A Ilbo | asserts |
 * | The North Korean firm's senior official who asks about restaurants | Senior official of a company | North Korea | The North Korean company whose senior official asked about restaurants | learner | A company official learns how to run a restaurant | The Dong-A Ilbo | asserts |
 * | The North Korean firm's senior official who asks about restaurants | Senior official of a company | North Korea | The North Korean company whose senior official asked about restaurants | learner | The official asks about costs and profit | The Dong-A Ilbo; The Russian manager of a restaurant | asserts |
 * | The delegates whose role is explained | Official | | | assignee | The delegates work out how many people are needed | An official who speaks about the governor's report; Sergei Darkin via The governor's annual report of February 2008; The kg project (derived) | derived, asserts, planned |
 * | Working officials to be invited for the summit | Official | | | invitee | Working officials are invited for the summit | Sergei Darkin via The governor's annual report of February 2008 | asserts, planned |
 * | Working-level officials whom Kim Jong Il promised to send | Official | North Korea | | traveller | North Korea sends working-level officials | Sergei Darkin via The governor's annual report of February 2008 | asserts, promised |
 * @example kg query officials country="North Korea"
 * | High-ranking officials of the embassy | Official | | Embassy of North Korea in Russia | changes | The embassy's officials become richer | A Russian who lives near the embassy; The Dong-A Ilbo | estimates, "seemed" |
 * | Kim Jong Il | Leader of North Korea | North Korea | | distinguished | The only foreign head of state in the report | An official who speaks about the governor's report; Sergei Darkin via The governor's annual report of February 2008 | asserts |
 * | Kim Jong Il | Leader of North Korea | North Korea | | sender | North Korea sends working-level officials | Sergei Darkin via The governor's annual report of February 2008 | asserts, promised |
 * | North Korean diplomats | Diplomat | North Korea | | distinguished | A plate number for diplomats alone | The Dong-A Ilbo | asserts |
 * | North Korean senior officials who lobby for the quota | Official | North Korea | | host | Free tours of North Korea for officials | A foreign employer of North Korean workers | asserts |
 * | North Korean senior officials who lobby for the quota | Official | North Korea | | lobbyist | Lobbying for a larger quota of workers | A foreign employer of North Korean workers | asserts |
 * | The North Korean firm's senior official who asks about restaurants | Senior official of a company | North Korea | The North Korean company whose senior official asked about restaurants | learner | A company official learns how to run a restaurant | The Dong-A Ilbo | asserts |
 * | The North Korean firm's senior official who asks about restaurants | Senior official of a company | North Korea | The North Korean company whose senior official asked about restaurants | learner | The official asks about costs and profit | The Dong-A Ilbo; The Russian manager of a restaurant | asserts |
 * | Working-level officials whom Kim Jong Il promised to send | Official | North Korea | | traveller | North Korea sends working-level officials | Sergei Darkin via The governor's annual report of February 2008 | asserts, promised |
 */
g.addNamespace("kgo", "https://kg.example/ontology#");
g.addNamespace("rdf", "http://www.w3.org/1999/02/22-rdf-syntax-ns#");
g.addNamespace("rdfs", "http://www.w3.org/2000/01/rdf-schema#");
g.addNamespace("org", "http://www.w3.org/ns/org#");
var r = function (term) { return g.IRI(term); };
var country = typeof country === "undefined" ? null : country;

// Entities of a kind, or of a kind below it.
var all = function (kind) {
  var below = g.V(r(kind)).followRecursive(g.M().in(r("rdfs:subClassOf")));
  return g.V(r(kind)).or(below).in(r("rdf:type"));
};

// The relations that lead from an event to those who take part in it.
var events = g.V(r("kgo:Event")).followRecursive(g.M().in(r("rdfs:subClassOf")));
var roles = g.V(r("kgo:Event")).or(events).in(r("rdfs:domain"));
var list = function (officials, save) {
  if (country !== null) { // theirs, or those of an embassy of theirs
    var home = g.V(country).tag("country");
    officials = officials.and(home.in(r("kgo:nationality"))
      .or(home.in(r("kgo:represents")).tag("mission").in(r("kgo:works-for"))));
  }
  save(officials.tag("official").in(roles, "role").tag("event").back("official"));
  save(officials.except(g.V().out(roles)).tag("official"));
};
var saveAll = function (path) {
  path.saveOpt(r("kgo:nationality"), "of").saveOpt(r("kgo:works-for"), "at").all();
};

// Those who hold a post, in an organisation or not; and those whose work is an
// official's.
var posts = all("org:Post"), placed = g.V().has(r("org:postIn"));
list(posts.and(placed).tag("as").out(r("org:postIn")).tag("at").back("as").in(r("org:holds")), function (path) {
  path.saveOpt(r("kgo:nationality"), "of").all();
});
list(posts.except(placed).tag("as").in(r("org:holds")), saveAll);
list(all("kgo:OfficialOccupation").tag("as").in(r("kgo:occupation")), saveAll);
