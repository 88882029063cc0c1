import { Ajv2020 } from 'ajv/dist/2020.js';
import { _, str, ValueScope } from 'ajv/dist/compile/codegen/index.js';
import type { Code as Naming, ValueScopeName } from 'ajv/dist/compile/codegen/index.js';
import { useFunc } from 'ajv/dist/compile/util.js';
import equalModule from 'ajv/dist/runtime/equal.js';
import ucs2lengthModule from 'ajv/dist/runtime/ucs2length.js';
import type { CodeKeywordDefinition, KeywordErrorDefinition, ValidateFunction } from 'ajv/dist/types/index.js';
import { usePattern } from 'ajv/dist/vocabularies/code.js';
import { callRef } from 'ajv/dist/vocabularies/core/ref.js';
import { isObject, type Json, type JsonObject } from '../../src/base/json.js';
import * as formatFunctions from '../../src/runtime/formats.js';
import { foreign, ident, ts, type Code, type Imports } from '../kit/typescript/index.js';
import { lit, regex } from '../kit/typescript/index.js';
import { formats } from './formats.js';

/** What the modules of one API have in common. */
export interface CompileOptions {
  /** Some schema has `unevaluatedProperties` or `unevaluatedItems`: every validator keeps track of what it has seen. */
  readonly tracking: boolean;
  /** The specifier of a runtime module, as the module at hand imports it. */
  readonly runtime: (file: string) => string;
  /** The specifier of the module that validates a named schema. */
  readonly schema: (name: string) => string;
}

/** A key of ours in place of `$ref`: validators of other modules are imported, not compiled again. */
export const referenceKeyword = 'x-reference';

const reference: CodeKeywordDefinition = {
  keyword: referenceKeyword,
  schemaType: 'string',
  code: (context) => callRef(context, context.gen.scopeValue('obj', { key: String(context.schema), ref: { reference: String(context.schema) } })),
};

const refusal = (keyword: string): CodeKeywordDefinition & { error: KeywordErrorDefinition } => ({
  keyword,
  error: { message: str`${keyword}` },
  code: (context) => context.fail(_`true`),
});

/** CommonJS modules hand over their exports, or an object around them, depending on who loads them. */
const unwrap = (module: unknown): unknown => (typeof module === 'object' && module !== null && 'default' in module ? module.default : module);
const lengthFunction = unwrap(ucs2lengthModule);
const equalFunction = unwrap(equalModule);

/** As ajv's own, but characters are counted only where the units do not tell: there are never more characters than units, and never fewer than half as many. */
const length = (keyword: 'maxLength' | 'minLength', breaks: (units: Naming, characters: Naming, limit: number) => Naming): CodeKeywordDefinition & { error: KeywordErrorDefinition } => ({
  keyword,
  type: 'string',
  schemaType: 'number',
  before: 'format',
  error: { message: str`${keyword}`, params: ({ schemaCode }) => _`{limit: ${schemaCode}}` },
  code: (context) => {
    const { data, schema, gen } = context;
    context.fail(breaks(_`${data}.length`, _`${useFunc(gen, lengthFunction as Parameters<typeof useFunc>[1])}(${data})`, Number(schema)));
  },
});
const lengths = [
  length('maxLength', (units, characters, most) => _`${units} > ${most} && ${characters} > ${most}`),
  length('minLength', (units, characters, least) => _`${units} < ${2 * least} && ${characters} < ${least}`),
];

/** As ajv's own, but no text is tried that is too long anyway: a pattern may take very long over it. Such a text has twice as many units as it may have characters, or more. */
const pattern: CodeKeywordDefinition & { error: KeywordErrorDefinition } = {
  keyword: 'pattern',
  type: 'string',
  schemaType: 'string',
  error: { message: ({ schemaCode }) => str`must match pattern "${schemaCode}"`, params: ({ schemaCode }) => _`{pattern: ${schemaCode}}` },
  code: (context) => {
    const { data, schema, parentSchema } = context;
    const differs = _`!${usePattern(context, String(schema))}.test(${data})`;
    const { maxLength } = parentSchema as { readonly maxLength?: number };
    context.fail(maxLength === undefined ? differs : _`${data}.length <= ${2 * maxLength} && ${differs}`);
  },
};

