import type { Json } from '../base/json.js';

/** What people are told about a value of the language: in editors, in the reference, in nothing else. */
export interface Meta {
  readonly description: string;
  /** What holds when nobody says anything. */
  readonly default?: Json;
  readonly examples?: readonly Json[];
}

/**
 * The language described as data: the one source of the published JSON Schema, of the reference page and of our own
 * validation. Every shape but a template can be read without knowing the operation it stands in.
 */
export type Shape = Meta & (
  | { readonly kind: 'text'; readonly pattern?: string; readonly wanted?: string }
  | { readonly kind: 'choice'; readonly values: readonly string[] }
  | { readonly kind: 'number'; readonly integer?: boolean; readonly above?: number; readonly minimum?: number; readonly maximum?: number }
  | { readonly kind: 'boolean' }
  | { readonly kind: 'duration' }
  | { readonly kind: 'size' }
  | { readonly kind: 'template' }
  | { readonly kind: 'list'; readonly items: Shape; readonly nonEmpty?: boolean }
  | { readonly kind: 'map'; readonly values: Shape; readonly keys?: { readonly pattern: string; readonly wanted: string } }
  | ObjectPart
  | { readonly kind: 'tagged'; readonly tag: string; readonly variants: Readonly<Record<string, ObjectShape>> }
  | { readonly kind: 'keyed'; readonly variants: Readonly<Record<string, ObjectShape>> }
  | { readonly kind: 'either'; readonly of: readonly Shape[] });

interface ObjectPart {
  readonly kind: 'object';
  readonly fields: Readonly<Record<string, Shape>>;
  /** Keys that must be there once the cascade has been applied. */
  readonly required?: readonly string[];
  /** Keys that stand somewhere else, and where: `below \`defaults\``. */
  readonly elsewhere?: Readonly<Record<string, string>>;
}
export type ObjectShape = Meta & ObjectPart;

type Extra = Pick<Meta, 'default' | 'examples'>;

export const text = (description: string, extra: Extra & { pattern?: string; wanted?: string } = {}): Shape => ({ kind: 'text', description, ...extra });
export const choice = (description: string, values: readonly string[], extra: Extra = {}): Shape => ({ kind: 'choice', description, values, ...extra });
export const number = (description: string, extra: Extra & { integer?: boolean; above?: number; minimum?: number; maximum?: number } = {}): Shape => ({ kind: 'number', description, ...extra });
export const boolean = (description: string, extra: Extra = {}): Shape => ({ kind: 'boolean', description, ...extra });
export const duration = (description: string, extra: Extra = {}): Shape => ({ kind: 'duration', description, ...extra });
export const size = (description: string, extra: Extra = {}): Shape => ({ kind: 'size', description, ...extra });
export const template = (description: string, extra: Extra = {}): Shape => ({ kind: 'template', description, ...extra });
export const list = (description: string, items: Shape, extra: Extra & { nonEmpty?: boolean } = {}): Shape => ({ kind: 'list', description, items, ...extra });
export const map = (description: string, values: Shape, extra: Extra & { keys?: { pattern: string; wanted: string } } = {}): Shape => ({ kind: 'map', description, values, ...extra });
export const object = (description: string, fields: Readonly<Record<string, Shape>>, extra: Extra & Pick<ObjectPart, 'required' | 'elsewhere'> = {}): ObjectShape => ({ kind: 'object', description, fields, ...extra });
/** Variants told apart by the value of one key: `kind: queue`. */
export const tagged = (description: string, tag: string, variants: Readonly<Record<string, ObjectShape>>, extra: Extra = {}): Shape => ({ kind: 'tagged', description, tag, variants, ...extra });
/** Variants told apart by which key is there: `{ queue: NAME }`. One replaces another whole. */
export const keyed = (description: string, variants: Readonly<Record<string, ObjectShape>>, extra: Extra = {}): Shape => ({ kind: 'keyed', description, variants, ...extra });
/** Forms of different JSON types for one meaning. */
export const either = (description: string, of: readonly Shape[], extra: Extra = {}): Shape => ({ kind: 'either', description, of, ...extra });
