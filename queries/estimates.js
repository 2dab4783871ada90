/**
 * Which figures are not exact, and how are they printed?
 *
 * @param {entity} [of] - whose figures; all if absent
 * @columns of, relation, figure, printed, share of
 * @example kg query estimates
 * | Large bribes to Russians | amount | a large sum | a large sum | | The Dong-A Ilbo | asserts |
 * | Monthly collection from each worker | amount | about 400 to 500 USD per worker per month | about $400 to 500 | | A North Korean defector aged 46 | asserts, approximate |
 * | North Korean companies open offices in many parts of Russia | number-of-places | many parts | many parts | | The Dong-A Ilbo | asserts |
 * | Offices of North Korean firms in Russian provinces | number-of-places | about 30 of 49 provinces | about 30 | 49 provinces | A North Korean defector aged 39 | estimates, "I believe", approximate |
 * | Offices that oversee workers | share-responsible | about 90 percent of Offices of North Korean firms in Russian provinces | some 90 percent | Offices of North Korean firms in Russian provinces | A North Korean defector aged 39 | estimates, approximate |
 * | The captain's kickback | amount | huge | huge | | A public official of Vladivostok | asserts |
 * | Work permits for North Koreans in 2007 | permits | about 3000 permits | | | The Dong-A Ilbo; The kg project (derived) | derived, asserts, approximate |
 * | Work permits for North Koreans in 2008 | multiple | 4 times compared to Work permits for North Koreans in 2007 (four times higher) | four times higher | | The Dong-A Ilbo | asserts, planned |
 * | Workers leave Far East Russia | travellers | about 1000 to 5000 workers | about 1,000 to 5,000 | | North Korean defectors who estimate how many workers left | estimates, "estimate", approximate |
 * @example kg query estimates of=overseeing-offices
 * | Offices that oversee workers | share-responsible | about 90 percent of Offices of North Korean firms in Russian provinces | some 90 percent | Offices of North Korean firms in Russian provinces | A North Korean defector aged 39 | estimates, approximate |
 */
g.addNamespace("kgo", "https://kg.example/ontology#");
g.addNamespace("rdf", "http://www.w3.org/1999/02/22-rdf-syntax-ns#");
g.addNamespace("rdfs", "http://www.w3.org/2000/01/rdf-schema#");
g.addNamespace("schema", "https://schema.org/");
var r = function (term) { return g.IRI(term); };
var of = typeof of === "undefined" ? null : of;

var figures = g.V(r("schema:QuantitativeValue")).in(r("rdf:type"));
if (of !== null) figures = figures.and(g.V(of).out());
// A multiple of another figure is as exact as the words allow.
var exact = figures.has(r("schema:value")).except(g.V().has(r("kgo:approximate"))).except(g.V().has(r("kgo:compared-to")));
figures.except(exact).tag("figure")
  .in(g.V(r("schema:QuantitativeValue")).in(r("rdfs:range")), "relation").tag("of").back("figure")
  .saveOpt(r("kgo:printed"), "printed").saveOpt(r("kgo:of"), "share of").all();
