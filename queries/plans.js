/**
 * What is planned, promised or attempted, for when, and to what end, source by source?
 *
 * @param {entity} [by] - who or what has a part in it; anything if absent
 * @columns event, status, date, purpose, source
 * @example kg query plans
 * | A shipment of crude oil without report to customs | attempted | | | N.Korea's Businesses Thriving in Russia | The Dong-A Ilbo | asserts, attempted | |
 * | Businesses expand | planned | | | N.Korea's Businesses Thriving in Russia | The Dong-A Ilbo | asserts, planned | |
 * | People are sent to build the venue | planned | | The conference venue is built | N.Korea's Businesses Thriving in Russia | An official who speaks about the governor's report | asserts, planned | |
 * | Pyongyang's businesses in Russia become more diverse | attempted | | | N.Korea's Businesses Thriving in Russia | The Dong-A Ilbo | asserts, attempted | |
 * | Snake liquor is offered to a store's employee | attempted | | | N.Korea's Businesses Thriving in Russia | A Russian who works for a chain of food stores | asserts, attempted | |
 * | The APEC summit of 2012 | planned | 2012 | | N.Korea's Businesses Thriving in Russia | Sergei Darkin via The governor's annual report of February 2008 | asserts, planned | |
 * | The conference venue is built | planned | | The APEC summit of 2012 | N.Korea's Businesses Thriving in Russia | An official who speaks about the governor's report; The kg project, from: An official who speaks about the governor's report; Sergei Darkin via The governor's annual report of February 2008 | asserts, planned; purpose: derived, planned | |
 * | The delegates work out how many people are needed | planned | | People are sent to build the venue | N.Korea's Businesses Thriving in Russia | An official who speaks about the governor's report | asserts, planned | |
 * | The quota for labourers is increased | attempted | | | N.Korea's Businesses Thriving in Russia | A foreign employer of North Korean workers | asserts, attempted | |
 * | Work permits for North Koreans in 2008 | planned | 2008 | The APEC summit of 2012 | N.Korea's Businesses Thriving in Russia | The Dong-A Ilbo | asserts, planned | |
 * | Workers look for jobs around Moscow | attempted | | | N.Korea's Businesses Thriving in Russia | North Korean defectors who estimate how many workers left | estimates, "estimate", attempted | |
 * | Working officials are invited for the summit | planned | 2008 (this year) | The APEC summit of 2012 | N.Korea's Businesses Thriving in Russia | Sergei Darkin via The governor's annual report of February 2008 | asserts, planned | |
 * | Working-level officials are sent | promised | | The APEC summit of 2012 | N.Korea's Businesses Thriving in Russia | Sergei Darkin via The governor's annual report of February 2008; The kg project, from: Sergei Darkin via The governor's annual report of February 2008 | asserts, promised; purpose: derived, planned, promised | |
 * @example kg query plans by="Kim Jong Il"
 * | Working-level officials are sent | promised | | The APEC summit of 2012 | N.Korea's Businesses Thriving in Russia | Sergei Darkin via The governor's annual report of February 2008; The kg project, from: Sergei Darkin via The governor's annual report of February 2008 | asserts, promised; purpose: derived, planned, promised | |
 */
// What claims are from: a document, or a dataset of FollowTheMoney.
var claims = g.Kind("Source").or(g.V("<schema:Dataset>").in("<rdf:type>")).tag("source").in("<dcterms:source>");
// When one source says what is planned, and another one when it was done, that is no
// date of the plan.
var events = g.V("<kgo:planned>", "<kgo:promised>", "<kgo:attempted>").tag("status")
  .oneContext(claims).in("<kgo:status>").tag("event");
if (by) events = events.and(g.Reach(by).tag("asked").in());
events.saveOpt("<kgo:date>", "date").saveOpt("<kgo:purpose>", "purpose").all();
