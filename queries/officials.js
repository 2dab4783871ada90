/**
 * Which officials are there, named and unnamed, and in what do they take part?
 *
 * @param {Country} [country] - the country they are of; any if absent
 * @columns official, as, of, role, event
 * @example kg query officials
 * | A public official of Vladivostok | Official | | | | The Dong-A Ilbo | asserts |
 * | An official who speaks about the governor's report | Official | | | | The Dong-A Ilbo | asserts |
 * | High-ranking officials of the embassy | Official | | changes | The embassy's officials become richer | A Russian who lives near the embassy | estimates, "seemed" |
 * | High-ranking officials whose expenses the workers' money pays | Official | | spender | High-ranking officials' business expenses are paid | A North Korean defector aged 46 | asserts |
 * | High-ranking officials whose expenses the workers' money pays | Official | | spender | Officials dine out | A North Korean defector aged 46 | asserts |
 * | Kim Jong Il | Leader of North Korea | North Korea | distinguished | The only foreign head of state in the report | An official who speaks about the governor's report; Sergei Darkin via The governor's annual report of February 2008 | asserts |
 * | Kim Jong Il | Leader of North Korea | North Korea | sender | North Korea sends working-level officials | Sergei Darkin via The governor's annual report of February 2008 | asserts, promised |
 * | North Korean diplomats | Diplomat | North Korea | distinguished | A plate number for diplomats alone | The Dong-A Ilbo | asserts |
 * | North Korean senior officials who lobby for the quota | Official | North Korea | host | Free tours of North Korea for officials | A foreign employer of North Korean workers | asserts |
 * | North Korean senior officials who lobby for the quota | Official | North Korea | lobbyist | Lobbying for a larger quota of workers | A foreign employer of North Korean workers | asserts |
 * | Officials who speak about the companies' expenses | Official | | | | The Dong-A Ilbo | asserts |
 * | Russian civil servants | Civil servant | Russia | known-to | Lobbying Russian civil servants with bribes | A public official of Vladivostok | asserts |
 * | Russian civil servants | Civil servant | Russia | lobbied | Lobbying Russian civil servants with bribes | A public official of Vladivostok | asserts |
 * | Russian civil servants | Civil servant | Russia | recipient | Bribes to Russian civil servants | A public official of Vladivostok | asserts |
 * | Russian government officials who are given tours | Official | Russia | guest | Free tours of North Korea for officials | A foreign employer of North Korean workers | asserts |
 * | Russian government officials who are given tours | Official | Russia | lobbied | Lobbying for a larger quota of workers | A foreign employer of North Korean workers | asserts |
 * | Sergei Darkin | Governor of the Primorsky region | | | | The Dong-A Ilbo | asserts |
 * | The North Korean firm's official who asks about restaurants | Official | North Korea | learner | A company official learns how to run a restaurant | The Dong-A Ilbo | asserts |
 * | The North Korean firm's official who asks about restaurants | Official | North Korea | learner | The official asks about costs and profit | The Dong-A Ilbo; The Russian manager of a restaurant | asserts |
 * | Working officials to be invited for the summit | Official | | invitee | Working officials are invited for the summit | Sergei Darkin via The governor's annual report of February 2008 | asserts, planned |
 * | Working-level officials whom Kim Jong Il promised to send | Official | North Korea | assignee | The delegates work out how many people are needed | An official who speaks about the governor's report; Sergei Darkin via The governor's annual report of February 2008 | asserts, planned |
 * | Working-level officials whom Kim Jong Il promised to send | Official | North Korea | traveller | North Korea sends working-level officials | Sergei Darkin via The governor's annual report of February 2008 | asserts, promised |
 * @example kg query officials country="North Korea"
 * | Kim Jong Il | Leader of North Korea | North Korea | distinguished | The only foreign head of state in the report | An official who speaks about the governor's report; Sergei Darkin via The governor's annual report of February 2008 | asserts |
 * | Kim Jong Il | Leader of North Korea | North Korea | sender | North Korea sends working-level officials | Sergei Darkin via The governor's annual report of February 2008 | asserts, promised |
 * | North Korean diplomats | Diplomat | North Korea | distinguished | A plate number for diplomats alone | The Dong-A Ilbo | asserts |
 * | North Korean senior officials who lobby for the quota | Official | North Korea | host | Free tours of North Korea for officials | A foreign employer of North Korean workers | asserts |
 * | North Korean senior officials who lobby for the quota | Official | North Korea | lobbyist | Lobbying for a larger quota of workers | A foreign employer of North Korean workers | asserts |
 * | The North Korean firm's official who asks about restaurants | Official | North Korea | learner | A company official learns how to run a restaurant | The Dong-A Ilbo | asserts |
 * | The North Korean firm's official who asks about restaurants | Official | North Korea | learner | The official asks about costs and profit | The Dong-A Ilbo; The Russian manager of a restaurant | asserts |
 * | Working-level officials whom Kim Jong Il promised to send | Official | North Korea | assignee | The delegates work out how many people are needed | An official who speaks about the governor's report; Sergei Darkin via The governor's annual report of February 2008 | asserts, planned |
 * | Working-level officials whom Kim Jong Il promised to send | Official | North Korea | traveller | North Korea sends working-level officials | Sergei Darkin via The governor's annual report of February 2008 | asserts, promised |
 */
g.addNamespace("kg", "https://kg.example/");
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

// Those who hold a post, and those whose work is an official's.
var posts = all("org:Post").tag("as").in(r("org:holds"));
var work = g.V(r("kg:occupation/official"), r("kg:occupation/diplomat"), r("kg:occupation/civil-servant"))
  .tag("as").in(r("kgo:occupation"));
var officials = posts.or(work).tag("official");
officials = country === null ? officials.saveOpt(r("kgo:nationality"), "of")
                             : officials.out(r("kgo:nationality")).is(country).tag("of").back("official");

// The relations that lead from an event to those who take part in it.
var events = g.V(r("kgo:Event")).followRecursive(g.M().in(r("rdfs:subClassOf")));
var roles = g.V(r("kgo:Event")).or(events).in(r("rdfs:domain"));
officials.in(roles, "role").tag("event").all();
officials.except(g.V().out(roles)).all();
