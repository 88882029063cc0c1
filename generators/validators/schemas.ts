import { specifier, layout } from '../../src/emit/layout.js';
import { within } from '../../src/ir/walk.js';
import { conditional, directional, jsonSchema, type View } from '../../src/ir/views.js';
import type { Api, NamedSchema, Schema } from '../../src/ir/index.js';
import type { JsonObject } from '../../src/base/json.js';
import { referenceKeyword, ValidatorModule, type CompileOptions } from './compile.js';
import type { Imports } from '../kit/typescript/index.js';

/** The schemas of an operation's request that are checked as they are. */
export const requestSchemas = (api: Api): Schema[] =>
  [...api.operations.values()].flatMap(({ parameters, body }) => [...parameters.map(({ schema }) => schema), ...(body?.contents ?? []).flatMap(({ schema }) => (schema ? [schema] : []))]);

/** Prints the schemas of one API for requests, and compiles modules of them. */
export class RequestSchemas {
  readonly directional: ReadonlySet<string>;
  readonly #conditional: ReadonlySet<string>;
  /** Some schema has `unevaluatedProperties` or `unevaluatedItems`. */
  readonly tracking: boolean;
  readonly #view: View = {
    direction: 'request',
    reference: (name) => ({ [referenceKeyword]: name }),
    refused: (keyword) => ({ [keyword]: true }),
    defaults: true,
  };

  constructor(private readonly api: Api) {
    const roots = requestSchemas(api);
    this.directional = directional(api);
    this.#conditional = conditional(api, roots);
    this.tracking = [...roots, ...[...api.schemas.values()].map(({ schema }) => schema)]
      .some((root) => within(root).some((schema) => schema.unevaluatedProperties !== undefined || schema.unevaluatedItems !== undefined));
  }

  body(schema: Schema): JsonObject { return jsonSchema(this.api, schema, this.#view); }
  /** Defaults of parameters are filled in before they are checked. */
  parameter(schema: Schema): JsonObject { return jsonSchema(this.api, schema, { ...this.#view, defaults: false }); }
  named(named: NamedSchema): JsonObject {
    return jsonSchema(this.api, named.schema, { ...this.#view, defaults: this.fillsIn(named) });
  }
  /** Whether defaults are filled in where it is checked: not where it may be one of several alternatives. */
  fillsIn({ name }: NamedSchema): boolean { return !this.#conditional.has(name); }

  module(path: string, schemas: readonly JsonObject[], imports: Imports): ValidatorModule {
    const options: CompileOptions = {
      tracking: this.tracking,
      runtime: (file) => specifier(path, layout.runtime(file)),
      schema: (name) => specifier(path, layout.schemaValidator(this.api.schemas.get(name) ?? { fileName: name })),
    };
    return new ValidatorModule(schemas, imports, options);
  }
}
