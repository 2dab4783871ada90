/**
 * Who pays whom, how much and when, source by source?
 *
 * @param {entity} [party] - who pays or is paid; anybody if absent
 * @columns payment, payer, recipient, amount, date, purpose, source
 * @example kg query payments
 * | Bribes for large-scale projects | North Korea | | | | Large-scale projects | N.Korea's Businesses Thriving in Russia | A public official of Vladivostok | predicts, "will unlikely stop" | |
 * | Bribes to Russian civil servants | North Koreans who lobby with bribes | Russian civil servants | | | | N.Korea's Businesses Thriving in Russia | A public official of Vladivostok | asserts | |
 * | Large bribes to Russians | Big players who bribe Russians | Russians to whom the big players give bribes | a large sum | | | N.Korea's Businesses Thriving in Russia | The Dong-A Ilbo | asserts | |
 * | Money earned by the workers | | North Korean workers from whom companies collect money | | | | N.Korea's Businesses Thriving in Russia | A North Korean defector aged 46 | asserts | |
 * | Money out of the workers' pockets | North Korean workers out of whose pockets companies' expenses come | | | | | N.Korea's Businesses Thriving in Russia | Officials who speak about the companies' expenses | asserts | |
 * | Monthly collection from each worker | North Korean workers from whom companies collect money | North Korean companies that collect money from workers | about 400 to 500 USD per worker per month | | | N.Korea's Businesses Thriving in Russia | A North Korean defector aged 46 | asserts; amount: approximate | |
 * | The captain's kickback | The captain of a North Korean freight ship | The head of the crude oil storage company | 45000 USD | | | N.Korea's Businesses Thriving in Russia | The Dong-A Ilbo | asserts, "it was found" | |
 * | The captain's kickback | The captain of a North Korean freight ship | The head of the crude oil storage company | huge | | | N.Korea's Businesses Thriving in Russia | A public official of Vladivostok; The Dong-A Ilbo | asserts, "it was found"; amount: asserts | |
 * @example kg query payments party=captain
 * | The captain's kickback | The captain of a North Korean freight ship | The head of the crude oil storage company | 45000 USD | | | N.Korea's Businesses Thriving in Russia | The Dong-A Ilbo | asserts, "it was found" | |
 * | The captain's kickback | The captain of a North Korean freight ship | The head of the crude oil storage company | huge | | | N.Korea's Businesses Thriving in Russia | A public official of Vladivostok; The Dong-A Ilbo | asserts, "it was found"; amount: asserts | |
 */
// What claims are from: a document, or a dataset of FollowTheMoney.
var claims = g.Kind("Source").or(g.V("<schema:Dataset>").in("<rdf:type>")).tag("source").in("<dcterms:source>");
var roles = ["<kgo:payer>", "<kgo:recipient>", "<kgo:collector>"];

// What one source says of a payment is not mixed with what another one says of it. It
// says at least who has a part in it, or how much it is.
var payments = g.Kind("Payment").tag("payment").oneContext(claims)
  .has(roles.concat("<kgo:amount>")).unique();
if (party) payments = payments.and(g.Reach(party).tag("asked").in(roles));
payments.saveOpt("<kgo:payer>", "payer").optional(g.M().out(["<kgo:recipient>", "<kgo:collector>"]).tag("recipient"))
  .saveOpt("<kgo:amount>", "amount").saveOpt("<kgo:date>", "date").saveOpt("<kgo:purpose>", "purpose").all();
