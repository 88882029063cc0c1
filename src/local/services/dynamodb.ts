import { own, type JsonObject } from '../../base/json.js';
import { listIn, neededIn, numberIn, objectIn, present, textIn, type Actions } from './action.js';
import { at } from './address.js';
import { checkedItem, sameAttribute, type Attribute, type Item } from './attribute.js';
import { attributeAt, holds } from './condition.js';
import { parseCondition, parseProjection, parseUpdate, substitutionsOf, type Condition, type Path } from './expression.js';
import { invalid, ServiceFailure } from './failure.js';
import type { Table } from './table.js';
import { updated, withAttribute } from './update.js';

const conditionIn = (input: JsonObject, name: string): Condition | undefined => {
  const text = textIn(input, name);
  return text === undefined ? undefined : parseCondition(text, substitutionsOf(input));
};

/** What `ReturnValues` asks for. */
const returned = (input: JsonObject, { before, after }: { readonly before: Item | undefined; readonly after: Item | undefined }, touched: readonly string[] = []): JsonObject => {
  const some = (item: Item | undefined): Item => Object.fromEntries(touched.flatMap((name) => (item && Object.hasOwn(item, name) ? [[name, item[name] as Attribute]] : [])));
  switch (textIn(input, 'ReturnValues')) {
    case 'ALL_OLD': return before ? { Attributes: before } : {};
    case 'ALL_NEW': return after ? { Attributes: after } : {};
    case 'UPDATED_OLD': return { Attributes: some(before) };
    case 'UPDATED_NEW': return { Attributes: some(after) };
    default: return {};
  }
};

/** What was there is told with a condition that failed to those who ask. */
const telling = <T>(input: JsonObject, act: () => T): T => {
  try {
    return act();
  } catch (error) {
    if (error instanceof ServiceFailure && textIn(input, 'ReturnValuesOnConditionCheckFailure') !== 'ALL_OLD') throw new ServiceFailure(error.code, error.message, error.status);
    throw error;
  }
};

/** Parts of lists stand next to one another in what a projection gives. */
const projected = (item: Item, paths: readonly Path[] | undefined): Item => {
  if (!paths) return item;
  let result: Item = {};
  for (const path of paths) {
    const value = attributeAt(item, path);
    if (!value) continue;
    for (const [index, step] of path.entries()) {
      const begun = path.slice(0, index) as unknown as Path;
      if (index > 0 && !attributeAt(result, begun)) result = withAttribute(result, begun, typeof step === 'number' ? { L: [] } : { M: {} });
    }
    result = withAttribute(result, path, value);
  }
  return result;
};

const projectionIn = (input: JsonObject): readonly Path[] | undefined => {
  const text = textIn(input, 'ProjectionExpression');
  return text === undefined ? undefined : parseProjection(text, substitutionsOf(input));
};

/** The partition that a key condition names: it must be one of equality, by `and` with at most one of the sort attribute. */
const partitionIn = (condition: Condition, name: string): Attribute | undefined => {
  if (condition.kind === 'and') return partitionIn(condition.left, name) ?? partitionIn(condition.right, name);
  if (condition.kind !== 'compare' || condition.comparator !== '=') return undefined;
  const { left, right } = condition;
  return left.kind === 'path' && left.path.length === 1 && left.path[0] === name && right.kind === 'value' ? right.value : undefined;
};

const page = (table: Table, input: JsonObject, candidates: readonly Item[], index: string | undefined): JsonObject => {
  const keyed = (item: Item): Item => {
    const { partition, sort } = table.keySchema(index);
    const names = [...Object.keys(table.keyOf(item)), partition, ...(sort === undefined ? [] : [sort])];
    return Object.fromEntries([...new Set(names)].map((name) => [name, item[name] as Attribute]));
  };
  const from = objectIn(input, 'ExclusiveStartKey');
  const start = from ? checkedItem(from) : undefined;
  const begin = start ? candidates.findIndex((item) => Object.entries(start).every(([name, value]) => item[name] && sameAttribute(item[name], value))) + 1 : 0;
  const limit = numberIn(input, 'Limit');
  if (limit !== undefined && limit < 1) throw invalid('1 validation error detected: Value at \'limit\' failed to satisfy constraint: Member must have value greater than or equal to 1');
  const read = candidates.slice(begin, limit === undefined ? undefined : begin + limit);
  const filter = conditionIn(input, 'FilterExpression');
  const found = filter ? read.filter((item) => holds(filter, item)) : read;
  const paths = projectionIn(input);
  const last = limit !== undefined && read.length === limit ? read.at(-1) : undefined;
  return present({
    ...(textIn(input, 'Select') === 'COUNT' ? {} : { Items: found.map((item) => projected(item, paths)) }),
    Count: found.length, ScannedCount: read.length, LastEvaluatedKey: last && keyed(last),
  });
};

