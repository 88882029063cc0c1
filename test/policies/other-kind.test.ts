import { describe, expect, it } from 'vitest';
import { sam } from '../../generators/sam/index.js';
import type { Capabilities } from '../../src/emit/capability.js';
import { compareKinds, describeOtherKind } from '../../src/emit/other-kind.js';
import { apiOf } from '../support/generated.js';
import { documentOf, keys, type Parts } from './support.js';

const told = async (parts: Parts): Promise<string> => describeOtherKind(compareKinds(await apiOf(documentOf(parts)), sam.capabilities as Capabilities));

describe('what the other kind of API would mean', () => {
  it('is what it loses, by the table of the target', async () => {
    const text = await told({ gateway: { stages: { prod: { cacheSize: 0.5 } } }, schemes: { key: keys }, security: [{ key: [] }], operation: { cache: { ttl: '1m', key: ['principal'] } } });
    expect(text).toBe('As an HTTP API, at less than a third of the price of a request, it would lose a response cache, a cache key with the caller in it, API keys with usage plans and a guard on renewing cached answers; leave tracing to the function.');
  });
  it('is what it gains', async () => {
    expect(await told({ protocol: 'http' })).toBe('As a REST API, at three and a half times the price of a request, it would lose nothing; gain tracing.');
  });
  it('is nothing but the price where the document asks for what both do', async () => {
    expect(await told({ gateway: { observability: { tracing: false } } })).toBe('As an HTTP API, at less than a third of the price of a request, it would lose nothing.');
  });
});
