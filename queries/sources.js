/**
 * Who says how much, named or not, and via whom?
 *
 * @param {entity} [speaker] - whose claims; everybody's if absent
 * @columns source, publisher, speaker, name, via
 * @count claim claims
 * @example kg query sources
 * | N.Korea's Businesses Thriving in Russia | The Dong-A Ilbo | A Korean-Russian living in Nakhodka | | | 2 | A Korean-Russian living in Nakhodka | asserts |
 * | N.Korea's Businesses Thriving in Russia | The Dong-A Ilbo | A North Korean defector aged 39 | | | 2 | A North Korean defector aged 39 | estimates, "I believe" |
 * | N.Korea's Businesses Thriving in Russia | The Dong-A Ilbo | A North Korean defector aged 46 | | | 3 | A North Korean defector aged 46 | asserts |
 * | N.Korea's Businesses Thriving in Russia | The Dong-A Ilbo | A Russian who lives near the embassy | | | 3 | A Russian who lives near the embassy | estimates, "seemed" |
 * | N.Korea's Businesses Thriving in Russia | The Dong-A Ilbo | A Russian who works for a chain of food stores | | | 1 | A Russian who works for a chain of food stores | asserts |
 * | N.Korea's Businesses Thriving in Russia | The Dong-A Ilbo | A foreign employer of North Korean workers | | | 2 | A foreign employer of North Korean workers | asserts |
 * | N.Korea's Businesses Thriving in Russia | The Dong-A Ilbo | A public official of Vladivostok | | | 3 | A public official of Vladivostok | predicts, "will unlikely stop" |
 * | N.Korea's Businesses Thriving in Russia | The Dong-A Ilbo | An official who speaks about the governor's report | | | 2 | An official who speaks about the governor's report | asserts |
 * | N.Korea's Businesses Thriving in Russia | The Dong-A Ilbo | North Korean defectors who estimate how many workers left | | | 1 | North Korean defectors who estimate how many workers left | estimates, "estimate" |
 * | N.Korea's Businesses Thriving in Russia | The Dong-A Ilbo | North Korean defectors whom the paper's reporters met in Moscow | | | 2 | North Korean defectors whom the paper's reporters met in Moscow | asserts |
 * | N.Korea's Businesses Thriving in Russia | The Dong-A Ilbo | Officials who speak about the companies' expenses | | | 1 | Officials who speak about the companies' expenses | asserts |
 * | N.Korea's Businesses Thriving in Russia | The Dong-A Ilbo | Sergei Darkin | Sergei Darkin | The governor's annual report of February 2008 | 4 | Sergei Darkin via The governor's annual report of February 2008 | asserts |
 * | N.Korea's Businesses Thriving in Russia | The Dong-A Ilbo | The Dong-A Ilbo | The Dong-A Ilbo | | 35 | The Dong-A Ilbo | asserts, "easy to tell" |
 * | N.Korea's Businesses Thriving in Russia | The Dong-A Ilbo | The Russian manager of a restaurant | | | 1 | The Russian manager of a restaurant | asserts |
 * @example kg query sources speaker=defector-39
 * | N.Korea's Businesses Thriving in Russia | The Dong-A Ilbo | A North Korean defector aged 39 | | | 2 | A North Korean defector aged 39 | estimates, "I believe" |
 */
g.addNamespace("kgo", "https://kg.example/ontology#");
g.addNamespace("rdf", "http://www.w3.org/1999/02/22-rdf-syntax-ns#");
g.addNamespace("rdfs", "http://www.w3.org/2000/01/rdf-schema#");
g.addNamespace("dcterms", "http://purl.org/dc/terms/");
var r = function (term) { return g.IRI(term); };
var speaker = typeof speaker === "undefined" ? null : speaker;

var claims = g.V(r("kgo:Claim")).in(r("rdf:type"));
if (speaker !== null) claims = claims.has(r("kgo:speaker"), speaker);

// What came to the publisher through somebody, and what came directly.
var list = function (path) {
  path.out(r("dcterms:source")).tag("source").save(r("dcterms:publisher"), "publisher").back("claim")
    .out(r("kgo:speaker")).tag("speaker").saveOpt(r("rdfs:label"), "name").all();
};
list(claims.tag("claim").out(r("kgo:via")).tag("step").out(r("kgo:party")).tag("via").back("claim"));
list(claims.except(g.V().has(r("kgo:via"))).tag("claim"));
