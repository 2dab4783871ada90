/**
 * Which officials are there, named and unnamed, and in what do they take part?
 *
 * @param {Country} [country] - the country that officials serve or are from; any if absent
 * @columns official, as, when, of, at, role, event
 * @example kg query officials
 * | A public official of Vladivostok | Official | | | | | | The Dong-A Ilbo | asserts | |
 * | An official who speaks about the governor's report | Official | | | | | | The Dong-A Ilbo | asserts | |
 * | High-ranking officials of the embassy | Official | | | Embassy of North Korea in Russia | is what changes in | The embassy's officials become richer | A Russian who lives near the embassy | asserts; role, event: estimates, "seemed" | |
 * | High-ranking officials whose expenses the workers' money pays | Official | | | | is the spender in | High-ranking officials' business expenses are paid | A North Korean defector aged 46 | asserts | |
 * | High-ranking officials whose expenses the workers' money pays | Official | | | | is the spender in | Officials dine out | A North Korean defector aged 46 | asserts | |
 * | Kim Jong Il | Leader of North Korea | | North Korea | | is distinguished by | The only foreign head of state in the report | An official who speaks about the governor's report; Sergei Darkin via The governor's annual report of February 2008 | asserts | |
 * | Kim Jong Il | Leader of North Korea | | North Korea | | is the sender in | Working-level officials are sent | Sergei Darkin via The governor's annual report of February 2008 | asserts; role, event: promised | |
 * | North Korean diplomats | Diplomat | | North Korea | | is distinguished by | A plate number for diplomats alone | The Dong-A Ilbo | asserts | |
 * | North Korean senior officials who lobby for the quota | Official | | North Korea | | is the host of | Free tours of North Korea for officials | A foreign employer of North Korean workers | asserts | |
 * | North Korean senior officials who lobby for the quota | Official | | North Korea | | is the lobbyist in | Lobbying for a larger quota of labourers | A foreign employer of North Korean workers | asserts | |
 * | Officials who speak about the companies' expenses | Official | | | | | | The Dong-A Ilbo | asserts | |
 * | Russian civil servants | Civil servant | | Russia | | is among those who know of | Lobbying Russian civil servants with bribes | A public official of Vladivostok | asserts | |
 * | Russian civil servants | Civil servant | | Russia | | is lobbied in | Lobbying Russian civil servants with bribes | A public official of Vladivostok | asserts | |
 * | Russian civil servants | Civil servant | | Russia | | is the recipient of | Bribes to Russian civil servants | A public official of Vladivostok | asserts | |
 * | Russian government officials who are given tours | Official | | Russia | | is a guest of | Free tours of North Korea for officials | A foreign employer of North Korean workers | asserts | |
 * | Russian government officials who are given tours | Official | | Russia | | is lobbied in | Lobbying for a larger quota of labourers | A foreign employer of North Korean workers; The kg project, from: A foreign employer of North Korean workers | asserts; role, event: derived | |
 * | Sergei Darkin | Governor of the Primorsky region | | | Primorsky regional government | | | The Dong-A Ilbo; The kg project, from: The Dong-A Ilbo | asserts; at: derived | |
 * | The North Korean firm's senior official who asks about restaurants | Senior official of a company | | North Korea | The North Korean company whose senior official asked about restaurants | is the learner in | A company official learns how to run a restaurant | The Dong-A Ilbo | asserts | |
 * | The North Korean firm's senior official who asks about restaurants | Senior official of a company | | North Korea | The North Korean company whose senior official asked about restaurants | is the learner in | The official asks about costs and profit | The Dong-A Ilbo; The Russian manager of a restaurant | asserts | |
 * | The delegates whose role is explained | Official | | | | is the assignee of | The delegates work out how many people are needed | An official who speaks about the governor's report; The kg project, from: An official who speaks about the governor's report; Sergei Darkin via The governor's annual report of February 2008 | asserts, planned; as: derived | |
 * | Working officials to be invited for the summit | Official | | | | is invited in | Working officials are invited for the summit | Sergei Darkin via The governor's annual report of February 2008 | asserts, planned; as: asserts | |
 * | Working-level officials whom Kim Jong Il promised to send | Official | | North Korea | | is the traveller in | Working-level officials are sent | Sergei Darkin via The governor's annual report of February 2008; The kg project, from: Sergei Darkin via The governor's annual report of February 2008 | asserts, promised; as: asserts; of: derived | |
 * @example kg query officials country="North Korea"
 * | High-ranking officials of the embassy | Official | | | Embassy of North Korea in Russia | is what changes in | The embassy's officials become richer | A Russian who lives near the embassy; The Dong-A Ilbo | asserts; role, event: estimates, "seemed" | |
 * | Kim Jong Il | Leader of North Korea | | North Korea | | is distinguished by | The only foreign head of state in the report | An official who speaks about the governor's report; Sergei Darkin via The governor's annual report of February 2008 | asserts | |
 * | Kim Jong Il | Leader of North Korea | | North Korea | | is the sender in | Working-level officials are sent | Sergei Darkin via The governor's annual report of February 2008 | asserts; role, event: promised | |
 * | North Korean diplomats | Diplomat | | North Korea | | is distinguished by | A plate number for diplomats alone | The Dong-A Ilbo | asserts | |
 * | North Korean senior officials who lobby for the quota | Official | | North Korea | | is the host of | Free tours of North Korea for officials | A foreign employer of North Korean workers | asserts | |
 * | North Korean senior officials who lobby for the quota | Official | | North Korea | | is the lobbyist in | Lobbying for a larger quota of labourers | A foreign employer of North Korean workers | asserts | |
 * | The North Korean firm's senior official who asks about restaurants | Senior official of a company | | North Korea | The North Korean company whose senior official asked about restaurants | is the learner in | A company official learns how to run a restaurant | The Dong-A Ilbo | asserts | |
 * | The North Korean firm's senior official who asks about restaurants | Senior official of a company | | North Korea | The North Korean company whose senior official asked about restaurants | is the learner in | The official asks about costs and profit | The Dong-A Ilbo; The Russian manager of a restaurant | asserts | |
 * | Working-level officials whom Kim Jong Il promised to send | Official | | North Korea | | is the traveller in | Working-level officials are sent | Sergei Darkin via The governor's annual report of February 2008; The kg project, from: Sergei Darkin via The governor's annual report of February 2008 | asserts, promised; as: asserts; of: derived | |
 * @example kg query officials country=Russia
 * | A public official of Vladivostok | Official | | | | | | A public official of Vladivostok; The Dong-A Ilbo | asserts | |
 * | Russian civil servants | Civil servant | | Russia | | is among those who know of | Lobbying Russian civil servants with bribes | A public official of Vladivostok | asserts | |
 * | Russian civil servants | Civil servant | | Russia | | is lobbied in | Lobbying Russian civil servants with bribes | A public official of Vladivostok | asserts | |
 * | Russian civil servants | Civil servant | | Russia | | is the recipient of | Bribes to Russian civil servants | A public official of Vladivostok | asserts | |
 * | Russian government officials who are given tours | Official | | Russia | | is a guest of | Free tours of North Korea for officials | A foreign employer of North Korean workers | asserts | |
 * | Russian government officials who are given tours | Official | | Russia | | is lobbied in | Lobbying for a larger quota of labourers | A foreign employer of North Korean workers; The kg project, from: A foreign employer of North Korean workers | asserts; role, event: derived | |
 * | Sergei Darkin | Governor of the Primorsky region | | | Primorsky regional government | | | The Dong-A Ilbo; background; The kg project, from: The Dong-A Ilbo | The Dong-A Ilbo: asserts; The kg project: derived; background: asserts | |
 */
