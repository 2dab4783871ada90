/**
 * Who says how much, named or not, and via whom?
 *
 * @param {entity} [speaker] - who says it; everybody if absent
 * @columns source, publisher, speaker, name, via
 * @count claim claims
 * @example kg query sources
 * | N.Korea's Businesses Thriving in Russia | The Dong-A Ilbo | A Korean-Russian living in Nakhodka | | | 2 | A Korean-Russian living in Nakhodka | asserts | |
 * | N.Korea's Businesses Thriving in Russia | The Dong-A Ilbo | A North Korean defector aged 39 | | | 4 | A North Korean defector aged 39 | asserts; estimates; estimates, "I believe" | |
 * | N.Korea's Businesses Thriving in Russia | The Dong-A Ilbo | A North Korean defector aged 46 | | | 3 | A North Korean defector aged 46 | asserts | |
 * | N.Korea's Businesses Thriving in Russia | The Dong-A Ilbo | A Russian who lives near the embassy | | | 3 | A Russian who lives near the embassy | asserts; estimates, "seemed" | |
 * | N.Korea's Businesses Thriving in Russia | The Dong-A Ilbo | A Russian who works for a chain of food stores | | | 1 | A Russian who works for a chain of food stores | asserts | |
 * | N.Korea's Businesses Thriving in Russia | The Dong-A Ilbo | A foreign employer of North Korean workers | | | 2 | A foreign employer of North Korean workers | asserts | |
 * | N.Korea's Businesses Thriving in Russia | The Dong-A Ilbo | A public official of Vladivostok | | | 3 | A public official of Vladivostok | asserts; predicts, "will unlikely stop" | |
 * | N.Korea's Businesses Thriving in Russia | The Dong-A Ilbo | An official who speaks about the governor's report | | | 2 | An official who speaks about the governor's report | asserts | |
 * | N.Korea's Businesses Thriving in Russia | The Dong-A Ilbo | North Korean defectors who estimate how many workers left | | | 2 | North Korean defectors who estimate how many workers left | asserts; estimates, "estimate" | |
 * | N.Korea's Businesses Thriving in Russia | The Dong-A Ilbo | North Korean defectors whom the paper's reporters met in Moscow | | | 2 | North Korean defectors whom the paper's reporters met in Moscow | asserts | |
 * | N.Korea's Businesses Thriving in Russia | The Dong-A Ilbo | Officials who speak about the companies' expenses | | | 1 | Officials who speak about the companies' expenses | asserts | |
 * | N.Korea's Businesses Thriving in Russia | The Dong-A Ilbo | Sergei Darkin | Sergei Darkin | The governor's annual report of February 2008 | 4 | Sergei Darkin via The governor's annual report of February 2008 | asserts | |
 * | N.Korea's Businesses Thriving in Russia | The Dong-A Ilbo | The Dong-A Ilbo | The Dong-A Ilbo | | 37 | The Dong-A Ilbo | asserts; asserts, "easy to tell"; asserts, "it was found" | |
 * | N.Korea's Businesses Thriving in Russia | The Dong-A Ilbo | The Russian manager of a restaurant | | | 1 | The Russian manager of a restaurant | asserts | |
 * | N.Korea's Businesses Thriving in Russia | The Dong-A Ilbo | The kg project | The kg project | | 19 | The kg project, from: A Korean-Russian living in Nakhodka; A North Korean defector aged 39; A North Korean defector aged 46; A foreign employer of North Korean workers; A public official of Vladivostok; An official who speaks about the governor's report; North Korean defectors whom the paper's reporters met in Moscow; Sergei Darkin via The governor's annual report of February 2008; The Dong-A Ilbo; The Russian manager of a restaurant | derived; derived, estimates, "I believe"; derived, predicts, "will unlikely stop" | |
 * | Where places lie | The kg project | background | | | 6 | background | asserts | |
 * @example kg query sources speaker=defector-39
 * | N.Korea's Businesses Thriving in Russia | The Dong-A Ilbo | A North Korean defector aged 39 | | | 4 | A North Korean defector aged 39 | asserts; estimates; estimates, "I believe" | |
 */
var claims = g.Kind("Claim").tag("claim")
  .optional(g.M().out("<dcterms:source>").tag("source").saveOpt("<dcterms:publisher>", "publisher"))
  .optional(g.M().out("<kgo:via>").tag("step").saveOpt("<kgo:party>", "via"));
var list = function (path) {
  if (speaker) path = path.is(speaker);
  path.tag("speaker").saveOpt("<rdfs:label>", "name").all();
};

// What somebody says, and what the annotator concludes.
list(claims.out("<kgo:speaker>"));
list(claims.except(g.V().has("<kgo:speaker>")).out("<prov:wasAttributedTo>"));
