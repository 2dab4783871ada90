/**
 * Which companies and joint ventures are there, of which countries, and where do they work, and what has changed?
 *
 * @param {Country} [country] - the country a company is from; any if absent
 * @columns company, kind, of, works in, in, among, change, known from
 * @example kg query companies
 * | A chain of food stores | Company | | | | | | A Russian who works for a chain of food stores | The Dong-A Ilbo | asserts | |
 * | Baekdu | Company | North Korea | Russia | | North Korean companies that opened offices in Russia | | | The Dong-A Ilbo | asserts | |
 * | Banco Delta Asia | Bank | | | Macau | | | North Korea's account at Banco Delta Asia | The Dong-A Ilbo | asserts | |
 * | Daedong River | Company | North Korea | Russia | | North Korean companies that opened offices in Russia | | | The Dong-A Ilbo | asserts | |
 * | Dongbang Seafood | JointVenture | North Korea | | | Joint companies that were active in the early 1990s | Joint companies resume their businesses | | A Korean-Russian living in Nakhodka; The kg project, from: A Korean-Russian living in Nakhodka; The Dong-A Ilbo | asserts; of: derived | |
 * | Dongbang Seafood | JointVenture | Russia | | | Joint companies that were active in the early 1990s | Joint companies resume their businesses | | A Korean-Russian living in Nakhodka; The kg project, from: A Korean-Russian living in Nakhodka; The Dong-A Ilbo | asserts; of: derived | |
 * | Far East Marine Transportation | JointVenture | North Korea | | | Joint companies that were active in the early 1990s | Joint companies resume their businesses | | A Korean-Russian living in Nakhodka; The kg project, from: A Korean-Russian living in Nakhodka; The Dong-A Ilbo | asserts; of: derived | |
 * | Far East Marine Transportation | JointVenture | Russia | | | Joint companies that were active in the early 1990s | Joint companies resume their businesses | | A Korean-Russian living in Nakhodka; The kg project, from: A Korean-Russian living in Nakhodka; The Dong-A Ilbo | asserts; of: derived | |
 * | Goonpyo | Company | North Korea | Russia | | North Korean companies that opened offices in Russia | | | The Dong-A Ilbo | asserts | |
 * | Neungra | Company | North Korea | Russia | | North Korean companies that opened offices in Russia | | | The Dong-A Ilbo | asserts | |
 * | The North Korean company whose senior official asked about restaurants | Company | North Korea | | | | | | The Dong-A Ilbo | asserts | |
 * | The crude oil storage company | Company | | | | | | The head of the crude oil storage company | The Dong-A Ilbo | asserts | |
 * | The restaurant whose Russian manager was asked | Company | | | | | | The Russian manager of a restaurant | The Dong-A Ilbo | asserts | |
 * @example kg query companies country=Russia
 * | Dongbang Seafood | JointVenture | Russia | | | Joint companies that were active in the early 1990s | Joint companies resume their businesses | | A Korean-Russian living in Nakhodka; The kg project, from: A Korean-Russian living in Nakhodka; The Dong-A Ilbo | asserts; of: derived | |
 * | Far East Marine Transportation | JointVenture | Russia | | | Joint companies that were active in the early 1990s | Joint companies resume their businesses | | A Korean-Russian living in Nakhodka; The kg project, from: A Korean-Russian living in Nakhodka; The Dong-A Ilbo | asserts; of: derived | |
 */
var home = ["<kgo:nationality>", "<kgo:partner>"];
var companies = g.Kind("Company").tag("company");
var list = function (path) {
  path.save("<rdf:type>", "kind")
    .saveOpt("<kgo:operates-in>", "works in").saveOpt("<kgo:located-in>", "in")
    .saveOpt("<kgo:member-of>", "among").saveOptR("<kgo:changes>", "change").all();
};

// Those with a known country, of their own or of a partner; then those without,
// with whom or what they are known from, if anything.
var known = companies.out(home);
if (country) {
  list(known.is(country).tag("of").back("company"));
} else {
  list(known.tag("of").back("company"));
  var records = g.V("<kgo:Record>").or(g.V("<kgo:Record>").followRecursive(g.M().in("<rdfs:subClassOf>")));
  var relations = g.V("<rdf:Property>").in("<rdf:type>")
    .except(records.in("<rdfs:domain>")).except(g.V("<kgo:changes>"));
  list(companies.except(g.V().in(home)).optional(g.M().in(relations).tag("known from")));
}
