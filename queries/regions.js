/**
 * Which regions, cities and other places are there, and what is or happens in them?
 *
 * @param {Place} [place] - one place; all if absent
 * @columns place, within, relation, what
 * @example kg query regions
 * | A hotel in downtown Moscow | Moscow | located-in | A company official learns how to run a restaurant | The Dong-A Ilbo | asserts |
 * | Cities around Moscow | | bound-for | Workers leave Far East Russia | North Korean defectors who estimate how many workers left | estimates, "estimate" |
 * | Cities around Moscow | | located-in | Workers look for jobs around Moscow | North Korean defectors who estimate how many workers left | estimates, "estimate", attempted |
 * | Expensive restaurants where officials dine | | located-in | Officials dine out | A North Korean defector aged 46 | asserts |
 * | Far East Russia | Russia | origin | Workers leave Far East Russia | North Korean defectors who estimate how many workers left; The Dong-A Ilbo | estimates, "estimate" |
 * | Macau | | located-in | Banco Delta Asia | The Dong-A Ilbo | asserts |
 * | Mos Film Street | Moscow | located-in | Embassy of North Korea in Russia | The Dong-A Ilbo | asserts |
 * | Mos Film Street | Moscow | located-in | The Benz passes on the street | The Dong-A Ilbo | asserts |
 * | Moscow | Russia | bound-for | Workers move from the Primorsky region to Moscow and smaller cities | The Dong-A Ilbo | asserts |
 * | Moscow | Russia | located-in | Construction booms in Moscow and smaller cities | The Dong-A Ilbo | asserts |
 * | Moscow | Russia | located-in | The paper's reporters meet defectors | The Dong-A Ilbo | asserts |
 * | Nakhodka | | lives-in | A Korean-Russian living in Nakhodka | The Dong-A Ilbo | asserts |
 * | North Korea | | borders | Primorsky region | The Dong-A Ilbo | asserts |
 * | North Korea | | destination | Free tours of North Korea for officials | A foreign employer of North Korean workers | asserts |
 * | North Korea | | flag | A North Korean freight ship | The Dong-A Ilbo | asserts |
 * | North Korea | | governs | Government of North Korea | The Dong-A Ilbo | asserts |
 * | North Korea | | represents | Embassy of North Korea in Russia | The Dong-A Ilbo | asserts |
 * | Primorsky region | | borders | North Korea | The Dong-A Ilbo | asserts |
 * | Primorsky region | | bound-for | Workers come to the Primorsky region | The Dong-A Ilbo | asserts |
 * | Primorsky region | | evident-in | The leadership's determination to expand businesses | The Dong-A Ilbo | asserts |
 * | Primorsky region | | governs | Primorsky regional government | The Dong-A Ilbo | asserts |
 * | Primorsky region | | located-in | Jobs become hard to find in the Primorsky region | The Dong-A Ilbo | asserts |
 * | Primorsky region | | located-in | Work permits for North Koreans in 2007 | The Dong-A Ilbo | asserts |
 * | Primorsky region | | located-in | Work permits for North Koreans in 2008 | The Dong-A Ilbo | asserts, planned |
 * | Primorsky region | | located-in | Workers look for jobs in the Primorsky region | The Dong-A Ilbo | asserts |
 * | Primorsky region | | origin | Workers move from the Primorsky region to Moscow and smaller cities | The Dong-A Ilbo | asserts |
 * | Russia | | accredited-to | Embassy of North Korea in Russia | The Dong-A Ilbo | asserts |
 * | Russia | | bound-for | North Korean workers are sent to Russia | North Korean defectors whom the paper's reporters met in Moscow | asserts |
 * | Russia | | located-in | Monthly collection from each worker | A North Korean defector aged 46 | asserts |
 * | Russia | | located-in | North Korean businesses in Russia | North Korean defectors whom the paper's reporters met in Moscow | asserts |
 * | Russia | | located-in | North Korean companies open offices in many parts of Russia | The Dong-A Ilbo | asserts |
 * | Russia | | located-in | Offices of North Korean firms in Russian provinces | A North Korean defector aged 39 | estimates, "I believe" |
 * | Russia | | located-in | The 39-year-old defector's stay in Russia | The Dong-A Ilbo | asserts |
 * | Russia | | located-in | The companies' business expenses are paid | Officials who speak about the companies' expenses | asserts |
 * | Russia | | located-in | The effort to diversify | The Dong-A Ilbo | asserts |
 * | Russia | | operates-in | Baekdu | The Dong-A Ilbo | asserts |
 * | Russia | | operates-in | Daedong River | The Dong-A Ilbo | asserts |
 * | Russia | | operates-in | Goonpyo | The Dong-A Ilbo | asserts |
 * | Russia | | operates-in | Neungra | The Dong-A Ilbo | asserts |
 * | Russia | | operates-in | North Korean companies in Russia | A North Korean defector aged 46 | asserts |
 * | Slavyanka shipyard | Vladivostok | located-in | A shipment of crude oil without report to customs | The Dong-A Ilbo | asserts, attempted |
 * | Slavyanka shipyard | Vladivostok | located-in | The captain is caught shipping oil | The Dong-A Ilbo | asserts |
 * | Smaller cities where construction is booming | | bound-for | Workers move from the Primorsky region to Moscow and smaller cities | The Dong-A Ilbo | asserts |
 * | Smaller cities where construction is booming | | located-in | Construction booms in Moscow and smaller cities | The Dong-A Ilbo | asserts |
 * | United States | | governs | Government of the United States | The Dong-A Ilbo | asserts |
 * | Vladivostok | | governs | The authorities of Vladivostok | The Dong-A Ilbo | asserts |
 * | Vladivostok | | located-in | The APEC summit of 2012 | Sergei Darkin via The governor's annual report of February 2008 | asserts, planned |
 * @example kg query regions place=Macau
 * | Macau | | located-in | Banco Delta Asia | The Dong-A Ilbo | asserts |
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

var places = (place === null ? all("schema:Place") : g.V(place)).tag("place");

// The relations that lead to a place, other than its parts.
var kinds = g.V(r("schema:Place")).or(g.V(r("schema:Place")).followRecursive(g.M().in(r("rdfs:subClassOf"))));
var relations = kinds.in(r("rdfs:range")).except(g.V(r("schema:containedInPlace"), r("kgo:nationality")));
var list = function (path) {
  path.tag("what").back("place").saveOpt(r("schema:containedInPlace"), "within").all();
};
list(places.in(relations, "relation"));
list(places.out(g.V(r("kgo:borders")), "relation")); // a border has two sides
