import type { Template } from '../../src/ir/index.js';
import { join, prop, ts, type Code } from '../kit/typescript/index.js';
import { typeOf, unionOf, valueType, type TypeContext } from './types.js';

/** The type of what a template gives; `evaluate` says what that is, also where a value is absent. */
export const templateType = (template: Template, context: TypeContext): Code => {
  switch (template.kind) {
    case 'literal': return valueType(template.value);
    case 'value': return template.expression.schema ? typeOf(template.expression.schema, context) : ts`unknown`;
    case 'text': return ts`string`;
    case 'list': return ts`[${join(template.items.map((item) => (isOptional(item) ? unionOf([templateType(item, context), ts`null`]) : templateType(item, context))), ', ')}]`;
    case 'object': return ts`{ ${join(template.entries.map(([name, item]) => ts`${prop(name)}${isOptional(item) ? ts`?` : ts``}: ${templateType(item, context)}`), '; ')} }`;
  }
};

const isOptional = (template: Template): boolean => template.kind === 'value' && template.expression.optional;
