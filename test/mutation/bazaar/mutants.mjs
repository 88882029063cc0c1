/** Single faults of the handlers: [file, what is wrong, the text that is replaced, what takes its place]. The subject is there for what is correct; these show that it is looked at. */
export const handlers = [
  ['list-boots', 'all sizes come', '&& (size === undefined || boot.size === size)', ''],
  ['add-boot', 'the time is another', 'since: time(since)', "since: time('2001-02-03T04:05:06Z')"],
  ['change-boot', 'it is not kept', "keep('boots', bootId, { bootId", "({ bootId"],
  ['withdraw-boot', 'nothing is put aside', "state: 'gone'", 'state: before.state'],
  ['list-constructors', 'the limit is ignored', '.slice(0, query.limit)', ''],
  ['add-constructor', 'what objects inherit is lost', "...(Object.hasOwn(body, 'toString') ? { toString: body.toString } : {})", ''],
  ['get-constructor', 'what is missing is empty', "error(404, 'no such constructor')", '({ status: 200, body: {} } as never)'],
  ['add-tag', 'all are called the same', "const tagId = next('tags')", 'const tagId = 1'],
  ['log-in', 'everybody may', "error(401, 'they do not belong together')", "({ status: 200, body: { accountId: 'a', email } })"],
  ['add-member', 'names are had twice', "find('members', handle) ?", "(false as boolean) ?"],
  ['add-line', 'the default is another', 'quantity = 1', 'quantity'],
  ['get-line', 'it is the first one', '`lines of ${cartId}`, lineNumber)', '`lines of ${cartId}`, 1)'],
  ['list-lines', 'it has those of all carts', 'each<Line>(`lines of ${cartId}`)', "each<Line>('lines')"],
  ['list-photos', 'the next page begins too early', 'String(at + limit)', 'String(at)'],
  ['list-photos', 'the search is ignored', 'q === undefined ||', 'true ||'],
  ['drop-stall', 'nothing is deleted', "forget('stalls', params.stallId) ?", '(true as boolean) ?'],
  ['get-stall', 'what is asked for is left out', "fields === 'rent' && rent", "fields === undefined && rent"],
  ['change-stall', 'it is not kept', "keep('stalls', stallId, { stallId, ...body })", '{ stallId, ...body }'],
];
export const gateway = [];
export const generated = [];
