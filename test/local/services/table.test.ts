import { beforeEach, describe, expect, it } from 'vitest';
import type { JsonObject } from '../../../src/base/json.js';
import { fromItem, toItem, type Item } from '../../../src/local/services/attribute.js';
import { holds } from '../../../src/local/services/condition.js';
import { dynamodbActions } from '../../../src/local/services/dynamodb.js';
import { parseCondition, parseUpdate } from '../../../src/local/services/expression.js';
import { createTable } from '../../../src/local/services/table.js';
import { updated } from '../../../src/local/services/update.js';

const values = { ':s': { S: 'abc' }, ':n': { N: '5' }, ':m': { N: '05.0' }, ':l': { L: [{ S: 'x' }] }, ':set': { SS: ['b', 'a'] }, ':type': { S: 'S' }, ':neg': { N: '-1' } };
const item: Item = { ...toItem({ s: 'abcd', n: 5, list: ['x', 'y'], map: { deep: [1] }, none: null, flag: true }), set: { SS: ['a', 'b'] } };
const substitutions = { names: { '#n': 'n', '#dot': 'a.b' }, values };

describe('a condition', () => {
  it.each<[string, boolean]>([
    ['s = :s', false], ['s <> :s', true], ['begins_with(s, :s)', true], ['contains(s, :s)', true], ['s > :s', true],
    ['#n = :n', true], ['n = :m', true], ['n >= :n AND n <= :n', true], ['n BETWEEN :neg AND :n', true], ['n IN (:neg, :n)', true], ['n < :s', false],
    ['attribute_exists(map.deep[0])', true], ['attribute_exists(map.deep[1])', false], ['attribute_not_exists(nowhere)', true], ['attribute_type(s, :type)', true],
    ['contains(list, :s)', false], ['set = :set', true], ['size(list) < :n', true], ['nowhere = :s', false], ['nowhere <> :s', true], ['NOT nowhere = :s', true],
    ['s = :s OR n = :n AND n = :n', true], ['(s = :s OR n = :n) AND n = :neg', false], ['not s = :s and n = :n', true], ['attribute_exists(#dot)', false],
  ])('%s: %s', (text, want) => {
    expect(holds(parseCondition(text, substitutions), item)).toBe(want);
  });
  it.each(['', 's =', 's = :nothing', '#nothing = :s', 's = :s extra', 's = :s AND', 'size(s)', 's IN ()', 'a..b = :s', 's ! :s'])('is refused: %s', (text) => {
    expect(() => parseCondition(text, substitutions)).toThrow(expect.objectContaining({ code: 'ValidationException' }));
  });
});

describe('an update', () => {
  it.each<[string, JsonObject]>([
    ['SET x = :s', { x: 'abc' }],
    ['SET n = n + :n, map.deep[1] = :s', { n: 10, map: { deep: [1, 'abc'] } }],
    ['SET n = n - :n REMOVE s', { n: 0, s: undefined as never }],
    ['SET x = if_not_exists(s, :n), y = if_not_exists(nowhere, :n)', { x: 'abcd', y: 5 }],
    ['SET list = list_append(list, :l)', { list: ['x', 'y', 'x'] }],
    ['SET list[0] = :s, list[9] = :n', { list: ['abc', 'y', 5] }],
    ['REMOVE list[0], list[1], nowhere', { list: [] }],
    ['ADD n :n, fresh :n', { n: 10, fresh: 5 }],
    ['SET n = :neg ADD m :n', { n: -1, m: 5 }],
    ['DELETE set :set', { set: undefined as never }],
  ])('%s', (text, change) => {
    const after = fromItem(updated(item, parseUpdate(text, substitutions)));
    const want = { ...fromItem(item), ...change };
    expect(after).toEqual(JSON.parse(JSON.stringify(want)));
  });
  it.each(['SET x.y = :s', 'SET s[0] = :s', 'SET x = nowhere', 'SET n = n + :s', 'ADD s :s', 'SET a = :s, a.b = :n', 'SET list[0] = :s, list = :l', 'SET', 'PUT x = :s'])('is refused: %s', (text) => {
    expect(() => updated(item, parseUpdate(text, substitutions))).toThrow(expect.objectContaining({ code: 'ValidationException' }));
  });
});

