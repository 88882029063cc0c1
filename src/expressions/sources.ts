import type { Expression, Source, Template } from '../ir/index.js';

/** Every expression in a template. */
export const expressionsIn = (template: Template): readonly Expression[] => {
  switch (template.kind) {
    case 'literal':
      return [];
    case 'value':
      return [template.expression];
    case 'text':
      return template.parts.flatMap((part) => (typeof part === 'string' ? [] : [part]));
    case 'list':
      return template.items.flatMap(expressionsIn);
    case 'object':
      return template.entries.flatMap(([, value]) => expressionsIn(value));
  }
};

/** Whether a value comes from what the caller chose freely: a parameter, or the body. */
export const isChosen = ({ kind }: Source): boolean => kind === 'parameter' || kind === 'body';
