/**
 * Which regions, cities and other places are there, and what is or happens in them?
 *
 * @param {Place} [place] - the place to look at, with what lies in it; all if absent
 * @columns place, within, relation, what
 * @example kg query regions
 * | A hotel in downtown Moscow | Moscow | is the place of | A company official learns how to run a restaurant | The Dong-A Ilbo | asserts | |
 * | Cities around Moscow | | is the destination of | Workers leave Far East Russia | North Korean defectors who estimate how many workers left | estimates, "estimate" | |
 * | Cities around Moscow | | is the place of | Workers look for jobs around Moscow | North Korean defectors who estimate how many workers left | estimates, "estimate", attempted | |
 * | Expensive restaurants where officials dine | | is the place of | Officials dine out | A North Korean defector aged 46 | asserts | |
 * | Far East Russia | Russia | is the origin of | Workers leave Far East Russia | North Korean defectors who estimate how many workers left; The Dong-A Ilbo | estimates, "estimate"; within: asserts | |
 * | Macau | China | is the place of | Banco Delta Asia | The Dong-A Ilbo; background | asserts | |
 * | Mos Film Street | Moscow | is the place of | Embassy of North Korea in Russia | The Dong-A Ilbo; The kg project, from: The Dong-A Ilbo | asserts; within: derived | |
 * | Mos Film Street | Moscow | is the place of | The Benz passes on the street | The Dong-A Ilbo; The kg project, from: The Dong-A Ilbo | asserts; within: derived | |
 * | Moscow | Russia | is the destination of | Workers move from the Primorsky region to Moscow and smaller cities | The Dong-A Ilbo | asserts | |
 * | Moscow | Russia | is the place of | Construction booms in Moscow and smaller cities | The Dong-A Ilbo | asserts | |
 * | Moscow | Russia | is the place of | The paper's reporters meet defectors | The Dong-A Ilbo | asserts | |
 * | Nakhodka | Primorsky region | is the home of | A Korean-Russian living in Nakhodka | The Dong-A Ilbo; background | asserts | |
 * | North Korea | | borders | Primorsky region | The Dong-A Ilbo | asserts | |
 * | North Korea | | is governed by | Government of North Korea | The kg project, from: The Dong-A Ilbo | derived | |
 * | North Korea | | is represented by | Embassy of North Korea in Russia | The Dong-A Ilbo | asserts | |
 * | North Korea | | is the destination of | Free tours of North Korea for officials | A foreign employer of North Korean workers | asserts | |
 * | North Korea | | is the flag state of | A North Korean freight ship | The Dong-A Ilbo | asserts | |
 * | Primorsky region | Far East Russia | borders | North Korea | The Dong-A Ilbo; background | asserts | |
 * | Primorsky region | Far East Russia | is a place that shows | The leadership's determination to expand businesses | The Dong-A Ilbo; background | asserts | |
 * | Primorsky region | Far East Russia | is governed by | Primorsky regional government | The Dong-A Ilbo; background | asserts | |
 * | Primorsky region | Far East Russia | is the destination of | Workers come to the Primorsky region | The Dong-A Ilbo; background | asserts | |
 * | Primorsky region | Far East Russia | is the origin of | Workers move from the Primorsky region to Moscow and smaller cities | The Dong-A Ilbo; background | asserts | |
 * | Primorsky region | Far East Russia | is the place of | Jobs become hard to find in the Primorsky region | The Dong-A Ilbo; background | asserts | |
 * | Primorsky region | Far East Russia | is the place of | Work permits for North Koreans in 2008 | background; The kg project, from: The Dong-A Ilbo | derived, planned; within: asserts | |
 * | Primorsky region | Far East Russia | is the place of | Work permits in 2007 | background; The kg project, from: The Dong-A Ilbo | derived; within: asserts | |
 * | Primorsky region | Far East Russia | is the place of | Workers look for jobs in the Primorsky region | The Dong-A Ilbo; background | asserts | |
 * | Russia | | has accredited to it | Embassy of North Korea in Russia | The kg project, from: The Dong-A Ilbo | derived | |
 * | Russia | | is a place of business of | Baekdu | The Dong-A Ilbo | asserts | |
 * | Russia | | is a place of business of | Daedong River | The Dong-A Ilbo | asserts | |
 * | Russia | | is a place of business of | Goonpyo | The Dong-A Ilbo | asserts | |
 * | Russia | | is a place of business of | Neungra | The Dong-A Ilbo | asserts | |
 * | Russia | | is a place of business of | North Korean companies in Russia whose expenses workers pay | Officials who speak about the companies' expenses | asserts | |
 * | Russia | | is a place of business of | North Korean companies that collect money from workers | A North Korean defector aged 46 | asserts | |
 * | Russia | | is the destination of | North Korean workers are sent to Russia | North Korean defectors whom the paper's reporters met in Moscow | asserts | |
 * | Russia | | is the place of | North Korean companies open offices in many parts of Russia | The Dong-A Ilbo | asserts | |
 * | Russia | | is the place of | Offices of North Korean firms in Russian provinces | A North Korean defector aged 39 | estimates, "I believe" | |
 * | Russia | | is the place of | Pyongyang's businesses in Russia | The Dong-A Ilbo | asserts | |
 * | Russia | | is the place of | The 39-year-old defector's stay in Russia | The Dong-A Ilbo | asserts | |
 * | Slavyanka shipyard | Vladivostok | is the place of | A shipment of crude oil without report to customs | The Dong-A Ilbo | asserts, attempted; within: asserts | |
 * | Slavyanka shipyard | Vladivostok | is the place of | The captain is caught shipping oil | The Dong-A Ilbo | asserts | |
 * | Smaller cities where construction is booming | | is the destination of | Workers move from the Primorsky region to Moscow and smaller cities | The Dong-A Ilbo | asserts | |
 * | Smaller cities where construction is booming | | is the place of | Construction booms in Moscow and smaller cities | The Dong-A Ilbo | asserts | |
 * | Vladivostok | Primorsky region | is the place of | A public official of Vladivostok | The Dong-A Ilbo; background | asserts | |
 * | Vladivostok | Primorsky region | is the place of | The APEC summit of 2012 | Sergei Darkin via The governor's annual report of February 2008; background | asserts, planned; within: asserts | |
 * @example kg query regions place=Macau
 * | Macau | China | is the place of | Banco Delta Asia | The Dong-A Ilbo; background | asserts | |
 * @example kg query regions place=Vladivostok
 * | Slavyanka shipyard | Vladivostok | is the place of | A shipment of crude oil without report to customs | The Dong-A Ilbo | asserts, attempted; within: asserts | |
 * | Slavyanka shipyard | Vladivostok | is the place of | The captain is caught shipping oil | The Dong-A Ilbo | asserts | |
 * | Vladivostok | Primorsky region | is the place of | A public official of Vladivostok | The Dong-A Ilbo; background | asserts | |
 * | Vladivostok | Primorsky region | is the place of | The APEC summit of 2012 | Sergei Darkin via The governor's annual report of February 2008; background | asserts, planned; within: asserts | |
 */
var places = g.Kind("Place");
if (place) places = places.and(g.Reach(place));

// The relations that lead to a place, other than its parts.
var kinds = g.V("<schema:Place>").or(g.V("<schema:Place>").followRecursive(g.M().in("<rdfs:subClassOf>")));
var relations = kinds.in("<rdfs:range>").except(g.V("<schema:containedInPlace>", "<kgo:nationality>"));
var at = places.tag("place").saveOpt("<schema:containedInPlace>", "within");
at.in(relations, "relation").tag("what").all();
at.out("<kgo:borders>", "relation").tag("what").all(); // a border has two sides