describe('a table', () => {
  const key = { partition: 'p', sort: 's' };
  let call: (action: string, input: JsonObject) => unknown;
  beforeEach(() => {
    const actions = dynamodbActions(new Map([['local-t', createTable({ key, indexes: [{ name: 'byTag', partition: 'tag' }] })]]));
    call = (action, input) => actions[action]?.({ TableName: 'local-t', ...input });
  });
  const put = (p: string, s: string, more: JsonObject = {}): unknown => call('PutItem', { Item: toItem({ p, s, ...more }) });

  it.each<[string, string, JsonObject]>([
    ['a key that is not whole', 'GetItem', { Key: { p: { S: 'x' } } }],
    ['a key of another type', 'GetItem', { Key: { p: { S: 'x' }, s: { N: '1' } } }],
    ['more than the key', 'GetItem', { Key: { p: { S: 'x' }, s: { S: 'y' }, z: { S: 'z' } } }],
    ['an empty key', 'PutItem', { Item: { p: { S: '' }, s: { S: 'y' } } }],
    ['an index key of another type', 'PutItem', { Item: { p: { S: 'x' }, s: { S: 'y' }, tag: { N: '1' } } }],
    ['a number that is none', 'PutItem', { Item: { p: { S: 'x' }, s: { S: 'y' }, n: { N: 'one' } } }],
    ['an empty set', 'PutItem', { Item: { p: { S: 'x' }, s: { S: 'y' }, n: { SS: [] } } }],
    ['an item too large', 'PutItem', { Item: { p: { S: 'x' }, s: { S: 'y' }, n: { S: 'x'.repeat(410_000) } } }],
    ['a change of the key', 'UpdateItem', { Key: toItem({ p: 'x', s: 'y' }), UpdateExpression: 'SET s = :v', ExpressionAttributeValues: { ':v': { S: 'z' } } }],
    ['a query without its partition', 'Query', { KeyConditionExpression: 's = :v', ExpressionAttributeValues: { ':v': { S: 'z' } } }],
    ['an index that is none', 'Query', { IndexName: 'other', KeyConditionExpression: 'p = :v', ExpressionAttributeValues: { ':v': { S: 'z' } } }],
  ])('refuses %s', (_, action, input) => {
    expect(() => call(action, input)).toThrow(expect.objectContaining({ code: 'ValidationException' }));
  });

  it('tells what was there with a condition that failed, to those who ask', () => {
    put('x', 'y');
    const again = { Item: toItem({ p: 'x', s: 'y' }), ConditionExpression: 'attribute_not_exists(p)' };
    expect(() => call('PutItem', again)).toThrow(expect.objectContaining({ code: 'ConditionalCheckFailedException', fields: {} }));
    expect(() => call('PutItem', { ...again, ReturnValuesOnConditionCheckFailure: 'ALL_OLD' })).toThrow(expect.objectContaining({ fields: { Item: toItem({ p: 'x', s: 'y' }) } }));
  });

  it('has no order of its own in a key: names and parts never run into one another', () => {
    put('a","b', 'c');
    put('a', 'b","c');
    expect((call('Scan', {}) as { Count: number }).Count).toBe(2);
  });

  it('reads page by page, all items once', () => {
    for (const s of ['b', 'a', 'c', 'e', 'd']) put('x', s, { tag: 't' });
    const seen: string[] = [];
    let from: JsonObject | undefined;
    do {
      const { Items, LastEvaluatedKey } = call('Query', { IndexName: 'byTag', KeyConditionExpression: 'tag = :t', ExpressionAttributeValues: { ':t': { S: 't' } }, Limit: 2, ...(from ? { ExclusiveStartKey: from } : {}) }) as { Items: Item[]; LastEvaluatedKey?: JsonObject };
      seen.push(...Items.map((found) => String(fromItem(found)['s'])));
      from = LastEvaluatedKey;
    } while (from);
    expect(seen).toEqual(['a', 'b', 'c', 'd', 'e']);
  });
});
