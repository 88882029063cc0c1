import type { JsonObject } from '../base/json.js';
import type { Origin } from '../base/origin.js';
import type { Report } from '../diagnostics/collect.js';
import type { Document } from '../document/document.js';
import { version } from './diagnostics.js';

export interface Versioned {
  readonly value: JsonObject;
  readonly dialect: Document['dialect'];
  readonly origins: ReadonlyMap<string, Origin>;
}

/** Which dialect a document speaks; Swagger 2.0 comes out as OpenAPI 3.0. Reports, and answers nothing, for any other. */
export const readVersion = async (value: JsonObject, origins: ReadonlyMap<string, Origin>, file: string, report: Report): Promise<Versioned | undefined> => {
  const openapi = Object.hasOwn(value, 'openapi') ? value['openapi'] : undefined;
  const swagger = Object.hasOwn(value, 'swagger') ? value['swagger'] : undefined;
  const dialect = typeof openapi === 'string' ? /^(3\.[01])\.\d+(-\S+)?$/.exec(openapi)?.[1] : undefined;
  if (dialect === '3.0' || dialect === '3.1') return { value, dialect, origins };
  if (openapi === undefined && (swagger === '2.0' || swagger === 2)) {
    const converted = await (await import('./swagger.js')).convertSwagger(value, file, report);
    return converted && { ...converted, dialect: '3.0', origins: new Map([...converted.origins, ...origins]) };
  }
  const field = openapi !== undefined ? 'openapi' : swagger !== undefined ? 'swagger' : undefined;
  report(version(
    { found: field === undefined ? undefined : `\`${field}: ${JSON.stringify(value[field])}\`` },
    { file, pointer: field === undefined ? '' : `/${field}` },
  ));
  return undefined;
};
