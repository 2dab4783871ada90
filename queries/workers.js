/**
 * What happens to workers: who hires, permits, oversees and charges them, where do they go, how many, and why?
 *
 * @param {Workforce} [workers] - which workers; all if absent
 * @columns workers, role, event, by, from, to, figure, because, for
 * @example kg query workers
 * | North Korean workers hired by a foreigner | employee | A foreign national hires North Korean workers | A foreign employer of North Korean workers | | | | | | The Dong-A Ilbo | asserts |
 * | North Korean workers in Russia | beneficiary | Work permits for North Koreans in 2007 | Primorsky regional government | | | about 3000 permits | | | The Dong-A Ilbo; The kg project (derived) | derived, asserts, approximate |
 * | North Korean workers in Russia | felt-by | The discontent of the workers | | | | | | | A North Korean defector aged 46 | asserts |
 * | North Korean workers in Russia | payer | Money out of the workers' pockets | | | | | | | Officials who speak about the companies' expenses | asserts |
 * | North Korean workers in Russia | payer | Monthly collection from each worker | North Korean companies in Russia | | | about 400 to 500 USD per worker per month | | | A North Korean defector aged 46 | asserts, approximate |
 * | North Korean workers in Russia | responsible-for | Offices that oversee workers | North Korean companies in Russia | | | about 90 percent of Offices of North Korean firms in Russian provinces | | | A North Korean defector aged 39 | estimates, approximate |
 * | North Korean workers in Russia | traveller | North Korean workers are sent to Russia | | | Russia | | | | North Korean defectors whom the paper's reporters met in Moscow | asserts |
 * | North Korean workers who are to get permits in 2008 | beneficiary | Work permits for North Koreans in 2008 | Primorsky regional government | | | 4 times compared to Work permits for North Koreans in 2007 (four times higher) | | The APEC summit of 2012 | The Dong-A Ilbo | asserts, planned |
 * | North Korean workers who are to get permits in 2008 | beneficiary | Work permits for North Koreans in 2008 | Primorsky regional government | | | 12000 permits | | The APEC summit of 2012 | The Dong-A Ilbo | asserts, planned |
 * | North Korean workers who came to the Primorsky region in 2007 | actor | Workers look for jobs in the Primorsky region | | | | | | | The Dong-A Ilbo | asserts |
 * | North Korean workers who came to the Primorsky region in 2007 | traveller | Workers come to the Primorsky region | | | Primorsky region | | | | The Dong-A Ilbo | asserts |
 * | North Korean workers who came to the Primorsky region in 2007 | traveller | Workers move from the Primorsky region to Moscow and smaller cities | | Primorsky region | Moscow | | Jobs become hard to find in the Primorsky region | | The Dong-A Ilbo | asserts |
 * | North Korean workers who came to the Primorsky region in 2007 | traveller | Workers move from the Primorsky region to Moscow and smaller cities | | Primorsky region | Smaller cities where construction is booming | | Jobs become hard to find in the Primorsky region | | The Dong-A Ilbo | asserts |
 * | North Korean workers who left Far East Russia | actor | Workers look for jobs around Moscow | | | | | | | North Korean defectors who estimate how many workers left | estimates, "estimate", attempted |
 * | North Korean workers who left Far East Russia | traveller | Workers leave Far East Russia | | Far East Russia | Cities around Moscow | about 1000 to 5000 workers | | Workers look for jobs around Moscow | North Korean defectors who estimate how many workers left | estimates, "estimate", approximate, attempted |
 * @example kg query workers workers=workers-who-left
 * | North Korean workers who left Far East Russia | actor | Workers look for jobs around Moscow | | | | | | | North Korean defectors who estimate how many workers left | estimates, "estimate", attempted |
 * | North Korean workers who left Far East Russia | traveller | Workers leave Far East Russia | | Far East Russia | Cities around Moscow | about 1000 to 5000 workers | | Workers look for jobs around Moscow | North Korean defectors who estimate how many workers left | estimates, "estimate", approximate, attempted |
 */
g.addNamespace("kgo", "https://kg.example/ontology#");
g.addNamespace("rdf", "http://www.w3.org/1999/02/22-rdf-syntax-ns#");
g.addNamespace("rdfs", "http://www.w3.org/2000/01/rdf-schema#");
g.addNamespace("schema", "https://schema.org/");
var r = function (term) { return g.IRI(term); };
var workers = typeof workers === "undefined" ? null : workers;

// Entities of a kind, or of a kind below it.
var all = function (kind) {
  var below = g.V(r(kind)).followRecursive(g.M().in(r("rdfs:subClassOf")));
  return g.V(r(kind)).or(below).in(r("rdf:type"));
};

var group = workers === null ? all("kgo:Workforce") : g.V(workers);

// The relations that lead from an event to those who take part in it, and
// those that lead from it to a quantity.
var kinds = g.V(r("kgo:Event")).or(g.V(r("kgo:Event")).followRecursive(g.M().in(r("rdfs:subClassOf"))));
var roles = kinds.in(r("rdfs:domain"));
var figures = roles.has(r("rdfs:range"), r("schema:QuantitativeValue"));
var list = function (path) {
  path.saveOpt(r("kgo:cause"), "because").saveOpt(r("kgo:purpose"), "for")
    .saveOpt(r("kgo:issuer"), "by").saveOpt(r("kgo:employer"), "by")
    .saveOpt(r("kgo:collector"), "by").saveOpt(r("kgo:of-organisation"), "by")
    .saveOpt(r("kgo:origin"), "from").saveOpt(r("kgo:bound-for"), "to").all();
};

// Events with quantities, and those without.
var events = group.tag("workers").in(roles, "role").tag("event");
list(events.out(figures).tag("figure").back("event"));
list(events.except(g.V().in(figures)));
