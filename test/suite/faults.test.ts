import { cpSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { gatewright, root, scratch } from '../support/cli.js';

/** One fault of each kind that a suite has to go some way for: [the handler, the text, what takes its place, the operation, the promise, what is told]. */
const faults: readonly (readonly [file: string, from: string, to: string, operation: string, promise: string, told: RegExp])[] = [
  // The first of its handler: what the others leave behind fills more than a page.
  ['list-homes', "'x-total-count': wanted.length", "'x-total-count': wanted.length + 1", 'listHomes', 'list', /\d+ came, and x-total-count is \d+/],
  ['list-homes', "sort?.startsWith('-')", 'false', 'listHomes', 'list', /sort=-\w+ was asked for, and .* came after/],
  ['list-homes', 'price >= least && ', '', 'listHomes', 'list', /min_price=\d+ was asked for, and \d+ came/],
  ['list-homes', '(page - 1) * size', 'Math.max(0, (page - 1) * size - 1)', 'listHomes', 'list', /the first two pages of 2 have other items/],
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
  ['create-shipments', 'failed: results.length - succeeded', 'failed: results.length', 'createShipments', 'answers', /2 are answered, and 2 and 2 are counted/],
];

describe.each([['stays', faults], ['freight', ofFreight]] as const)('a fault of a handler of %s', (subject, all) => {
  const own = join(root, 'test/mutation', subject);
  const given = [join(own, 'openapi.yaml'), '--out'];
  let out = '';
  beforeAll(() => {
    out = scratch();
    expect(gatewright(['build', ...given, out]).code).toBe(0);
    for (const part of ['handlers', 'workers']) cpSync(join(own, part), join(out, part), { recursive: true });
    cpSync(join(root, 'test/mutation/store.ts'), join(out, 'store.ts'));
  });

  it.each(all)('of %s is told: %s → %s', (file, from, to, operation, promise, told) => {
    const path = join(out, `handlers/${file}.ts`);
    const before = readFileSync(path, 'utf8');
    writeFileSync(path, before.replace(from, to));
    const run = gatewright(['test', ...given, out, '--operation', operation, '--format', 'json'], { env: { MUTATION_STORE: join(out, `${file}-${promise}.json`) } });
    writeFileSync(path, before);
    const { cases } = JSON.parse(run.out) as { cases: { outcome: string; promise: string; message?: string }[] };
    expect(cases.filter(({ outcome, promise: of, message }) => outcome === 'broken' && of === promise && told.test(message ?? '')).length).toBeGreaterThan(0);
  });
});
