import type { JsonObject } from '../base/json.js';
import { canonical } from '../base/order.js';
import type { Cursor } from '../document/cursor.js';
import type { Resource, Uploads } from '../ir/index.js';
import type { Facts } from '../language/bound.js';

/** Names of resources that were written and cannot be used; what is wrong with them was reported. */
export const brokenResources = (gateway: Facts, resources: ReadonlyMap<string, Resource>): ReadonlySet<string> =>
  new Set([...(gateway.map('resources')?.bound.entries.keys() ?? [])].filter((name) => !resources.has(name)));

/** `x-gateway.resources`, by name. One whose description is not whole was reported, and is left out. */
export const lowerResources = (gateway: Facts, root: Cursor): ReadonlyMap<string, Resource> =>
  new Map((gateway.map('resources')?.maps() ?? []).flatMap(([name, facts]) => {
    const resource = lowerResource(name, facts, root);
    return resource ? [[name, resource] as const] : [];
  }));

const lowerResource = (name: string, facts: Facts, root: Cursor): Resource | undefined => {
  const existing = facts.text('existing');
  const base = { origin: facts.origin, name, ...(existing === undefined ? {} : { existing }) };
  switch (facts.text('kind')) {
    case 'table': {
      const key = keyOf(facts.map('key'));
      const indexes = (facts.map('indexes')?.maps() ?? []).flatMap(([index, each]) => {
        const its = keyOf(each);
        return its ? [{ name: index, ...its }] : [];
      });
      return key && { ...base, kind: 'table', key, indexes };
    }
    case 'queue': {
      const deadLetter = facts.raw('deadLetter');
      const unwanted = deadLetter === undefined && facts.bound.entries.has('deadLetter');
      return {
        ...base,
        kind: 'queue',
        fifo: facts.boolean('fifo') ?? false,
        visibilityMs: facts.duration('visibility') ?? 60_000,
        // A message that fails for good would otherwise come back until it expires.
        ...(unwanted ? {} : { deadLetterAfter: facts.map('deadLetter')?.number('after') ?? 5 }),
      };
    }
    case 'topic':
      return { ...base, kind: 'topic', fifo: facts.boolean('fifo') ?? false };
    case 'bus':
      return { ...base, kind: 'bus' };
    case 'stream': {
      const shards = facts.number('shards');
      return { ...base, kind: 'stream', ...(shards === undefined ? {} : { shards }) };
    }
    case 'workflow': {
      const path = facts.text('definition');
      const written = path === undefined ? undefined : root.file(path, path, facts.where('definition'))?.object('the definition of a workflow');
      const definition = written && (canonical(written) as JsonObject);
      return { ...base, kind: 'workflow', type: facts.choice('type', ['standard', 'express']) ?? 'standard', ...(definition === undefined ? {} : { definition }) };
    }
    case 'bucket': {
      const uploads = uploadsOf(facts.map('uploads'));
      return { ...base, kind: 'bucket', ...(uploads ? { uploads } : {}) };
    }
    case 'http': {
      const url = facts.text('url');
      const vpcLink = facts.text('vpcLink');
      return url === undefined ? undefined : { ...base, kind: 'http', url, connectTimeoutMs: facts.duration('connectTimeout') ?? 2_000, ...(vpcLink === undefined ? {} : { vpcLink }) };
    }
    default:
      return undefined;
  }
};

const uploadsOf = (facts: Facts | undefined): Uploads | undefined => {
  const queue = facts?.text('through');
  const prefix = facts?.text('prefix');
  const suffix = facts?.text('suffix');
  return queue === undefined ? undefined : { queue, ...(prefix === undefined ? {} : { prefix }), ...(suffix === undefined ? {} : { suffix }) };
};

const keyOf = (facts: Facts | undefined): { partition: string; sort?: string } | undefined => {
  const partition = facts?.text('partition');
  const sort = facts?.text('sort');
  return partition === undefined ? undefined : { partition, ...(sort === undefined ? {} : { sort }) };
};
