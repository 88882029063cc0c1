/**
 * What becomes of each description of the corpus when it is built as it is: `builds`, or the codes that it is refused with
 * and the place of the first. A row may only get better.
 */
export const outcomes: readonly (readonly [document: string, outcome: string])[] = [
  ['petstore/openapi.yaml', 'auth/mutation-open from petstore/openapi.yaml:377'],
  ['museum/openapi.yaml', 'builds'],
  ['cafe-multifile/openapi.yaml', 'builds'],
  ['realworld/openapi.yml', 'auth/mutation-open from realworld/openapi.yml:40'],
  ['iceberg-rest/rest-catalog-open-api.yaml', 'builds'],
  ['camara-qod/API_definitions/quality-on-demand.yaml', 'builds'],
  ['ga4gh-drs/data_repository_service.openapi.yaml', 'reference/refused from ga4gh-drs/components/responses/200ServiceInfo.yaml:6'],
  ['box/openapi.json', 'builds'],
  ['spotify/fixed-spotify-open-api.yml', 'builds'],
  ['adyen-transfers/TransferService-v4.yaml', 'auth/mutation-open from adyen-transfers/TransferService-v4.yaml:1172'],
  ['netlify-20/swagger.yml', 'builds'],
  ['paypal-orders/checkout_orders_v2.json', 'builds'],
  ['qdrant/openapi.json', 'builds'],
  ['twilio-verify/twilio_verify_v2.json', 'builds'],
  ['meilisearch/open-api.json', 'builds'],
  ['gw-aws-govuk-address/public-api.yaml', 'builds'],
  ['gw-aws-govuk-address/private-api.yaml', 'builds'],
  ['gw-aws-opg-lpa/lpa-openapi.yml', 'builds'],
  ['gw-apigee-nhs-supplier/openapi.yaml', 'builds'],
  ['gw-aws-petstore-20/petstore-swagger-apigateway.json', 'builds'],
  ['gw-kong-learnservice/learnservice_oas.yaml', 'auth/mutation-open from gw-kong-learnservice/learnservice_oas.yaml:353'],
  ['gw-google-bookstore-20/bookstore_swagger_template.json', 'builds'],
  ['learn-oai/callback-example.yaml', 'builds'],
  ['learn-oai/link-example.yaml', 'builds'],
  ['learn-oai/non-oauth-scopes.yaml', 'builds'],
  ['learn-oai/tictactoe.yaml', 'builds'],
  ['learn-oai/uspto.yaml', 'builds'],
  ['learn-oai/webhook-example.yaml', 'document/no-operations from learn-oai/webhook-example.yaml:1'],
  ['readme-fixtures/circular.json', 'builds'],
  ['readme-fixtures/complex-nesting.json', 'builds'],
  ['readme-fixtures/discriminators.json', 'builds'],
  ['readme-fixtures/file-uploads.json', 'builds'],
  ['readme-fixtures/parameters-style-31.json', 'builds'],
  ['readme-fixtures/parameters-style.json', 'builds'],
  ['readme-fixtures/polymorphism.json', 'builds'],
  ['readme-fixtures/response-multiple-mediatypes.json', 'builds'],
  ['readme-fixtures/schema-types-31.json', 'builds'],
  ['readme-fixtures/schema-types.json', 'builds'],
  ['readme-fixtures/security-31.json', 'auth/mutation-open from readme-fixtures/security-31.json:241'],
  ['readme-fixtures/security.json', 'auth/mutation-open from readme-fixtures/security.json:222'],
];

/** How often each code is told of all of them together: whoever changes a number has looked at what came or went. */
export const alarms: readonly (readonly [code: string, count: number])[] = [
  ['auth/basic', 7], ['auth/key-in-query', 4], ['auth/mutation-open', 20], ['auth/open', 15], ['auth/unchecked', 60], ['auth/unstated', 16], ['auth/weak-flow', 11],
  ['callbacks/unsigned', 3], ['document/ignored-value', 2], ['document/no-operations', 1], ['document/unknown-field', 3], ['path/fragment', 23], ['reference/refused', 1],
  ['response/none', 47], ['schema/ineffective-keyword', 19], ['schema/nullable-enum', 2], ['schema/slow-pattern', 1],
];
