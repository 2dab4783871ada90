/**
 * Which figures are not exact, and how are they printed?
 *
 * @param {entity} [of] - what the figure is of; anything if absent
 * @columns of, relation, figure, printed, share of
 * @example kg query estimates
 * | Large bribes to Russians | amount | a large sum | a large sum | | The Dong-A Ilbo | asserts | |
 * | Monthly collection from each worker | amount | about 400 to 500 USD per worker per month | about $400 to 500 | | A North Korean defector aged 46 | asserts; figure: approximate | |
 * | North Korean companies open offices in many parts of Russia | number of places | many parts | many parts | | The Dong-A Ilbo | asserts | |
 * | Offices of North Korean firms in Russian provinces | number of places | about 30 of 49 provinces | about 30 | 49 provinces | A North Korean defector aged 39 | estimates, "I believe"; figure: approximate | |
 * | Offices that oversee workers | share responsible | about 90 percent of Offices of North Korean firms in Russian provinces | some 90 percent | Offices of North Korean firms in Russian provinces | A North Korean defector aged 39 | estimates; figure: approximate | |
 * | The captain's kickback | amount | huge | huge | | A public official of Vladivostok | asserts | |
 * | Work permits for North Koreans in 2008 | multiple | 4 times compared to Work permits in 2007 (four times higher) | four times higher | | The Dong-A Ilbo | asserts, planned | |
 * | Work permits in 2007 | permits | about 3000 permits | | | The kg project, from: The Dong-A Ilbo | derived; figure: approximate | |
 * | Workers leave Far East Russia | travellers | about 1000 to 5000 workers | about 1,000 to 5,000 | | North Korean defectors who estimate how many workers left | estimates, "estimate"; figure: approximate | |
 * @example kg query estimates of=overseeing-offices
 * | Offices that oversee workers | share responsible | about 90 percent of Offices of North Korean firms in Russian provinces | some 90 percent | Offices of North Korean firms in Russian provinces | A North Korean defector aged 39 | estimates; figure: approximate | |
 */
var figures = g.Kind("Quantity");
if (of) figures = figures.and(g.Reach(of).tag("asked").out());
// A multiple of another figure is as exact as the words allow.
var exact = g.Kind("Quantity").has("<schema:value>").except(g.V().has("<kgo:approximate>")).except(g.V().has("<kgo:compared-to>"));
figures.except(exact).tag("figure").saveOpt("<kgo:printed>", "printed").saveOpt("<kgo:of>", "share of")
  .in(g.V("<schema:QuantitativeValue>").in("<rdfs:range>"), "relation").tag("of").all();
