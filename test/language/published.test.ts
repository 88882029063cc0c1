import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { Ajv } from 'ajv';
import { describe, expect, it } from 'vitest';
import { load } from 'js-yaml';
import { documentSchema } from '../../src/bind/schema/document.js';
import { referencePage } from '../../src/bind/schema/reference.js';
import { styles } from '../../src/integrations/index.js';

const print = (value: unknown): string => `${JSON.stringify(value, null, 1)}\n`;

// `npx vitest run test/language -u` writes them anew.
describe('what is published of the language is what the compiler reads', () => {
  it('schema', () => expect(print(documentSchema('normal'))).toMatchFileSnapshot('../../schema/x-gateway.schema.json'));
  it('strict schema', () => expect(print(documentSchema('strict'))).toMatchFileSnapshot('../../schema/x-gateway.strict.schema.json'));
  it('reference', () => expect(referencePage()).toMatchFileSnapshot('../../docs/language.md'));
  it.each(styles.map(({ name }) => name))('the style %s is explained', (name) => expect(existsSync(`src/integrations/${name}/explain.md`)).toBe(true));
});

const ajv = new Ajv({ allErrors: true, strict: false });
const validate = { normal: ajv.compile(documentSchema('normal')), strict: ajv.compile(documentSchema('strict')) };
const specs = readdirSync('specs').filter((name) => existsSync(`specs/${name}/openapi.yaml`));

describe('the published schema', () => {
  it.each(specs)('accepts specs/%s', (name) => {
    const value: unknown = load(readFileSync(`specs/${name}/openapi.yaml`, 'utf8'));
    validate.normal(value);
    expect(validate.normal.errors ?? []).toEqual([]);
    expect(validate.strict(value)).toBe(true);
  });

  it.each([
    ['an unknown key', { 'x-gateway': { protocl: 'rest' } }],
    ['a duration without unit', { 'x-gateway': { defaults: { timeout: '5' } } }],
    ['an unknown style', { paths: { '/a': { get: { 'x-gateway': { integration: { queu: 'a' } } } } } }],
    ['a scheme checked by nothing known', { components: { securitySchemes: { a: { 'x-gateway': { issuers: 'x' } } } } }],
    ['an allowance of another type', { 'x-gateway-allow': { rule: 'auth/open' } }],
  ])('refuses %s', (_, given) => expect(validate.normal({ openapi: '3.1.0', ...given })).toBe(false));

  it('leaves extensions alone, but for the strict form', () => {
    const given = { openapi: '3.1.0', 'x-gateway': { 'x-team': 'orders' } };
    expect([validate.normal(given), validate.strict(given)]).toEqual([true, false]);
  });
});
