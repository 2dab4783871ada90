/**
 * Who bribes whom, with how much, for what, and were they caught?
 *
 * @param {entity} [party] - who pays or is paid; anybody if absent
 * @columns bribe, payer, recipient, amount, purpose, revealed by, payer caught
 * @example kg query bribes
 * | Bribes for large-scale projects | North Korea | | | Large-scale projects | | | A public official of Vladivostok | predicts, "will unlikely stop" | |
 * | Bribes to Russian civil servants | North Koreans who lobby with bribes | Russian civil servants | | | | | A public official of Vladivostok | asserts | |
 * | Large bribes to Russians | Big players who bribe Russians | Russians to whom the big players give bribes | a large sum | | | | The Dong-A Ilbo | asserts | |
 * | The captain's kickback | The captain of a North Korean freight ship | The head of the crude oil storage company | 45000 USD | | | The captain is caught shipping oil | The Dong-A Ilbo | asserts, "it was found"; payer caught: asserts | |
 * | The captain's kickback | The captain of a North Korean freight ship | The head of the crude oil storage company | huge | | | The captain is caught shipping oil | A public official of Vladivostok; The Dong-A Ilbo | asserts; payer, recipient: "it was found" | |
 * @example kg query bribes party="Russian civil servants"
 * | Bribes to Russian civil servants | North Koreans who lobby with bribes | Russian civil servants | | | | | A public official of Vladivostok | asserts | |
 * @example kg query bribes party="North Korea"
 * | Bribes for large-scale projects | North Korea | | | Large-scale projects | | | A public official of Vladivostok | predicts, "will unlikely stop" | |
 * | Bribes to Russian civil servants | North Koreans who lobby with bribes | Russian civil servants | | | | | A public official of Vladivostok | asserts | |
 * | The captain's kickback | The captain of a North Korean freight ship | The head of the crude oil storage company | 45000 USD | | | The captain is caught shipping oil | The Dong-A Ilbo | asserts, "it was found"; payer caught: asserts | |
 * | The captain's kickback | The captain of a North Korean freight ship | The head of the crude oil storage company | huge | | | The captain is caught shipping oil | A public official of Vladivostok; The Dong-A Ilbo | asserts; payer, recipient: "it was found" | |
 */
var bribes = g.Kind("Bribe").tag("bribe");
if (party) bribes = bribes.and(g.Reach(party).tag("party").in(["<kgo:payer>", "<kgo:recipient>"]));
bribes
  .optional(g.M().out("<kgo:payer>").tag("payer").saveOptR("<kgo:intercepted>", "payer caught"))
  .saveOpt("<kgo:recipient>", "recipient").saveOpt("<kgo:amount>", "amount")
  .saveOpt("<kgo:purpose>", "purpose").saveOpt("<kgo:revealed-by>", "revealed by").all();
