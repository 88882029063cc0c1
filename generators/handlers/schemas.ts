import type { EmitContext, OutputFile } from '../../src/emit/emitter.js';
import { layout, specifier } from '../../src/emit/layout.js';
import { sortBy } from '../../src/base/order.js';
import { directional } from '../../src/ir/views.js';
import type { Api, Direction, NamedSchema } from '../../src/ir/index.js';
import { docComment, file, generatedHeader, ident, Imports, ts, type Code } from '../kit/typescript/index.js';
import { declaration, typeOf } from './types.js';

/**
 * The names of the types of schemas. A schema that says one thing of a request and another of a response has two types;
 * the request's is called `OrderInput`.
 */
export class TypeNames {
  readonly #inputs = new Map<string, string>();
  readonly #all: ReadonlySet<string>;

  constructor(api: Api) {
    const taken = new Set([...api.schemas.values()].map(({ typeName }) => typeName.toLowerCase()));
    for (const name of directional(api)) {
      const base = `${api.schemas.get(name)?.typeName ?? name}Input`;
      let candidate = base;
      for (let number = 2; taken.has(candidate.toLowerCase()); number++) candidate = `${base}${number}`;
      taken.add(candidate.toLowerCase());
      this.#inputs.set(name, candidate);
    }
    this.#all = new Set([...[...api.schemas.values()].map(({ typeName }) => typeName), ...this.#inputs.values()]);
  }

  of(named: NamedSchema, direction: Direction): string {
    return (direction === 'request' ? this.#inputs.get(named.name) : undefined) ?? named.typeName;
  }

  has(name: string): boolean { return this.#all.has(name); }
  differs(named: NamedSchema): boolean { return this.#inputs.has(named.name); }
}

/** `generated/schemas.ts`: a type for each schema that has a name. */
export const schemasFile = (api: Api, names: TypeNames, context: EmitContext): OutputFile => {
  const declare = (named: NamedSchema, direction: Direction): Code => declaration(
    names.of(named, direction),
    docComment(named.schema.title, named.schema.description, direction === 'request' && names.differs(named) ? 'As it travels in requests.' : undefined, named.schema.deprecated ? '@deprecated' : undefined),
    typeOf(named.schema, { api, direction, reference: (other) => ident(names.of(other, direction)) }),
  );
  const body = sortBy(api.schemas.values(), ({ typeName }) => typeName).flatMap((named) => [declare(named, 'response'), ...(names.differs(named) ? [declare(named, 'request')] : [])]);
  return { path: layout.schemas, ownership: 'generated', content: file(generatedHeader(context.label(api.origin)), new Imports(), body.length > 0 ? body : [ts`export {};`]), origin: api.origin };
};

/** A context for types in another file, which imports the named ones; those whose names are taken there under another. */
export const importing = (api: Api, names: TypeNames, direction: Direction, imports: Imports, path: string, taken: ReadonlySet<string>) => ({
  api,
  direction,
  reference: (named: NamedSchema): Code => {
    const name = names.of(named, direction);
    let as = name;
    while (taken.has(as) || (as !== name && names.has(as))) as += 'Schema';
    return imports.type(specifier(path, layout.schemas), name, as);
  },
});
