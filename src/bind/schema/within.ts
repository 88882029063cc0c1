import { isObject, type Json } from '../../base/json.js';
import { keysOf, shapesAt, valueAt, valuesOf, type Path, type Suggestion } from '../../language/suggest.js';
import type { Shape } from '../../language/shape.js';
import { allowances, componentsShape, methods, places } from './places.js';

/** What the gateway's language says at a place of a document, or of a part of one that is kept in a file of its own. */
export const suggestionsAt = (document: Json, path: Path, position: 'key' | 'value'): readonly Suggestion[] => {
  const at = path.findLastIndex((token) => token === 'x-gateway' || token === 'x-gateway-allow');
  if (at < 0) return position === 'key' ? extensionsAt(document, path) : [];
  const shape = path[at] === 'x-gateway-allow' ? allowances : placeAt(document, path.slice(0, at));
  const written = valueAt(document, path.slice(0, at + 1));
  const below = path.slice(at + 1);
  const shapes = shape ? shapesAt(shape, below, written) : [];
  return shapes.flatMap((each) => (position === 'key' ? keysOf(each, valueAt(written, below)) : valuesOf(each)));
};

const placeAt = (document: Json, path: Path): Shape | undefined => {
  const [section, kind] = path;
  if (section === 'components' && path.length === 1) return componentsShape;
  if (section === 'components' && kind === 'securitySchemes') return path.length === 3 ? places.security : undefined;
  if (path.length > 0) return methods.includes(String(path.at(-1))) ? places.operation : section === 'paths' && path.length === 2 ? places.pathItem : undefined;
  if (!isObject(document)) return undefined;
  return Object.hasOwn(document, 'openapi') ? places.root : methods.some((method) => Object.hasOwn(document, method)) ? places.pathItem : places.operation;
};

const extensionsAt = (document: Json, path: Path): readonly Suggestion[] => {
  const place = placeAt(document, path);
  const written = valueAt(document, path);
  const all: readonly Suggestion[] = place ? [{ name: 'x-gateway', description: place.description, kind: 'block' }, { name: 'x-gateway-allow', description: allowances.description, kind: 'block' }] : [];
  return all.filter(({ name }) => !isObject(written) || !Object.hasOwn(written, name));
};