// The relations that lead from an event to those who take part in it. To hold a
// post is no other event.
var events = g.V("<kgo:Event>").or(g.V("<kgo:Event>").followRecursive(g.M().in("<rdfs:subClassOf>")));
var roles = events.in("<rdfs:domain>").except(g.V("<kgo:incumbent>", "<kgo:post>"));
var list = function (officials, employer) {
  if (employer) officials = officials.saveOpt(employer, "at");
  officials.saveOpt("<kgo:nationality>", "of").optional(g.M().in(roles, "role").tag("event")).all();
};
var of = function (path) { return country ? path.and(g.Reach(country)) : path; };

// Those who hold a post, or held it for a time, in an organisation or not; and
// those whose work is an official's. Who held a post of the country is its
// official, too, wherever they are of.
var tenures = function (posts) {
  return posts.in("<kgo:post>").tag("tenure").saveOpt("<kgo:date>", "when").out("<kgo:incumbent>").tag("official");
};
var holders = function (posts, employer) {
  list(of(posts.in("<org:holds>").tag("official")), employer);
  list(of(tenures(posts)), employer);
  if (country) list(tenures(of(posts)), employer);
};
holders(g.Kind("Post").tag("as").out("<org:postIn>").tag("at").back("as"));
holders(g.Kind("Post").except(g.V().has("<org:postIn>")).tag("as"), "<kgo:works-for>");
list(of(g.Kind("OfficialOccupation").tag("as").in("<kgo:occupation>").tag("official")), "<kgo:works-for>");
