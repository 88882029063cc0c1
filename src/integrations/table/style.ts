import { choice, either, map, number, object, template, text } from '../../language/shape.js';
import type { Resource, ServiceCall, Template } from '../../ir/index.js';
import type { Facts } from '../../language/bound.js';
import { missingArgument, needless, tableKey } from '../diagnostics.js';
import { constant, inputOf } from '../input.js';
import type { Style, StyleScope } from '../style.js';

const names = ['get', 'put', 'update', 'delete', 'query', 'scan'] as const;
type Action = (typeof names)[number];
/** Which call an action is, what it takes, and what of that it cannot do without. */
const actions: Readonly<Record<Action, { call: ServiceCall; takes: readonly string[]; needs: readonly string[] }>> = {
  get: { call: 'get-item', takes: ['key'], needs: ['key'] },
  put: { call: 'put-item', takes: ['key', 'item', 'condition'], needs: [] },
  update: { call: 'update-item', takes: ['key', 'set', 'condition'], needs: ['key', 'set'] },
  delete: { call: 'delete-item', takes: ['key', 'condition'], needs: ['key'] },
  query: { call: 'query-items', takes: ['key', 'index', 'limit', 'order'], needs: ['key'] },
  scan: { call: 'scan-items', takes: ['index', 'limit', 'reason'], needs: ['reason'] },
};
const attributes = (description: string) => map(description, template('A value.'));

/** The store's own API, called by the gateway: no function in between. */
export const tableStyle: Style = {
  name: 'table',
  shape: object('The gateway reads or writes a table itself. A condition that fails is a 409, a missing item a 404.', {
    table: text('Name of the table.'),
    action: choice('What is done.', names),
    key: map('Key attributes → their values.', template('A value.'), { examples: [{ orderId: '$request.path.orderId' }] }),
    item: template('What `put` stores beside its `key`; the request body unless said.'),
    set: attributes('What `update` changes.'),
    condition: either('What must hold for a write.', [
      choice('No such item yet, or one already.', ['absent', 'present']),
      attributes('Attributes that must have these values.'),
    ], { examples: ['absent', { version: '$request.body#/version' }] }),
    index: text('The index that `query` or `scan` reads.'),
    limit: either('How many items `query` or `scan` answers with at most.', [number('A number.', { integer: true, minimum: 1, maximum: 1000 }), text('An expression.')], { default: 100 }),
    order: choice('Order of `query` by the sort attribute.', ['ascending', 'descending'], { default: 'ascending' }),
    reason: text('Why `scan` may read the whole table, which costs what the table holds and not what is answered.', { examples: ['A table of a dozen regions.'] }),
  }, { required: ['action'] }),
  mean: (facts, scope) => {
    const action = facts.choice('action', names);
    const table = scope.resource(facts.text('table') ?? '', 'table', facts.where('table'));
    if (!action || !table) return undefined;
    const { call, takes, needs } = actions[action];
    for (const key of ['key', 'item', 'set', 'condition', 'index', 'limit', 'order', 'reason']) if (facts.has(key) && !takes.includes(key)) scope.report(needless({ key, action }, facts.where(key)));
    for (const key of needs) if (!facts.has(key)) scope.report(missingArgument({ key, action }, facts.origin));
    checkKey(facts, table, action, scope);
    const input = new Map<string, Template>(inputOf(facts, scope, ['item', 'index', 'order']));
    for (const name of ['key', 'set', 'condition']) {
      const entries = facts.map(name);
      if (entries) input.set(name, { kind: 'object', entries: [...inputOf(entries, scope, entries.keys())] });
    }
    const condition = facts.text('condition');
    if (condition !== undefined) input.set('condition', constant(condition));
    if (action === 'put' && !input.has('item')) setItem(input, scope);
    if (action === 'query' || action === 'scan') input.set('limit', inputOf(facts, scope, ['limit']).get('limit') ?? constant(100));
    return { backend: { kind: 'service', call, resource: table.name, input }, flow: 'wait', features: [{ id: 'service.table', at: facts.origin }] };
  },
};

/** Without an `item` the body is stored: what its schema describes, attribute by attribute. */
const setItem = (input: Map<string, Template>, scope: StyleScope): void => {
  const { body, origin } = scope.operation;
  const schema = body?.contents.find(({ kind }) => kind === 'json')?.schema;
  const names = schema ? scope.properties(schema) : [];
  if (names.length === 0) return;
  const described = scope.template({ value: Object.fromEntries(names.map((name) => [name, `$request.body#/${name.replaceAll('~', '~0').replaceAll('/', '~1')}`])), origin: body?.origin ?? origin });
  if (described) input.set('item', described);
};

/** Single items need the whole key; a query its partition, and perhaps the sort attribute. */
const checkKey = (facts: Facts, table: Extract<Resource, { kind: 'table' }>, action: Action, scope: StyleScope): void => {
  const given = facts.map('key');
  if (!given) return;
  const index = table.indexes.find((each) => each.name === facts.text('index'));
  const { partition, sort } = action === 'query' && index ? index : table.key;
  const known = [partition, ...(sort === undefined ? [] : [sort])];
  const wanted = action === 'query' ? [partition] : known;
  for (const attribute of wanted) if (!given.has(attribute) && action !== 'put') scope.report(tableKey({ table: table.name, attribute, action, unknown: false }, given.origin));
  for (const attribute of given.keys()) if (!known.includes(attribute)) scope.report(tableKey({ table: table.name, attribute, action, unknown: true }, given.where(attribute)));
};
