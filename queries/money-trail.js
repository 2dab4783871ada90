/**
 * What is taken from whom, by whom, how much, and what does it pay for, to the end?
 *
 * @param {entity} [payer] - from whom the money is taken; anybody if absent
 * @columns from, taken by, amount, used by, for, leads to
 * @example kg query money-trail
 * | North Korean workers from whom companies collect money | North Korean companies that collect money from workers | about 400 to 500 USD per worker per month | High-ranking officials whose expenses the workers' money pays | Business expenses of high-ranking officials | | A North Korean defector aged 46 | asserts; amount: approximate | |
 * | North Korean workers from whom companies collect money | North Korean companies that collect money from workers | about 400 to 500 USD per worker per month | High-ranking officials whose expenses the workers' money pays | Meals at expensive restaurants | The workers' discontent grows | A North Korean defector aged 46; The kg project, from: A North Korean defector aged 46 | A North Korean defector aged 46: asserts; amount: approximate; The kg project: derived | |
 * | North Korean workers from whom companies collect money | North Korean companies that collect money from workers | about 400 to 500 USD per worker per month | The wives of the high-ranking officials | Expensive clothes | The workers' discontent grows | A North Korean defector aged 46; The kg project, from: A North Korean defector aged 46 | A North Korean defector aged 46: asserts; amount: approximate; The kg project: derived | |
 * | North Korean workers out of whose pockets companies' expenses come | | | North Korean companies in Russia whose expenses workers pay | Business expenses of the companies | | Officials who speak about the companies' expenses | asserts | |
 * | | | | The wives of the high-ranking officials | Expensive clothes | The workers' discontent grows | A North Korean defector aged 46 | asserts | |
 */
// A payment, from whom and by whom.
var paid = function (path) {
  if (payer) path = path.and(g.Reach(payer).tag("asked").in("<kgo:payer>"));
  path.saveOpt("<kgo:payer>", "from").saveOpt("<kgo:collector>", "taken by").saveOpt("<kgo:amount>", "amount").all();
};

// From what is spent, and from what that brings about, to the payment it is
// spent from; and what is taken without anybody saying what it pays for.
paid(g.Kind("Spending").tag("spending").save("<kgo:spender>", "used by")
  .saveOpt("<kgo:spent-on>", "for").saveOptR("<kgo:cause>", "leads to")
  .out("<kgo:paid-from>").tag("payment"));
paid(g.Kind("Levy").except(g.V().out("<kgo:paid-from>")).tag("payment"));
