import type { Json } from '../base/json.js';
import type { Origin } from '../base/origin.js';

export type JsonType = 'null' | 'boolean' | 'integer' | 'number' | 'string' | 'array' | 'object';

/**
 * A schema in one dialect, whatever the document spoke: JSON Schema 2020-12 keywords. `nullable` became a type,
 * boolean `exclusiveMinimum` a number, `example` a list. `ref` names a `NamedSchema` and may have siblings, which
 * apply too. A boolean schema `true` is `{}`, `false` is `{ not: {} }`.
 */
export interface Schema {
  readonly origin: Origin;
  readonly ref?: string;
  readonly types?: readonly JsonType[];
  readonly enum?: readonly Json[];
  /** A list of one, so that `const: null` and no `const` differ. */
  readonly const?: readonly [Json];
  readonly format?: string;
  readonly title?: string;
  readonly description?: string;
  readonly default?: readonly [Json];
  readonly examples?: readonly Json[];
  readonly deprecated?: boolean;
  readonly readOnly?: boolean;
  readonly writeOnly?: boolean;
  // strings
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly pattern?: string;
  readonly contentEncoding?: string;
  readonly contentMediaType?: string;
  // numbers
  readonly minimum?: number;
  readonly maximum?: number;
  readonly exclusiveMinimum?: number;
  readonly exclusiveMaximum?: number;
  readonly multipleOf?: number;
  // arrays
  readonly items?: Schema;
  readonly prefixItems?: readonly Schema[];
  readonly contains?: Schema;
  readonly minContains?: number;
  readonly maxContains?: number;
  readonly minItems?: number;
  readonly maxItems?: number;
  readonly uniqueItems?: boolean;
  readonly unevaluatedItems?: Schema;
  // objects; maps in code-unit order of their keys
  readonly properties?: ReadonlyMap<string, Schema>;
  readonly patternProperties?: ReadonlyMap<string, Schema>;
  readonly additionalProperties?: Schema;
  readonly unevaluatedProperties?: Schema;
  readonly propertyNames?: Schema;
  readonly required?: readonly string[];
  readonly minProperties?: number;
  readonly maxProperties?: number;
  readonly dependentRequired?: ReadonlyMap<string, readonly string[]>;
  readonly dependentSchemas?: ReadonlyMap<string, Schema>;
  // composition
  readonly allOf?: readonly Schema[];
  readonly anyOf?: readonly Schema[];
  readonly oneOf?: readonly Schema[];
  readonly not?: Schema;
  readonly if?: Schema;
  readonly then?: Schema;
  readonly else?: Schema;
  readonly discriminator?: Discriminator;
}

/** Which member of a `oneOf`/`anyOf` is meant. Every value that can stand in the property, with the schema it selects. */
export interface Discriminator {
  readonly property: string;
  readonly mapping: ReadonlyMap<string, string>;
}

/** A schema that others refer to. Whatever is the target of a reference has a name; recursion goes through names. */
export interface NamedSchema {
  /** Unique as `raw`; key of `Api.schemas`. The component's own name, or one made from its pointer. */
  readonly name: string;
  /** A legal TypeScript type name, unique among all schemas regardless of case. */
  readonly typeName: string;
  /** Name of its files, unique regardless of case. */
  readonly fileName: string;
  readonly schema: Schema;
}

/** The view from which a schema is read: a request must not carry what is read-only, a response what is write-only. */
export type Direction = 'request' | 'response';
