import converter from 'swagger2openapi';
import { isObject, typeName, type Json, type JsonObject } from '../base/json.js';
import { at, type Origin } from '../base/origin.js';
import type { Report } from '../diagnostics/collect.js';
import { conversion, conversionLoss } from './diagnostics.js';
import { swaggerOrigins } from './swagger-origins.js';

const warningKey = 'x-s2o-warning';

/**
 * Converts Swagger 2.0 to OpenAPI 3.0. What the conversion loses is told as a warning where it happened; positions lead back
 * to the document as it was written, as far as its parts can be told apart.
 */
export const convertSwagger = async (value: JsonObject, file: string, report: Report): Promise<{ value: JsonObject; origins: ReadonlyMap<string, Origin> } | undefined> => {
  const fail = (why: string): undefined => report(conversion({ why }, { file, pointer: '' })) as undefined;
  const paths = Object.hasOwn(value, 'paths') ? value['paths'] : undefined;
  if (!isObject(paths)) return fail(`\`paths\` must be an object, and is ${typeName(paths)}`);
  const converted = await quietly(() => converter.convertObj(
    JSON.parse(JSON.stringify({ ...value, swagger: '2.0' })) as object,
    { patch: true, warnOnly: true, warnProperty: warningKey, direct: true },
  ));
  if (typeof converted === 'string') return fail(converted);
  const origins = swaggerOrigins(value, file);
  return { value: tellLosses(converted, { file, pointer: '' }, report) as JsonObject, origins };
};

/** Runs the converter, which writes to the console when it fails; answers its document or its complaint. */
const quietly = async (convert: () => Promise<unknown>): Promise<JsonObject | string> => {
  const { warn } = console;
  console.warn = () => undefined;
  try {
    // Plain data: for a `$ref` that is no text the converter puts the document into itself, and for each null that it deletes it leaves a hole in a list.
    const result = JSON.parse(JSON.stringify(await convert() ?? null)) as Json;
    return isObject(result) ? result : 'the converter answered nothing';
  } catch (error) {
    // An error of the language tells of the converter's own workings, and nothing of the document.
    if (error instanceof TypeError || error instanceof RangeError) return 'some part of it is not as Swagger 2.0 has it, such as a header or a parameter without a `type`';
    return error instanceof Error ? error.message : String(error);
  } finally {
    console.warn = warn;
  }
};

/** The document without the converter's marks; each of them told. */
const tellLosses = (value: Json, origin: Origin, report: Report): Json => {
  if (Array.isArray(value)) return (value as readonly Json[]).map((item, index) => tellLosses(item, at(origin, index), report));
  if (!isObject(value)) return value;
  const mark = Object.hasOwn(value, warningKey) ? value[warningKey] : undefined;
  if (mark !== undefined) report(conversionLoss({ why: String(mark) }, origin));
  return Object.fromEntries(Object.keys(value).filter((key) => key !== warningKey).map((key) => [key, tellLosses(value[key] as Json, at(origin, key), report)]));
};
