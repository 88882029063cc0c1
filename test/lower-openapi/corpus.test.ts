import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { createLocator } from '../../src/diagnostics/locate.js';
import { publish } from '../../src/lower/public-document.js';
import { lowerInput } from './support.js';

const corpus = fileURLToPath(new URL('../../../shared/corpus', import.meta.url));
const present = existsSync(corpus);
if (!present) console.warn(`The corpus of real descriptions is not at ${corpus}: its tests are left out.`);

/** Per document: operations, schemas that they use, and how often each code is reported. */
const rows: readonly [file: string, operations: number, schemas: number, codes: Readonly<Record<string, number>>][] = [
  ['petstore/openapi.yaml', 19, 6, {}],
  ['museum/openapi.yaml', 8, 22, {}],
  ['cafe-multifile/openapi.yaml', 12, 14, {}],
  ['realworld/openapi.yml', 19, 11, {}],
  ['iceberg-rest/rest-catalog-open-api.yaml', 35, 189, { 'document/unknown-field': 2, 'schema/ineffective-keyword': 6 }],
  ['camara-qod/API_definitions/quality-on-demand.yaml', 5, 39, {}],
  ['ga4gh-drs/data_repository_service.openapi.yaml', 9, 14, { 'reference/refused': 1 }],
  ['box/openapi.json', 278, 304, { 'path/fragment': 19, 'schema/ineffective-keyword': 9, 'schema/nullable-enum': 2 }],
  ['spotify/fixed-spotify-open-api.yml', 97, 90, {}],
  ['adyen-transfers/TransferService-v4.yaml', 12, 96, {}],
  ['netlify-20/swagger.yml', 174, 98, { 'path/trailing-slash': 1 }],
  ['paypal-orders/checkout_orders_v2.json', 8, 210, {}],
  ['qdrant/openapi.json', 69, 400, {}],
  ['twilio-verify/twilio_verify_v2.json', 57, 41, {}],
  ['meilisearch/open-api.json', 113, 85, {}],
  ['gw-aws-govuk-address/public-api.yaml', 3, 3, { 'parameter/ignored-header': 1, 'document/ignored-value': 2 }],
  ['gw-aws-govuk-address/private-api.yaml', 5, 9, {}],
  ['gw-aws-opg-lpa/lpa-openapi.yml', 4, 13, { 'document/unknown-field': 1 }],
  ['gw-apigee-nhs-supplier/openapi.yaml', 7, 16, {}],
  ['gw-aws-petstore-20/petstore-swagger-apigateway.json', 6, 6, {}],
  ['gw-kong-learnservice/learnservice_oas.yaml', 16, 17, {}],
  ['gw-google-bookstore-20/bookstore_swagger_template.json', 20, 5, {}],
  ['learn-oai/callback-example.yaml', 1, 0, {}],
  ['learn-oai/link-example.yaml', 6, 3, {}],
  ['learn-oai/non-oauth-scopes.yaml', 1, 0, { 'response/none': 1 }],
  ['learn-oai/tictactoe.yaml', 3, 6, {}],
  ['learn-oai/uspto.yaml', 3, 1, {}],
  ['learn-oai/webhook-example.yaml', 0, 0, { 'document/no-operations': 1 }],
  ['readme-fixtures/circular.json', 1, 1, {}],
  ['readme-fixtures/complex-nesting.json', 5, 9, { 'schema/ineffective-keyword': 1 }],
  ['readme-fixtures/discriminators.json', 10, 22, {}],
  ['readme-fixtures/file-uploads.json', 3, 0, {}],
  ['readme-fixtures/parameters-style-31.json', 23, 0, { 'path/fragment': 2, 'response/none': 23 }],
  ['readme-fixtures/parameters-style.json', 23, 0, { 'path/fragment': 2 }],
  ['readme-fixtures/polymorphism.json', 13, 7, {}],
  ['readme-fixtures/response-multiple-mediatypes.json', 4, 0, {}],
  ['readme-fixtures/schema-types-31.json', 23, 2, { 'response/none': 23, 'schema/ineffective-keyword': 3 }],
  ['readme-fixtures/schema-types.json', 21, 2, {}],
  ['readme-fixtures/security-31.json', 15, 0, {}],
  ['readme-fixtures/security.json', 15, 0, {}],
];

describe.runIf(present)('real descriptions', () => {
  test.each(rows)('%s', async (file, operations, schemas, codes) => {
    const { lowered, diagnostics, document, sources } = await lowerInput(file, { cwd: corpus, allowRoots: ['camara-qod'] });
    const found: Record<string, number> = {};
    for (const { code } of diagnostics) found[code] = (found[code] ?? 0) + 1;
    expect(found).toEqual(codes);
    expect([lowered?.operations.length, lowered?.schemas.size]).toEqual([operations, schemas]);
    if (!document) return;
    expect(Object.keys(publish(document).document)).toContain('openapi');
    if (diagnostics.length === 0) return;
    const locate = createLocator(sources, document.origins);
    for (const { at, key } of diagnostics) expect(locate(at, key).lineText?.trim()).not.toBe('');
    for (const { at } of diagnostics) expect(existsSync(join(corpus, at.file))).toBe(true);
  });
});
