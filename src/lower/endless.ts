import type { Cursor } from '../document/cursor.js';
import type { Schema } from '../ir/index.js';
import { endlessSchema } from './schema-diagnostics.js';

/** Names of the schemas that are applied to the very value that this one is applied to. */
const inPlace = (schema: Schema): string[] => [
  ...(schema.ref === undefined ? [] : [schema.ref]),
  ...[schema.allOf, schema.anyOf, schema.oneOf, schema.dependentSchemas?.values()].flatMap((group) => [...(group ?? [])].flatMap(inPlace)),
  ...[schema.not, schema.if, schema.then, schema.else].flatMap((part) => (part ? inPlace(part) : [])),
];

/** Reports each circle of schemas that apply one another to the same value: no check of such a value would end. */
export const reportEndless = (schemas: ReadonlyMap<string, Schema>, places: ReadonlyMap<string, Cursor>): void => {
  const finished = new Set<string>();
  const walk = (start: string): void => {
    const stack: { name: string; next: string[] }[] = [{ name: start, next: edges(start) }];
    while (stack.length > 0) {
      const top = stack.at(-1) as { name: string; next: string[] };
      const name = top.next.shift();
      if (name === undefined) {
        finished.add(top.name);
        stack.pop();
        continue;
      }
      const first = stack.findIndex((entry) => entry.name === name);
      if (first >= 0) tell(stack.slice(first).map((entry) => entry.name));
      else if (!finished.has(name)) stack.push({ name, next: edges(name) });
    }
  };
  const edges = (name: string): string[] => {
    const schema = schemas.get(name);
    return schema ? [...new Set(inPlace(schema))] : [];
  };
  const tell = (chain: string[]): void => {
    const place = places.get(chain[0] ?? '');
    place?.report(endlessSchema({ chain }, place.origin));
  };
  for (const name of schemas.keys()) if (!finished.has(name)) walk(name);
};
