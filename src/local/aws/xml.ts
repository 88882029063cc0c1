import { isObject, type Json } from '../../base/json.js';

const escaped = (text: string): string => text.replace(/[&<>"'\u0000-\u001f]/g, (char) => `&#${char.charCodeAt(0)};`);

/** JSON as the XML of a service's answer: an element a property, one again for each item of a list. */
export const xml = (name: string, value: Json, attributes = ''): string => {
  if (Array.isArray(value)) return (value as readonly Json[]).map((item) => xml(name, item)).join('');
  const inner = isObject(value) ? Object.entries(value).map(([key, part]) => xml(key, part)).join('') : escaped(String(value ?? ''));
  return `<${name}${attributes}>${inner}</${name}>`;
};

export const document = (name: string, value: Json, namespace?: string): string =>
  `<?xml version="1.0" encoding="UTF-8"?>\n${xml(name, value, namespace === undefined ? '' : ` xmlns="${namespace}"`)}`;
