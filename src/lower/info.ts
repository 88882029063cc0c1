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
