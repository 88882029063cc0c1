import type { Json, JsonObject } from '../../src/base/json.js';
import type { Api, Direction, Schema } from '../../src/ir/index.js';
import { jsonSchema } from '../../src/ir/views.js';
import { reachable } from '../../src/ir/walk.js';
import { fits, type Schemas } from '../../src/suite/schema.js';

/** Schemas of an API as the suite reads them, printed once each. */
export class Checked {
  readonly #printed = new WeakMap<Schema, JsonObject>();
  readonly #named: Schemas;

  constructor(private readonly api: Api, private readonly direction: Direction) {
    const named: Record<string, JsonObject> = {};
    for (const [name, { schema }] of api.schemas) Object.defineProperty(named, name, { get: () => this.schema(schema), enumerable: true });
    this.#named = named;
  }

  schema(schema: Schema): JsonObject {
    const known = this.#printed.get(schema);
    if (known) return known;
    const printed = jsonSchema(this.api, schema, { direction: this.direction, reference: (name) => ({ $ref: name }), refused: () => ({ not: {} }), defaults: false });
    this.#printed.set(schema, printed);
    return printed;
  }

  /** Whether a value fits a schema. */
  fits(schema: Schema, value: Json): boolean {
    return fits(this.schema(schema), value, { schemas: this.#named, closed: false });
  }

  /** The named schemas that some can reach. */
  reached(from: Iterable<Schema>): JsonObject {
    return Object.fromEntries([...reachable(this.api, from)].sort().flatMap((name) => {
      const schema = this.api.schemas.get(name)?.schema;
      return schema ? [[name, this.schema(schema)] as const] : [];
    }));
  }
}