/** As ajv's own, but 19.99 is a multiple of 0.01: neither is just that number, and their quotient is off by as many roundings. */
const multipleOf: CodeKeywordDefinition & { error: KeywordErrorDefinition } = {
  keyword: 'multipleOf',
  type: 'number',
  schemaType: 'number',
  error: { message: ({ schemaCode }) => str`must be multiple of ${schemaCode}`, params: ({ schemaCode }) => _`{multipleOf: ${schemaCode}}` },
  code: (context) => {
    const { gen, data, schema, schemaCode } = context;
    if (Number.isInteger(schema)) return context.fail(_`${data} % ${schemaCode} !== 0`);
    const times = gen.const('times', _`${data} / ${schemaCode}`);
    return context.fail(_`!(Math.abs(Math.round(${times}) - ${times}) <= Math.abs(${times}) * ${2 * Number.EPSILON})`);
  },
};

/** Names that every object inherits; only where one of them is a property must lookups be restricted to own ones. */
const inherited = new Set(Object.getOwnPropertyNames(Object.prototype));
const mentionsInherited = (value: Json): boolean =>
  typeof value === 'string' ? inherited.has(value)
  : Array.isArray(value) ? value.some(mentionsInherited)
  : isObject(value) ? Object.entries(value).some(([name, inner]) => inherited.has(name) || mentionsInherited(inner))
  : false;

const createCompiler = (tracking: boolean, ownProperties: boolean): Ajv2020 => {
  const ajv = new Ajv2020({
    strict: false,
    allErrors: true,
    meta: false,
    validateSchema: false,
    addUsedSchema: false,
    messages: false,
    logger: false,
    useDefaults: true,
    inlineRefs: false,
    ownProperties,
    // What is compiled is printed, and never called: it need not be read back.
    code: { source: true, lines: true, esm: true, optimize: false, process: () => 'return () => false', regExp: Object.assign((source: string, flags: string) => expression(source, flags), { code: 'new RegExp' }) },
    keywords: [reference],
    formats: Object.fromEntries(Object.entries(formats).map(([format, name]) => [format, formatFunctions[name]])),
  });
  for (const keyword of ['readOnly', 'writeOnly']) ajv.removeKeyword(keyword).addKeyword(refusal(keyword));
  for (const definition of lengths) ajv.removeKeyword(String(definition.keyword)).addKeyword(definition);
  ajv.removeKeyword('pattern').addKeyword(pattern);
  ajv.removeKeyword('multipleOf').addKeyword(multipleOf);
  ajv.opts.unevaluated = tracking;
  ajv.opts.dynamicRef = false;
  return ajv;
};

/** A compiler takes longer to make than most schemas to compile, so that modules share those of the same options. */
const compilers = new Map<string, Ajv2020>();
const compilerFor = (tracking: boolean, ownProperties: boolean): Ajv2020 => {
  const key = `${tracking} ${ownProperties}`;
  const compiler = compilers.get(key) ?? createCompiler(tracking, ownProperties);
  compilers.set(key, compiler);
  return compiler;
};

/** What ajv made of a schema that came first in its module, by the schema's text: the same parameters stand at many operations. */
interface Compiled { readonly name: string; readonly code: string; readonly evaluated: string | undefined; readonly scope: readonly ValueScopeName[] }
const first = new WeakMap<Ajv2020, Map<string, Compiled>>();

/** Compiles the validators of one module, and prints them with what they need. */
export class ValidatorModule {
  readonly #ajv: Ajv2020;
  /** The names of this module, counted from the first again. */
  readonly #scope: ValueScope;
  readonly #before: JsonObject[] = [];
  /** Whether the scope has counted the first of those. */
  #counted = false;
  readonly #printed = new Set<string>();
  readonly #declarations: Code[] = [];

  constructor(schemas: readonly JsonObject[], private readonly imports: Imports, private readonly options: CompileOptions) {
    this.#ajv = compilerFor(options.tracking, schemas.some(mentionsInherited));
    this.#scope = new ValueScope({ ...this.#ajv.scope.opts, scope: {} });
  }

  /** Compiles a schema; answers the name of its function in this module. */
  add(schema: JsonObject): Code {
    const { name, code, evaluated, scope } = this.#before.length === 0 ? this.#recall(schema) : this.#compile(schema);
    this.#before.push(schema);
    for (const value of scope) this.#declare(value);
    this.#declarations.push(foreign(code));
    if (evaluated !== undefined) this.#declarations.push(ts`${ident(name)}.evaluated = ${foreign(evaluated)};`);
    return ident(name);
  }

