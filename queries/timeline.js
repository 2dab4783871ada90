/**
 * What happened when, or is to happen, in order, and how exactly is the day known?
 *
 * @param {entity} [involving] - who or what takes part, or where it happens; anything if absent
 * @columns date, precision, earliest, latest, event
 * @example kg query timeline
 * | 1990~/1993~ (early 1990s) | interval | 1990-01-01 | 1993-12-31 | Joint companies are active | A Korean-Russian living in Nakhodka | asserts; date: approximate | |
 * | 2005 | year | 2005-01-01 | 2005-12-31 | The freeze of North Korea's account | The Dong-A Ilbo | asserts | |
 * | 2006-41/.. (since the latter half of 2006) | interval | 2006-07-01 | | The embassy becomes full of life | North Korean defectors whom the paper's reporters met in Moscow | asserts | |
 * | 2007 (last year) | year | 2007-01-01 | 2007-12-31 | Work permits in 2007 | The Dong-A Ilbo | asserts | |
 * | 2007 (last year) | year | 2007-01-01 | 2007-12-31 | Workers come to the Primorsky region | The Dong-A Ilbo | asserts | |
 * | 2008 | year | 2008-01-01 | 2008-12-31 | Work permits for North Koreans in 2008 | The Dong-A Ilbo | asserts, planned | |
 * | 2008 (this year) | year | 2008-01-01 | 2008-12-31 | Working officials are invited for the summit | Sergei Darkin via The governor's annual report of February 2008 | asserts, planned | |
 * | 2008-02 (February) | month | 2008-02-01 | 2008-02-29 | The governor's annual report of February 2008 | The Dong-A Ilbo | asserts | |
 * | 2008-03-12 (March 12) | day | 2008-03-12 | 2008-03-12 | The captain is caught shipping oil | The Dong-A Ilbo | asserts | |
 * | 2008-03-30 (Sunday) | day | 2008-03-30 | 2008-03-30 | A company official learns how to run a restaurant | The Dong-A Ilbo | asserts | |
 * | 2008-04-02 (Wednesday afternoon) | day | 2008-04-02 | 2008-04-02 | The Benz passes on the street | The Dong-A Ilbo | asserts | |
 * | ../2008-04-04 (recently) | interval | | 2008-04-04 | Big players emerge | The Dong-A Ilbo | asserts | |
 * | ../2008-04-04 (recently) | interval | | 2008-04-04 | North Korean companies open offices in many parts of Russia | The Dong-A Ilbo | asserts | |
 * | ../2008-04-04 (recently) | interval | | 2008-04-04 | The embassy buys the Benz | The Dong-A Ilbo | asserts, "easy to tell" | |
 * | ../2008-04-04 (recently) | interval | | 2008-04-04 | The joint ventures resume their activities | The Dong-A Ilbo | asserts | |
 * | 2012 | year | 2012-01-01 | 2012-12-31 | The APEC summit of 2012 | Sergei Darkin via The governor's annual report of February 2008 | asserts, planned | |
 * @example kg query timeline involving=Vladivostok
 * | 2008-03-12 (March 12) | day | 2008-03-12 | 2008-03-12 | The captain is caught shipping oil | The Dong-A Ilbo | asserts | |
 * | 2012 | year | 2012-01-01 | 2012-12-31 | The APEC summit of 2012 | Sergei Darkin via The governor's annual report of February 2008 | asserts, planned | |
 * @example kg query timeline involving="North Korea"
 * | 1990~/1993~ (early 1990s) | interval | 1990-01-01 | 1993-12-31 | Joint companies are active | A Korean-Russian living in Nakhodka; The Dong-A Ilbo; The kg project, from: A Korean-Russian living in Nakhodka; The Dong-A Ilbo | A Korean-Russian living in Nakhodka: asserts; date: approximate; The Dong-A Ilbo: asserts; The kg project: derived | |
 * | 2005 | year | 2005-01-01 | 2005-12-31 | The freeze of North Korea's account | The Dong-A Ilbo | asserts | |
 * | 2006-41/.. (since the latter half of 2006) | interval | 2006-07-01 | | The embassy becomes full of life | North Korean defectors whom the paper's reporters met in Moscow; The Dong-A Ilbo | asserts | |
 * | 2007 (last year) | year | 2007-01-01 | 2007-12-31 | Work permits in 2007 | The Dong-A Ilbo; The kg project, from: The Dong-A Ilbo | The Dong-A Ilbo: asserts; The kg project: derived | |
 * | 2007 (last year) | year | 2007-01-01 | 2007-12-31 | Workers come to the Primorsky region | The Dong-A Ilbo | asserts | |
 * | 2008 | year | 2008-01-01 | 2008-12-31 | Work permits for North Koreans in 2008 | The Dong-A Ilbo | asserts, planned | |
 * | 2008-03-12 (March 12) | day | 2008-03-12 | 2008-03-12 | The captain is caught shipping oil | The Dong-A Ilbo | asserts | |
 * | 2008-03-30 (Sunday) | day | 2008-03-30 | 2008-03-30 | A company official learns how to run a restaurant | The Dong-A Ilbo | asserts | |
 * | ../2008-04-04 (recently) | interval | | 2008-04-04 | North Korean companies open offices in many parts of Russia | The Dong-A Ilbo | asserts | |
 * | ../2008-04-04 (recently) | interval | | 2008-04-04 | The embassy buys the Benz | The Dong-A Ilbo | asserts, "easy to tell" | |
 * | ../2008-04-04 (recently) | interval | | 2008-04-04 | The joint ventures resume their activities | The Dong-A Ilbo | asserts | |
 */
var events = g.Kind("Thing").tag("event");
if (involving) {
  var involved = g.Reach(involving).tag("involved");
  events = events.and(involved.or(involved.in()));
}
events.out(["<kgo:date>", "<kgo:published>"]).tag("date").save("<kgo:precision>", "precision")
  .saveOpt("<kgo:earliest>", "earliest").saveOpt("<kgo:latest>", "latest").all();
