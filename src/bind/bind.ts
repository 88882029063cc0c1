import type { Report } from '../diagnostics/collect.js';
import type { Cursor } from '../document/cursor.js';
import { emptyMap, type Bound, type BoundMap, type Level } from '../language/bound.js';
import { complete } from '../language/complete.js';
import { read } from '../language/read.js';
import type { Shape } from '../language/shape.js';
import { expand, merge, relevel } from './cascade.js';
import { builtinGateway, builtinOperation } from './defaults.js';
import { reportStray } from './stray.js';
import { componentsShape, places } from './schema/places.js';

/** The policy of a whole document, the cascade applied: for each operation what holds, and where each value came from. */
export interface BoundApi {
  /** What the root says, over the built-in defaults. */
  readonly gateway: BoundMap;
  /** By the id of the operation. */
  readonly operations: ReadonlyMap<string, BoundMap>;
  /** By the name of the scheme; a scheme without `x-gateway` has none. */
  readonly schemes: ReadonlyMap<string, BoundMap>;
  /** Whether the document holds a word of the language at all. */
  readonly stated: boolean;
}

export interface OperationPlace { readonly id: string; readonly pathItem: Cursor; readonly operation: Cursor }
export interface SchemePlace { readonly name: string; readonly cursor: Cursor }

const extension = 'x-gateway';

/** Reads and merges every `x-gateway` of a document. What is wrong is reported where it was written, and left out. */
export const bindGateway = (root: Cursor, operations: readonly OperationPlace[], schemes: readonly SchemePlace[], report: Report): BoundApi => {
  const once = new Map<string, BoundMap | undefined>();
  const block = (cursor: Cursor, shape: Shape, level: Level): BoundMap | undefined => {
    const written = cursor.get(extension);
    if (!written) return undefined;
    const identity = identityOf(written);
    if (!once.has(identity)) {
      const bound = read(written.with(report), shape, level, `\`${extension}\``);
      once.set(identity, bound?.kind === 'map' ? bound : undefined);
    }
    return once.get(identity);
  };

  const blocks = root.get('components')?.get(extension)?.with(report);
  // Reusable blocks are checked whether or not anyone refers to them.
  if (blocks) read(blocks, componentsShape, 'component', '`components.x-gateway`');
  const own = block(root, places.root, 'root');
  const gateway = merge(builtinGateway, own ?? emptyMap(root.origin, 'root'));
  complete(gateway, places.root, `\`${extension}\``, report);
  const profiles = mapOf(gateway, 'profiles')?.entries ?? new Map<string, Bound>();
  const base = [builtinOperation, inherited(gateway), ...layers(mapOf(gateway, 'defaults'), 'defaults', profiles, report)];

  const policies = new Map(operations.map(({ id, pathItem, operation }) => {
    const policy = [
      ...base,
      ...layers(block(pathItem, places.pathItem, 'path item'), 'path item', profiles, report),
      ...layers(block(operation, places.operation, 'operation'), 'operation', profiles, report),
    ].reduce(merge);
    const placed: BoundMap = { ...policy, origin: operation.origin };
    complete(placed, places.operation, `\`${extension}\``, report);
    return [id, placed] as const;
  }));

  const checks = new Map(schemes.flatMap(({ name, cursor }) => {
    const bound = block(cursor, places.security, 'security scheme');
    if (bound) complete(bound, places.security, `\`${extension}\` of \`${name}\``, report);
    return bound ? [[name, bound] as const] : [];
  }));
  reportStray(root.document, new Set([...once.keys(), ...(blocks ? [identityOf(blocks)] : [])]), report);
  return { gateway, operations: policies, schemes: checks, stated: once.size > 0 && [...once.values()].some((each) => each !== undefined) };
};

const identityOf = ({ origin }: Cursor): string => `${origin.file}#${origin.pointer}`;

const mapOf = (map: BoundMap, key: string): BoundMap | undefined => {
  const found = map.entries.get(key);
  return found?.kind === 'map' ? found : undefined;
};

const layers = (layer: BoundMap | undefined, level: Level, profiles: ReadonlyMap<string, Bound>, report: Report): readonly BoundMap[] =>
  (layer ? expand(relevel(layer, level), profiles, report) : []);

/** What the root says once for all and an operation may say again: settings of functions, headers, mapped errors. */
const inherited = (gateway: BoundMap): BoundMap => {
  const entries = new Map<string, Bound>();
  const functions = mapOf(gateway, 'functions');
  if (functions) entries.set('function', { ...functions, entries: new Map([...functions.entries].filter(([key]) => key !== 'split')) });
  const headers = mapOf(gateway, 'headers');
  if (headers) entries.set('headers', headers);
  const errors = mapOf(gateway, 'errors');
  const mapped = errors?.entries.get('map');
  if (errors && mapped) entries.set('errors', { ...errors, entries: new Map([['map', mapped]]) });
  return { kind: 'map', origin: gateway.origin, level: 'root', entries };
};
