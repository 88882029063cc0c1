import { isObject } from '../base/json.js';
import type { Origin } from '../base/origin.js';
import { missingDetail } from '../document/diagnostics.js';
import type { Cursor } from '../document/cursor.js';

/** What the document says of itself. */
export interface Info {
  readonly origin: Origin;
  readonly title: string;
  readonly version: string;
  readonly description?: string;
}

/** Reads `info`; what is missing is made up, since nothing but names and comments depends on it. */
export const lowerInfo = (root: Cursor): Info => {
  const place = root.at('info');
  if (!place?.object('`info`')) {
    if (!root.get('info')) root.report(missingDetail({ object: 'the document', field: 'info' }, root.origin));
    return { origin: root.origin, title: 'API', version: '0.0.0' };
  }
  place.only('`info`', ['title', 'summary', 'description', 'termsOfService', 'contact', 'license', 'version']);
  const text = (field: 'title' | 'version', instead: string): string => {
    const at = place.get(field);
    if (!at) place.report(missingDetail({ object: '`info`', field }, place.origin));
    return at?.prose(`\`${field}\` of \`info\``) ?? instead;
  };
  const description = place.get('description')?.prose('the description of the API');
  return { origin: place.origin, title: text('title', 'API'), version: text('version', '0.0.0'), ...(description === undefined ? {} : { description }) };
};

/** Objects of the root that are published but not compiled, with their fields. */
const described: readonly (readonly [field: string, object: string, fields: readonly string[]])[] = [
  ['servers', 'the server', ['url', 'description', 'variables']],
  ['tags', 'the tag', ['name', 'description', 'externalDocs']],
];

/** Reports misspelt fields of what is only published: servers and tags. */
export const checkDescriptions = (root: Cursor): void => {
  for (const [field, object, fields] of described) {
    const list = root.get(field);
    for (const item of list && Array.isArray(list.value) ? list.items(field) : []) if (isObject(item.value)) item.only(object, fields);
  }
};
