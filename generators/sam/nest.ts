import { define } from '../../src/base/json.js';
import { Commented, Tagged, type YamlValue } from '../kit/yaml.js';
import type { Resources } from './functions.js';
import { withGlobals } from './globals.js';
import { mostResources, resourceCount } from './resource-count.js';

/** A template of its own for some of the functions, deployed as one resource of the template that the gateway is in. */
export interface Nested { readonly file: string; readonly value: YamlValue }

/** Parameters, and outputs, of one template (AWS CloudFormation quotas). */
const mostValues = 200;
/** Leaves room for what the translator adds to a function that is not counted, as an alarm of its own. */
const fullStack = mostResources - 50;

/**
 * Takes functions out of a template that has more resources than a stack may. What a moved resource refers to and does not
 * go with it becomes a parameter of its stack; what others refer to in it, an output. Permissions stay with the gateway, or the
 * two stacks would wait for each other.
 */
export const nest = (resources: Resources, functions: readonly Resources[]): { readonly resources: Resources; readonly nested: readonly Nested[] } => {
  if (resourceCount(resources) <= mostResources) return { resources, nested: [] };
  const stacks = divide(functions);
  const home = new Map(stacks.flatMap((own, index) => Object.keys(own).map((id) => [id, `Functions${index + 1}`] as const)));
  const outputs = new Map<string, Map<string, YamlValue>>();
  const staying = Object.fromEntries(Object.entries(resources).filter(([id]) => !home.has(id)));
  const gateway = Object.fromEntries(Object.entries(staying).map(([id, value]) => [id, redirect(value, (reference) => {
    const stack = home.get(reference.split('.')[0] ?? '');
    if (stack === undefined) return undefined;
    const name = reference.replace('.', '');
    outputs.set(stack, (outputs.get(stack) ?? new Map<string, YamlValue>()).set(name, byName(reference)));
    return `${stack}.Outputs.${name}`;
  })]));
  const made = stacks.map((own, index) => {
    const name = `Functions${index + 1}`;
    const inputs = new Map<string, YamlValue>();
    const moved = Object.fromEntries(Object.entries(own).map(([id, value]) => [id, redirect(value, (reference) => {
      if (reference.startsWith('AWS::') || Object.hasOwn(own, reference.split('.')[0] ?? '')) return undefined;
      const input = `${reference.replace('.', '')}Given`;
      inputs.set(input, byName(reference));
      return input;
    })]));
    return { name, file: `functions-${index + 1}.yaml`, inputs, value: stackTemplate(moved, [...inputs.keys()], outputs.get(name) ?? new Map()) };
  });
  return {
    resources: {
      ...gateway,
      ...Object.fromEntries(made.map(({ name, file, inputs }) => [name, { Type: 'AWS::CloudFormation::Stack', Properties: { TemplateURL: file, ...(inputs.size > 0 ? { Parameters: Object.fromEntries(inputs) } : {}) } }])),
    },
    nested: made.map(({ file, value }) => ({ file, value })),
  };
};

/** As many functions to a stack as its resources and outputs allow, in their order. */
const divide = (functions: readonly Resources[]): Resources[] => {
  const stacks: { resources: Record<string, YamlValue>; count: number; functions: number }[] = [];
  for (const one of functions) {
    const last = stacks.at(-1);
    const added = last ? resourceCount(Object.fromEntries(Object.entries(one).filter(([id]) => !Object.hasOwn(last.resources, id)))) : 0;
    if (last && last.functions < mostValues && last.count + added <= fullStack) {
      Object.assign(last.resources, one);
      last.count += added;
      last.functions++;
    } else stacks.push({ resources: { ...one }, count: resourceCount(one), functions: 1 });
  }
  return stacks.map(({ resources }) => resources);
};

const stackTemplate = (resources: Resources, inputs: readonly string[], outputs: ReadonlyMap<string, YamlValue>): YamlValue => ({
  AWSTemplateFormatVersion: '2010-09-09',
  Transform: 'AWS::Serverless-2016-10-31',
  Description: 'Functions of the API whose template this one is deployed by',
  ...(inputs.length > 0 ? { Parameters: Object.fromEntries(inputs.map((name) => [name, { Type: 'String' }])) } : {}),
  ...withGlobals(resources),
  ...(outputs.size > 0 ? { Outputs: Object.fromEntries([...outputs].map(([name, Value]) => [name, { Value }])) } : {}),
});

/** `Ref` for what has no attribute, and for the alias that only the transform knows. */
const byName = (reference: string): YamlValue => (reference.includes('.') && !reference.endsWith('.Alias') ? new Tagged('!GetAtt', reference) : new Tagged('!Ref', reference));

/** Has every reference go elsewhere that `elsewhere` names a place for. */
const redirect = (value: YamlValue, elsewhere: (reference: string) => string | undefined): YamlValue => {
  if (typeof value !== 'object' || value === null) return value;
  const inside = (item: YamlValue): YamlValue => redirect(item, elsewhere);
  if (value instanceof Commented) return new Commented(value.comment, inside(value.value));
  if (value instanceof Tagged) {
    const { tag, value: argument } = value;
    if ((tag === '!Ref' || tag === '!GetAtt') && typeof argument === 'string') {
      const place = elsewhere(argument);
      return place === undefined ? value : byName(place);
    }
    if (tag === '!Sub') {
      const [text, parts] = Array.isArray(argument) ? argument as unknown as readonly [string, Readonly<Record<string, YamlValue>>] : [String(argument), undefined];
      const known = text.replace(/\$\{([^!}][^}]*)\}/g, (whole, reference: string) => {
        const place = parts && Object.hasOwn(parts, reference) ? undefined : elsewhere(reference);
        return place === undefined ? whole : `\${${place}}`;
      });
      return new Tagged(tag, parts === undefined ? known : [known, inside(parts)]);
    }
    return new Tagged(tag, inside(argument));
  }
  // Nearly all of a template refers to nothing, and need not be copied.
  if (Array.isArray(value)) {
    const items = (value as readonly YamlValue[]).map(inside);
    return items.every((item, index) => item === value[index]) ? value : items;
  }
  const map = value as { readonly [key: string]: YamlValue };
  let changed: { [key: string]: YamlValue } | undefined;
  for (const key of Object.keys(map)) {
    const item = inside(map[key] as YamlValue);
    if (item !== map[key]) define((changed ??= { ...map }), key, item);
  }
  return changed ?? value;
};
