import { documentOf, type Parts } from '../../mapping/support.js';

/** A document with a resource of every kind; `work` is accepted through one of them. */
export const resources = {
  inbox: { kind: 'queue', visibility: '60s', deadLetter: { after: 2 } }, ledger: { kind: 'queue', fifo: true }, notices: { kind: 'topic' }, events: { kind: 'bus' }, clicks: { kind: 'stream', shards: 2 },
  notes: { kind: 'table', key: { partition: 'owner', sort: 'noteId' }, indexes: { byTag: { partition: 'tag', sort: 'noteId' } } },
  nightly: { kind: 'workflow' }, pricing: { kind: 'workflow', type: 'express' }, receipts: { kind: 'bucket' },
} as const;

export const documentWith = (parts: Parts): object => documentOf({ ...parts, gateway: { resources, ...parts.gateway } });
