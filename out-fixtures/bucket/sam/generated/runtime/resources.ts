import type { ResourceContract } from './contract.js';
import { environment, put } from './platform.js';

/** What a handler is told of a resource that its operation uses: what a client of that service needs to address it. */
export interface Table { readonly kind: 'table'; readonly name: string }
export interface Queue { readonly kind: 'queue'; readonly url: string }
export interface Topic { readonly kind: 'topic'; readonly arn: string }
export interface Bus { readonly kind: 'bus'; readonly name: string }
export interface Stream { readonly kind: 'stream'; readonly name: string }
export interface Workflow { readonly kind: 'workflow'; readonly arn: string }
export interface Bucket { readonly kind: 'bucket'; readonly name: string }
export interface Backend { readonly kind: 'http'; readonly url: string }

const addressedBy: { readonly [kind: string]: string } = { queue: 'url', http: 'url', topic: 'arn', workflow: 'arn' };

const made = new WeakMap<readonly ResourceContract[], { readonly [name: string]: unknown }>();

/** The resources by name, made once. One that the environment does not name fails where it is read, not before. */
export const resources = (contracts: readonly ResourceContract[]): { readonly [name: string]: unknown } => {
  const known = made.get(contracts);
  if (known) return known;
  const all = {};
  made.set(contracts, all);
  for (const { name, kind, variable } of contracts) {
    const resource = { kind };
    Object.defineProperty(resource, addressedBy[kind] ?? 'name', {
      enumerable: true,
      get: () => {
        const address = environment(variable);
        if (address === undefined) throw new Error(`The environment variable ${variable} is not set`);
        return address;
      },
    });
    put(all, name, resource);
  }
  return all;
};