  #recall(schema: JsonObject): Compiled {
    const known = first.get(this.#ajv) ?? new Map<string, Compiled>();
    first.set(this.#ajv, known);
    const text = JSON.stringify(schema);
    const compiled = known.get(text);
    if (compiled) return compiled;
    const fresh = this.#compile(schema);
    this.#counted = true;
    known.set(text, fresh);
    return fresh;
  }

  #compile(schema: JsonObject): Compiled {
    // A schema that was recalled has taken no names of this module's yet.
    const [earlier] = this.#before;
    if (earlier && !this.#counted) {
      this.#counted = true;
      this.#compile(earlier);
    }
    const validate: ValidateFunction = Object.assign(this.#ajv, { scope: this.#scope }).compile(schema);
    this.#ajv.removeSchema();
    const { source } = validate;
    if (!source) throw new Error('ajv was not asked for source');
    const code = withoutUnread(withoutSchemaPaths(String(source.validateCode).trimEnd()));
    const scope = Object.values(source.scopeValues).flatMap((names) => [...(names ?? [])]).filter(({ str: name }) => new RegExp(`\\b${name}\\b`).test(code));
    return { name: source.validateName.str, code, evaluated: this.options.tracking && source.evaluated ? String(source.evaluated) : undefined, scope };
  }

  /** Constants before the functions that use them. */
  get declarations(): readonly Code[] { return this.#declarations; }

  #declare(name: ValueScopeName): void {
    const identifier = name.str;
    if (this.#printed.has(identifier)) return;
    this.#printed.add(identifier);
    const { value } = name;
    const ref: unknown = value?.ref;
    switch (name.prefix) {
      case 'formats':
        this.imports.value(this.options.runtime('formats.ts'), formats[String(value?.key) as keyof typeof formats], identifier);
        return;
      case 'func':
        this.imports.value(this.options.runtime('checks.ts'), helper(ref), identifier);
        return;
      case 'obj':
        this.imports.value(this.options.schema((ref as { readonly reference: string }).reference), 'validate', identifier);
        return;
      case 'pattern':
        this.#declarations.push(ts`const ${ident(identifier)} = ${regex((ref as RegExp).source, (ref as RegExp).flags)};`);
        return;
      case 'schema':
        this.#declarations.push(ts`const ${ident(identifier)} = ${lit(ref as Json)};`);
        return;
      default:
        throw new Error(`A validator needs something unknown: ${name.prefix}`);
    }
  }
}

/** Errors of ajv's say where in the schema a keyword stands, too, which nobody reads: a tenth of a validator. Whole strings are passed over, since a name may look like that. */
const withoutSchemaPaths = (code: string): string => code.replace(/"(?:[^"\\]|\\.)*"|,schemaPath:"(?:[^"\\]|\\.)*"/g, (part) => (part[0] === '"' ? part : ''));

/** What ajv notes on its way and nobody looks at, a line each: first whether a part was valid, then how many errors there were before it. Its own optimizer looks for the same, for a third of the time that a validator takes. */
const withoutUnread = (code: string): string => [/^(?:let|var) (valid\d+) = (?:true|false|_errs\d+ === errors);\n/gm, /^const (_errs\d+) = errors;\n/gm].reduce(withoutDeclarations, code);

/** Without declarations of names that stand nowhere else, whole strings included. */
const withoutDeclarations = (code: string, declaration: RegExp): string => {
  const read = new Map<string, number>();
  for (const [name] of code.matchAll(/\b(?:valid|_errs)\d+\b/g)) read.set(name, (read.get(name) ?? 0) + 1);
  for (const [, name = ''] of code.matchAll(declaration)) read.set(name, (read.get(name) ?? 0) - 1);
  return code.replace(declaration, (line, name: string) => (read.get(name) === 0 ? '' : line));
};

const expression = (source: string, flags: string): RegExp => {
  try {
    return new RegExp(source, flags);
  } catch {
    return new RegExp(source);
  }
};

const helper = (ref: unknown): 'codePoints' | 'equal' | 'hasOwnProperty' => {
  if (ref === lengthFunction) return 'codePoints';
  if (ref === equalFunction) return 'equal';
  if (ref === Object.prototype.hasOwnProperty) return 'hasOwnProperty';
  throw new Error('A validator needs an unknown function');
};

