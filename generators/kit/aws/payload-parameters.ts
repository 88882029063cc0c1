import { parameterContract } from '../../../src/ir/contract.js';
import type { Api, Expression, Operation, Parameter } from '../../../src/ir/index.js';
import type { Shape } from '../../../src/runtime/contract.js';
import { comment, jsonLiteral, jsonText, singleQuoted } from '../velocity/literal.js';
import type { VelocityPrinter } from '../velocity/template.js';
import { typedText } from '../velocity/typed.js';
import type { Route } from './routes.js';

/** A part of the document that a payload made by the gateway cannot have, and why. */
export interface Lack { readonly what: string; readonly why: string; readonly origin: Parameter['origin'] }

/** A member of an object that a template prints: its value, and the condition under which there is one. */
export interface Member { readonly name: string; readonly value: string; readonly present?: string; readonly otherwise?: string }

/** A parameter as a member of the payload, or why the gateway cannot make it. `lines` come before the payload. */
export type Printed = { readonly member: Member; readonly lines: readonly string[] } | { readonly why: string };

const separators: Partial<Record<string, string>> = { form: ',', simple: ',', spaceDelimited: ' ', pipeDelimited: '[|]' };

const decoded = (reference: string): string => `$util.urlDecode(${reference}.replace("+", "%2B"))`;

/** How a text is made a value: as it is, or (`encoded`) once it is decoded, which what is broken cannot be. */
const printed = (reference: string, shape: Shape, encoded: boolean): string | undefined => {
  const plain = typedText(encoded ? '$text' : reference, shape);
  if (plain === undefined || !encoded) return plain;
  return `#set($broken = ${reference}.replaceAll("%[0-9a-fA-F]{2}", ""))#if($broken.contains("%"))null#{else}#set($text = ${decoded(reference)})${plain}#end`;
};

/** Prints the parameters of an operation as members of its payload. Names of variables end in `n`. */
export const parameterMember = (api: Api, { operation, variables }: Route, parameter: Parameter, printer: VelocityPrinter, n: number): Printed => {
  const { shape, style, explode, content, default: fallback } = parameterContract(parameter, api);
  const { in: place, origin } = parameter;
  const name = place === 'header' ? parameter.name.toLowerCase() : parameter.name;
  if (content) return { why: 'the gateway reads no document in a parameter' };
  const array = typeof shape === 'object' && 'array' in shape ? shape.array : undefined;
  const separator = separators[style];
  if (separator === undefined) return { why: `the gateway reads no parameter of the style \`${style}\`` };
  if (array !== undefined && explode && (place === 'query' || place === 'cookie')) return { why: 'the gateway hands over one value of each name, so a list must say `explode: false`' };
  if (place === 'path' && isMixed(operation, name)) return { why: 'it shares its segment with other text, which the gateway does not take apart' };
  const key = singleQuoted(place === 'path' ? (variables.get(name) ?? name) : name);
  if (key === undefined) return { why: 'its name has a quote' };
  const text = `$request.${place}.${parameter.name}`;
  const encoded = place === 'cookie' || (place === 'path' && array !== undefined);
  const source = sourceOf(place, key, text, origin, n, printer, array !== undefined);
  const value = array === undefined ? printed(source.reference, shape, encoded) : listOf(source.reference, array, place === 'header' ? `[ \\t]*${separator}[ \\t]*` : separator, encoded);
  if (value === undefined) return { why: 'the gateway hands over texts and lists of them, not objects' };
  const otherwise = fallback === undefined ? undefined : jsonLiteral(fallback);
  return {
    lines: source.lines,
    member: { name, value, present: source.present, ...(otherwise === undefined ? {} : { otherwise }) },
  };
};

const isMixed = ({ path }: Operation, name: string): boolean => path.segments.some((segment) => segment.kind === 'mixed' && segment.parts.some((part) => 'name' in part && part.name === name));

interface Source { readonly lines: readonly string[]; readonly present: string; readonly reference: string }

/** Where the text of a parameter is found. A list in a path is split before it is decoded. */
const sourceOf = (place: Parameter['in'], key: string, text: string, origin: Parameter['origin'], n: number, printer: VelocityPrinter, list: boolean): Source => {
  const [present, reference] = [`$given${n}`, `$value${n}`];
  if (place === 'cookie') {
    const begin = `${key.slice(1, -1)}=`;
    return {
      present, reference,
      lines: [comment(text), `#set(${present} = false)#set(${reference} = "")`, `#foreach($pair in $cookies)#set($pair = $pair.trim())#if($pair.startsWith('${begin}'))#set(${present} = true)#set(${reference} = $pair.substring(${begin.length}).replaceAll('^"(.*)"$', '$1'))#end#end`],
    };
  }
  if (place === 'path' && list) return { present, reference, lines: [comment(text), `#set(${present} = true)#set(${reference} = $input.params().get('path').get(${key}))`] };
  const name = place === 'header' ? text.slice('$request.header.'.length) : text.split('.').slice(2).join('.');
  const expression: Expression = { origin, text, source: { kind: 'parameter', in: place, name }, schema: { origin, types: ['string'] }, optional: true };
  const found = printer.reach(expression);
  return { lines: [], present: found?.present ?? 'true', reference: found?.text ?? reference };
};

const listOf = (reference: string, item: Shape, separator: string, encoded: boolean): string | undefined => {
  const value = printed('$item', item, encoded);
  return value === undefined ? undefined : `[#if(${reference} != "")#foreach($item in ${reference}.split("${separator}", -1))${value}#if($foreach.hasNext), #end#end#end]`;
};

/** An object whose members may be absent; each takes the comma before it along. */
export const members = (comma: string, all: readonly Member[], indent: string): string => {
  if (all.length === 0) return '{}';
  const lines = all.map(({ name, value, present, otherwise }) => {
    const entry = (content: string): string => `${comma}${jsonText(name)}: ${content}#set(${comma} = ",")`;
    if (present === undefined) return entry(value);
    return `#if(${present})${entry(value)}${otherwise === undefined ? '' : `#{else}${entry(otherwise)}`}#end`;
  });
  return `{#set(${comma} = "")\n${lines.map((line) => `${indent}  ${line}`).join('\n')}\n${indent}}`;
};
