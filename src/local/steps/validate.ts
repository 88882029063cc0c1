// The validator of the field; the target's own knows fewer keywords, and so do the models that it is given.
import { Ajv, type ValidateFunction } from 'ajv';
import { restDefinition } from '../../../generators/kit/aws/definition-rest.js';
import { essence } from '../../runtime/media-type.js';
import { headerOf, type WireRequest } from '../exchange.js';
import type { MakeStep, Site } from '../passage.js';

interface Reference { readonly schema: { readonly $ref: string } }
interface Method {
  readonly parameters: readonly { readonly name: string; readonly in: string; readonly required: boolean }[];
  readonly requestBody?: { readonly content: Readonly<Record<string, Reference>> };
}
interface Definition { readonly paths: Readonly<Record<string, Readonly<Record<string, Method>>>>; readonly components: { readonly schemas?: object } }

/** What a REST API checks of a request itself: by the very definition that it is imported with, so no more and no less. */
export const validate: MakeStep = (site, { operation, path }) => {
  const { definition, models } = definitionOf(site);
  const method = definition.paths[path]?.[operation.method.toLowerCase()];
  if (!method) return undefined;
  const required = method.parameters.filter((parameter) => parameter.required && parameter.in !== 'path');
  const content = method.requestBody?.content;
  if (required.length === 0 && !content) return undefined;
  const validators = new Map(Object.entries(content ?? {}).map(([mediaType, { schema }]) => [mediaType, models.getSchema(`models${schema.$ref}`) as ValidateFunction]));
  return ({ request, id }) => {
    const missing = required.filter(({ name, in: place }) => isBlank(place === 'header' ? headerOf(request.headers, name.toLowerCase()) : queryOf(request, name)));
    if (missing.length > 0) return { outcome: 'parameter missing', answer: site.refuse('BAD_REQUEST_PARAMETERS', id), note: `missing: ${missing.map(({ name }) => name).join(', ')}` };
    const validator = content && (validators.get(mediaTypeOf(request)) ?? validators.get('$default'));
    if (!validator || isValid(validator, request.body)) return { outcome: 'valid' };
    return { outcome: 'body not valid', answer: site.refuse('BAD_REQUEST_BODY', id), note: models.errorsText(validator.errors) };
  };
};

const definitionOf = (site: Site): { readonly definition: Definition; readonly models: Ajv } => site.once('definition', () => {
  const definition = restDefinition(site.api).body as unknown as Definition;
  const models = new Ajv({ strict: false, ownProperties: true, multipleOfPrecision: 9, validateFormats: false, unicodeRegExp: false, logger: false });
  models.addSchema({ components: { schemas: definition.components.schemas ?? {} } }, 'models');
  return { definition, models };
});

/** A body that is empty counts as an empty object. */
const isValid = (validator: ValidateFunction, body: Buffer): boolean => {
  try {
    return validator(body.length === 0 ? {} : JSON.parse(body.toString('utf8'))) === true;
  } catch {
    return false;
  }
};

const isBlank = (value: string | null | undefined): boolean => value === undefined || value === null || value.trim() === '';
const queryOf = ({ query }: WireRequest, name: string): string | null => new URLSearchParams(query).get(name);
const mediaTypeOf = ({ headers }: WireRequest): string => essence(headerOf(headers, 'content-type') ?? 'application/json');
