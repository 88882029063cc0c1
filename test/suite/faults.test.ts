import { cpSync, existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { gatewright, root, scratch } from '../support/cli.js';
import { thorough } from '../support/thorough.js';

/** One fault of each kind that a suite has to go some way for: [the handler, the text, what takes its place, the operation, the promise, what is told]. */
const faults: readonly (readonly [file: string, from: string, to: string, operation: string, promise: string, told: RegExp])[] = [
  ['list-homes', "sort?.startsWith('-')", 'false', 'listHomes', 'list', /sort=-\w+ was asked for, and .* came after/],
  ['list-homes', 'price >= least && ', '', 'listHomes', 'list', /min_price=\d+ was asked for, and \d+ came/],
  ['list-homes', '(page - 1) * size', 'Math.max(0, (page - 1) * size - 1)', 'listHomes', 'list', /the first two pages of 2 have other items/],
  // The last of its handler, so that it is looked for alone: what the tests of other operations make fills more than a page.
  ['list-homes', "'x-total-count': wanted.length", "'x-total-count': wanted.length + 1", 'listHomes', 'list', /\d+ came, and x-total-count is \d+/],
  ['list-bookings', 'bookingId > after', 'bookingId > 0', 'listBookings', 'list', /page 2 was to have item 2/],
  ['get-home', 'tags.includes(tagOf(kept))', 'tags.length > 0', 'getHome', 'conditions', /the caller has another version, and the answer is 304/],
  ['change-home', "wanted !== undefined && wanted !== '*' &&", 'false &&', 'changeHome', 'conditions', /another version, and the answer is 200, not 412/],
  ['change-home', 'price = before.home.price', 'price = 1', 'changeHome', 'life', /does not name it, and body#\/price was \d+ and is 1/],
  ['book', 'if (before) return', 'if (false as boolean && before) return', 'book', 'life', /was sent before, and was answered as another one: 201/],
  ['cancel-booking', 'keep({ ...before, booking });', '', 'cancelBooking', 'life', /"cancelled" was answered at \/status, and "held" is read/],
];

/** The same of freight, whose things are of several kinds and come in batches. */
const ofFreight: typeof faults = [
  ['get-depot', 'body: depot }', 'body: (depot.remark === null ? (({ remark: _, ...rest }) => rest)(depot) as never : depot) }', 'getDepot', 'answers', /lacks `remark`/],
  ['list-shipments', 'wanted.slice(0, limit)', 'wanted.slice(0, limit === 25 ? 10 : limit)', 'listShipments', 'list', /25 were asked for, and 10 of 26 came/],
  ['shipments', 'pallet_type: wanted.pallet_type, ', '', 'createShipment', 'life', /"euro" was written to \/pallet_type, and null is read/],
  ['create-shipments', 'failed: results.length - succeeded', 'failed: results.length', 'createShipments', 'answers', /2 are answered, and 2 and 2 are counted/],
  ['create-shipments', 'return { index, status: 201', 'return { index: index + 1, status: 201', 'createShipments', 'answers', /2 are answered, from place 0 on, and body#\/results\/0\/index is 1/],
  ['shipments', 'registered: wanted.registered ?? false', 'registered: false', 'createShipment', 'life', /true was written to \/registered, and false is read/],
  ['create-shipments', "return { index, status: 422, error: 'There is no such depot' };", "throw new Error('There is no such depot');", 'createShipments', 'answers', /the status 500 is a fault of the server/],
  ['create-shipments', 'ship(company, wanted)', "ship('nobody', wanted)", 'createShipments', 'answers', /was made, and it is not found: 404/],
  ['list-shipments', 'shipment.weight >= least', 'shipment.weight > least', 'listShipments', 'list', /min_weight=\d+ was asked for, and what has just that is not found/],
  ['dispatch-shipment', "if (before.shipment.status !== 'draft') return problem(409, 'It was sent off before');", '', 'dispatchShipment', 'life', /it was done before, and the answer is 200/],
  ['delete-shipment', "!== 'draft'", "=== 'lost'", 'deleteShipment', 'life', /it is "dispatched", not draft, and the answer is 204/],
  ['replace-dock', '...(note === undefined ? {} : { note })', "note: note ?? before.note ?? ''", 'replaceDock', 'life', /replaced it, and body#\/note is "\w+" still/],
  ['documents', 'size: data.byteLength', 'size: data.byteLength - 1', 'uploadDocument', 'life', /12 bytes were sent, and the answer says 11/],
  ['download-document', "Buffer.from(kept.content, 'base64')", "Buffer.from(kept.content, 'base64').subarray(7)", 'uploadDocument', 'life', /"\w{12}" was sent, and 200 "\w{5}" comes back/],
];

/** The same of realworld, whose callers have accounts. */
const ofRealworld: typeof faults = [
  ['create-user', 'if (taken(user))', 'if (false as boolean)', 'createUser', 'life', /two are called "\w+", and getProfileByUsername finds one/],
  ['update-current-user', 'bio = before.bio', "bio = ''", 'updateCurrentUser', 'life', /does not name it, and body#\/user\/bio was "\w+" and is ""/],
  ['update-current-user', '...(password === undefined ? {} : secret(password))', '', 'updateCurrentUser', 'life', /took what login asks for, and the answer is 401/],
  ['get-articles', 'newest().filter', '[...newest()].reverse().filter', 'getArticles', 'list', /no other order was asked for, and "[\d:.TZ-]+" came after/],
  ['update-article', 'if (slug !== before.slug) forget(before.slug);', '', 'createArticle', 'life', /\d+ were listed, one was changed, and \d+ are/],
  ['create-article-favorite', '[...new Set([...before.favorites, principalId])]', '[...before.favorites, principalId, principalId]', 'createArticleFavorite', 'life', /it was done once, and body#\/article\/favoritesCount was 2 and is 0/],
];

/** Each takes seconds: at night all, before that every third where there are many. */
const tried = (all: typeof faults): typeof faults => (thorough ? all : all.filter((_, index) => index % 3 === 0));

/** Faults that are looked for in one run: no two of one file or one operation, so that each is told for itself. */
const together = (all: typeof faults): (typeof faults)[] => {
  const runs: (typeof faults)[number][][] = [];
  for (const fault of all) {
    const [file, , , operation] = fault;
    const run = runs.find((others) => !others.some(([otherFile, , , otherOperation]) => otherFile === file || otherOperation === operation));
    if (run) run.push(fault);
    else runs.push([fault]);
  }
  return runs;
};

describe.each([['stays', 'openapi.yaml', faults], ['freight', 'openapi.yaml', tried(ofFreight)], ['realworld', 'openapi.yml', tried(ofRealworld)]] as const)('handlers of %s with faults', (subject, spec, all) => {
  const own = join(root, 'test/mutation', subject);
  const overlay = join(own, 'gateway.overlay.yaml');
  const given = [join(own, spec), ...(existsSync(overlay) ? ['--overlay', overlay] : []), '--out'];
  let out = '';
  beforeAll(() => {
    out = scratch();
    expect(gatewright(['build', ...given, out]).code).toBe(0);
    for (const [part, to] of [['handlers', 'handlers'], ['authorizers', 'authorizers'], ['workers', 'workers'], ['fixtures.ts', 'test/fixtures.ts']] as const) if (existsSync(join(own, part))) cpSync(join(own, part), join(out, to), { recursive: true });
    cpSync(join(root, 'test/mutation/store.ts'), join(out, 'store.ts'));
  });

  describe.each(together(all).map((run, index) => [index + 1, run] as const))('run %i', (index, run) => {
    let cases: readonly { outcome: string; promise: string; operation: string; message?: string }[] = [];
    beforeAll(() => {
      const before = run.map(([file, from, to]) => {
        const path = join(out, `handlers/${file}.ts`);
        const text = readFileSync(path, 'utf8');
        expect(text, path).toContain(from);
        writeFileSync(path, text.replace(from, to));
        return [path, text] as const;
      });
      // What an earlier run left behind has the names that this one would give.
      const tested = gatewright(['test', ...given, out, ...run.flatMap(([, , , operation]) => ['--operation', operation]), '--format', 'json'], { env: { MUTATION_STORE: join(out, `store-${index}.json`) } });
      for (const [path, text] of before) writeFileSync(path, text);
      ({ cases } = JSON.parse(tested.out) as { cases: typeof cases });
    });

    it.each(run)('of %s is told: %s → %s', (_file, _from, _to, operation, promise, told) => {
      expect(cases.filter((each) => each.outcome === 'broken' && each.promise === promise && each.operation === operation).map(({ message }) => message)).toContainEqual(expect.stringMatching(told));
    });
  });
});