/** The store's API, over embedded tables. */
export const dynamodbActions = (tables: ReadonlyMap<string, Table>): Actions => {
  const tableIn = (input: JsonObject): Table => at(tables, neededIn(input, 'TableName'), 'ResourceNotFoundException');
  const keyIn = (table: Table, input: JsonObject): Item => {
    const given = checkedItem(own(input, 'Key'));
    const key = table.keyOf(given);
    if (Object.keys(given).length !== Object.keys(key).length) throw invalid('The provided key element does not match the schema');
    return key;
  };
  const put = (input: JsonObject): JsonObject => {
    const table = tableIn(input);
    const item = checkedItem(own(input, 'Item'));
    return telling(input, () => returned(input, table.change(table.keyOf(item), conditionIn(input, 'ConditionExpression'), () => item)));
  };
  const remove = (input: JsonObject): JsonObject => {
    const table = tableIn(input);
    return telling(input, () => returned(input, table.change(keyIn(table, input), conditionIn(input, 'ConditionExpression'), () => undefined)));
  };
  return {
    GetItem: (input) => {
      const table = tableIn(input);
      const item = table.get(keyIn(table, input));
      return present({ Item: item && projected(item, projectionIn(input)) });
    },
    PutItem: put,
    DeleteItem: remove,
    UpdateItem: (input) => {
      const table = tableIn(input);
      const key = keyIn(table, input);
      const text = textIn(input, 'UpdateExpression');
      const changes = text === undefined ? [] : parseUpdate(text, substitutionsOf(input));
      if (changes.some(({ path }) => Object.hasOwn(key, path[0]))) throw invalid('One or more parameter values were invalid: Cannot update attribute. This attribute is part of the key');
      return telling(input, () => returned(input, table.change(key, conditionIn(input, 'ConditionExpression'), (before) => updated(before ?? key, changes)), changes.map(({ path }) => path[0])));
    },
    Query: (input) => {
      const table = tableIn(input);
      const index = textIn(input, 'IndexName');
      const condition = parseCondition(neededIn(input, 'KeyConditionExpression'), substitutionsOf(input));
      const { partition } = table.keySchema(index);
      const value = partitionIn(condition, partition);
      if (!value) throw invalid(`Query condition missed key schema element: ${partition}`);
      const items = table.read(index, value).filter((item) => holds(condition, item));
      return page(table, input, own(input, 'ScanIndexForward') === false ? [...items].reverse() : items, index);
    },
    Scan: (input) => {
      const table = tableIn(input);
      const index = textIn(input, 'IndexName');
      return page(table, input, table.read(index), index);
    },
    BatchGetItem: (input) => ({
      UnprocessedKeys: {},
      Responses: Object.fromEntries(Object.entries(objectIn(input, 'RequestItems') ?? {}).map(([name, asked]) => {
        const table = at(tables, name, 'ResourceNotFoundException');
        return [name, listIn(asked as JsonObject, 'Keys').flatMap((key) => table.get(table.keyOf(checkedItem(key))) ?? [])];
      })),
    }),
    BatchWriteItem: (input) => {
      for (const [name, requests] of Object.entries(objectIn(input, 'RequestItems') ?? {})) {
        for (const request of listIn({ requests }, 'requests')) {
          const [putting, removing] = [objectIn(request, 'PutRequest'), objectIn(request, 'DeleteRequest')];
          if (putting) put({ TableName: name, ...putting });
          else if (removing) remove({ TableName: name, ...removing });
        }
      }
      return { UnprocessedItems: {} };
    },
  };
};
