/**
 * What happens to workers: who hires, permits, oversees and charges them, where do they go, how many, and why?
 *
 * @param {Workforce} [workers] - the group of workers; all if absent
 * @columns workers, role, event, by, from, to, figure, because, for
 * @example kg query workers
 * | North Korean workers from whom companies collect money | is the bearer of | The discontent of the workers | | | | | | | A North Korean defector aged 46 | asserts | |
 * | North Korean workers from whom companies collect money | is the payer of | Monthly collection from each worker | North Korean companies that collect money from workers | | | about 400 to 500 USD per worker per month | | | A North Korean defector aged 46 | asserts; figure: approximate | |
 * | North Korean workers from whom companies collect money | is the recipient of | Money earned by the workers | | | | | | | A North Korean defector aged 46 | asserts | |
 * | North Korean workers hired by a foreigner | is the employee in | A foreign national hires North Korean workers | A foreign employer of North Korean workers | | | | | | The Dong-A Ilbo | asserts | |
 * | North Korean workers out of whose pockets companies' expenses come | is the payer of | Money out of the workers' pockets | | | | | | | Officials who speak about the companies' expenses | asserts | |
 * | North Korean workers sent to Russia | is the traveller in | North Korean workers are sent to Russia | | | Russia | | | | North Korean defectors whom the paper's reporters met in Moscow | asserts | |
 * | North Korean workers who are to get permits in 2008 | is the beneficiary of | Work permits for North Koreans in 2008 | Primorsky regional government | | | 4 times compared to Work permits in 2007 (four times higher) | | The APEC summit of 2012 | The Dong-A Ilbo | asserts, planned | |
 * | North Korean workers who are to get permits in 2008 | is the beneficiary of | Work permits for North Koreans in 2008 | Primorsky regional government | | | 12000 permits | | The APEC summit of 2012 | The Dong-A Ilbo | asserts, planned | |
 * | North Korean workers who came to the Primorsky region in 2007 | is the actor in | Workers look for jobs in the Primorsky region | | | | | | | The Dong-A Ilbo | asserts | |
 * | North Korean workers who came to the Primorsky region in 2007 | is the traveller in | Workers come to the Primorsky region | | | Primorsky region | | | | The Dong-A Ilbo | asserts | |
 * | North Korean workers who came to the Primorsky region in 2007 | is the traveller in | Workers move from the Primorsky region to Moscow and smaller cities | | Primorsky region | Moscow | | Jobs become hard to find in the Primorsky region | | The Dong-A Ilbo | asserts | |
 * | North Korean workers who came to the Primorsky region in 2007 | is the traveller in | Workers move from the Primorsky region to Moscow and smaller cities | | Primorsky region | Smaller cities where construction is booming | | Jobs become hard to find in the Primorsky region | | The Dong-A Ilbo | asserts | |
 * | North Korean workers who got permits in 2007 | is the beneficiary of | Work permits in 2007 | Primorsky regional government | | | about 3000 permits | | | The kg project, from: The Dong-A Ilbo | derived; figure: approximate | |
 * | North Korean workers who left Far East Russia | is the actor in | Workers look for jobs around Moscow | | | | | | | North Korean defectors who estimate how many workers left | estimates, "estimate", attempted | |
 * | North Korean workers who left Far East Russia | is the traveller in | Workers leave Far East Russia | | Far East Russia | Cities around Moscow | about 1000 to 5000 workers | | Workers look for jobs around Moscow | North Korean defectors who estimate how many workers left | estimates, "estimate"; figure: approximate; for: attempted | |
 * | North Korean workers whom offices oversee | is overseen by | Offices that oversee workers | North Korean firms with offices in Russian provinces | | | about 90 percent of Offices of North Korean firms in Russian provinces | | | A North Korean defector aged 39; The kg project, from: A North Korean defector aged 39 | estimates; figure: approximate; by: derived, "I believe" | |
 * @example kg query workers workers=workers-who-left
 * | North Korean workers who left Far East Russia | is the actor in | Workers look for jobs around Moscow | | | | | | | North Korean defectors who estimate how many workers left | estimates, "estimate", attempted | |
 * | North Korean workers who left Far East Russia | is the traveller in | Workers leave Far East Russia | | Far East Russia | Cities around Moscow | about 1000 to 5000 workers | | Workers look for jobs around Moscow | North Korean defectors who estimate how many workers left | estimates, "estimate"; figure: approximate; for: attempted | |
 */
var group = g.Kind("Workforce");
if (workers) group = group.and(g.Reach(workers));

// The relations that lead from an event to those who take part in it, and
// those that lead from it to a quantity.
var kinds = g.V("<kgo:Event>").or(g.V("<kgo:Event>").followRecursive(g.M().in("<rdfs:subClassOf>")));
var roles = kinds.in("<rdfs:domain>");
var figures = roles.has("<rdfs:range>", "<schema:QuantitativeValue>");
group.tag("workers").in(roles, "role").tag("event").saveOpt(figures, "figure")
  .saveOpt("<kgo:cause>", "because").saveOpt("<kgo:purpose>", "for")
  .saveOpt(["<kgo:issuer>", "<kgo:employer>", "<kgo:collector>", "<kgo:of-organisation>"], "by")
  .saveOpt("<kgo:origin>", "from").saveOpt("<kgo:bound-for>", "to").all();
