/**
 * Which figures are told, of what, and how are they printed?
 *
 * @param {entity} [of] - what the figure is of; anything if absent
 * @columns of, relation, figure, printed, source
 * @example kg query figures of="The captain's kickback"
 * | The captain's kickback | amount | 45000 USD | | N.Korea's Businesses Thriving in Russia | The Dong-A Ilbo | asserts, "it was found" | |
 * | The captain's kickback | amount | huge | huge | N.Korea's Businesses Thriving in Russia | A public official of Vladivostok | asserts | |
 * @example kg query figures of="Work permits for North Koreans in 2008"
 * | Work permits for North Koreans in 2008 | multiple | 4 times compared to Work permits in 2007 (four times higher) | four times higher | N.Korea's Businesses Thriving in Russia | The Dong-A Ilbo | asserts, planned | |
 * | Work permits for North Koreans in 2008 | permits | 12000 permits | | N.Korea's Businesses Thriving in Russia | The Dong-A Ilbo | asserts, planned | |
 */
// What claims are from: a document, or a dataset of FollowTheMoney.
var claims = g.Kind("Source").or(g.V("<schema:Dataset>").in("<rdf:type>")).tag("source").in("<dcterms:source>");
// Of which source a figure is told is that of the claim that tells it.
var things = g.Kind("Quantity").tag("figure").saveOpt("<kgo:printed>", "printed")
  .labelContext(claims).in(g.V("<schema:QuantitativeValue>").in("<rdfs:range>"), "relation").tag("of");
if (of) things = things.and(g.Reach(of).tag("asked"));
things.all();
