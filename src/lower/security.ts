import { isObject, typeName } from '../base/json.js';
import { at } from '../base/origin.js';
import { nearest } from '../base/text.js';
import type { Cursor } from '../document/cursor.js';
import { ignoredValue } from '../document/diagnostics.js';
import type { Credential, Requirement, SecurityScheme } from '../ir/index.js';
import { Claims, fileNameOf, identifierOf } from './names.js';
import { unknownScheme, unknownSchemeType } from './openapi-diagnostics.js';

/** A scheme as far as OpenAPI describes it; `cursor` is where who checks it may be said. */
export type SchemeShape = Omit<SecurityScheme, 'check'> & { readonly cursor: Cursor };

const fieldsOf: Readonly<Record<string, readonly string[]>> = {
  apiKey: ['name', 'in'],
  http: ['scheme', 'bearerFormat'],
  oauth2: ['flows', 'oauth2MetadataUrl'],
  openIdConnect: ['openIdConnectUrl'],
  mutualTLS: [],
};

/** `components.securitySchemes`, by name. */
export const lowerSchemes = (root: Cursor): ReadonlyMap<string, SchemeShape> => {
  const ids = new Claims();
  const fileNames = new Claims();
  const entries = root.at('components')?.get('securitySchemes')?.entries('`securitySchemes`') ?? [];
  return new Map(entries.flatMap(([name, entry]): [string, SchemeShape][] => {
    const cursor = entry.follow();
    const credential = cursor && credentialOf(cursor);
    if (!credential) return [];
    return [[name, { origin: cursor.origin, name, id: ids.claim(identifierOf(name) || 'scheme'), fileName: fileNames.claim(fileNameOf(name), '-'), credential, cursor }]];
  }));
};

/** What a caller shows for a scheme; nothing, and a report, where the scheme does not say. */
export const credentialOf = (scheme: Cursor): Credential | undefined => {
  if (!scheme.object('the security scheme')) return undefined;
  const type = required(scheme, 'type');
  if (type === undefined) return undefined;
  const own = Object.hasOwn(fieldsOf, type) ? fieldsOf[type] : undefined;
  if (!own) return unknown(scheme, 'type', type, Object.keys(fieldsOf));
  scheme.only('the security scheme', ['type', 'description', 'deprecated', ...own]);
  switch (type) {
    case 'apiKey': return apiKey(scheme);
    case 'http': return http(scheme);
    case 'mutualTLS': return { kind: 'mutual-tls' };
    case 'oauth2': return { kind: 'bearer', flows: scheme.get('flows')?.entries('`flows`').map(([flow]) => flow).sort() ?? [] };
    default: return { kind: 'bearer' };
  }
};

const required = (scheme: Cursor, field: string): string | undefined =>
  scheme.get(field) ? scheme.get(field)?.string(`\`${field}\` of the security scheme`) : scheme.missing('the security scheme', field);

const unknown = (scheme: Cursor, field: string, type: string, allowed: readonly string[]): undefined => {
  scheme.report(unknownSchemeType({ type, allowed, near: nearest(type, allowed) }, at(scheme.origin, field)));
  return undefined;
};

const apiKey = (scheme: Cursor): Credential | undefined => {
  const name = required(scheme, 'name');
  const written = required(scheme, 'in');
  if (name === undefined || written === undefined) return undefined;
  const places = ['query', 'header', 'cookie'] as const;
  const place = places.find((candidate) => candidate === written);
  return place ? { kind: 'api-key', in: place, name } : unknown(scheme, 'in', written, places);
};

const http = (scheme: Cursor): Credential | undefined => {
  const name = required(scheme, 'scheme')?.toLowerCase();
  switch (name) {
    case undefined: return undefined;
    case 'basic': return { kind: 'basic' };
    case 'bearer': {
      const format = scheme.get('bearerFormat')?.prose('`bearerFormat`');
      return { kind: 'bearer', ...(format === undefined ? {} : { format }) };
    }
    default: return { kind: 'other-http', scheme: name };
  }
};

/** What an operation asks of its callers: its own `security`, or the document's. */
export const requirementsOf = (operation: Cursor, root: Cursor): { security: Requirement[]; securityStated: boolean } => {
  const list = operation.get('security') ?? root.get('security');
  if (!list) return { security: [], securityStated: false };
  const known = root.with(() => undefined).at('components')?.get('securitySchemes')?.value;
  const names = isObject(known) ? Object.keys(known) : [];
  return { security: list.items('`security`').map((item) => lowerRequirement(item, names)), securityStated: true };
};

const lowerRequirement = (item: Cursor, names: readonly string[]): Requirement => ({
  origin: item.origin,
  all: item.entries('the security requirement').flatMap(([scheme, scopes]) => {
    if (!names.includes(scheme)) {
      item.report(unknownScheme({ name: scheme, near: nearest(scheme, names) }, scopes.origin));
      return [];
    }
    if (!Array.isArray(scopes.value)) {
      item.report(ignoredValue({ what: `the scopes of \`${scheme}\``, wanted: 'a list', found: typeName(scopes.value) }, scopes.origin));
      return [{ scheme, scopes: [] }];
    }
    return [{ scheme, scopes: scopes.items('the scopes').flatMap((scope) => scope.string('a scope') ?? []) }];
  }),
});
