import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { load } from 'js-yaml';
import { describe, expect, it } from 'vitest';
import type { Json } from '../../src/base/json.js';
import type { Api } from '../../src/ir/index.js';
import { specs } from '../support/cli.js';
import { compileAll, filesOf } from '../support/compile.js';
import { directOf } from '../support/services.js';
import { templateOf } from '../support/template.js';
import { hasVelocity, renderAll } from '../support/velocity.js';
import { placesIn, replaced, valueAt, type Path } from './sample.js';

/** What means something to Velocity, to regular expressions, or to the JSON that templates print. */
const payload = `a'"\\$x\${x}#if(1)#set($c=1)#end##*[^x]\\E.*`;

const renamed = (value: Json, path: Path): Json => {
  const parent = path.slice(0, -1);
  return replaced(value, parent, Object.fromEntries(Object.entries(valueAt(value, parent) as Record<string, Json>).map(([key, item]) => [key === path.at(-1) ? payload : key, item])));
};

const request = {
  body: '{"title":"a","to":"a","text":"b"}', params: { path: { shelf: '1', name: 'a' }, querystring: { topic: 'a,b' }, header: { Cookie: 'branch=a' } },
  context: { requestId: 'r', path: '/x', domainName: 'd', stage: 's', requestTime: '09/Apr/2026:12:34:56 +0000', requestTimeEpoch: 1775738096078, identity: {}, authorizer: { principalId: 'p', claims: '{}' } }, stageVariables: {},
};

describe.runIf(hasVelocity).each([['payload', ['listBooks', 'addBook']], ['service', ['readNotice', 'sendMessage']]])('a text of Velocity at every place of specs/%s', (name, operations) => {
  const document = load(readFileSync(join(specs, name, 'openapi.yaml'), 'utf8')) as Json;
  const places = placesIn(document);
  const variants = [...places.filter((path) => typeof valueAt(document, path) === 'string').map((path) => replaced(document, path, payload)), ...places.filter((path) => typeof path.at(-1) === 'string').map((path) => renamed(document, path))];

  it('is no directive, and breaks nothing of what is sent', async () => {
    const templates: string[] = [];
    for (const variant of variants) {
      const compilation = await compileAll({ stdin: JSON.stringify(variant) });
      if (compilation.failed || !compilation.api) continue;
      templateOf(filesOf(compilation).get('infra/template.yaml') ?? '');
      for (const operation of operations) if (compilation.api.operations.has(operation)) templates.push(requestOf(compilation.api, operation));
    }
    const distinct = [...new Set(templates)].filter((template) => template !== '');
    expect(distinct.length).toBeGreaterThan(8);
    for (const [index, { output = '', error }] of renderAll(distinct.map((template) => ({ template, request }))).entries()) {
      expect(error, distinct[index]).toBeUndefined();
      if (output.startsWith('Action=')) expect(new URLSearchParams(output).get('Version'), output).not.toBeNull();
      else expect(() => JSON.parse(output) as unknown, output).not.toThrow();
    }
  }, 240_000);
});

const requestOf = (api: Api, operation: string): string => {
  try {
    return directOf(api, operation).request ?? '';
  } catch {
    return '';
  }
};
