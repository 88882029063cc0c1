import type { Shape } from '../../../src/runtime/contract.js';
import { quoted } from './source.js';

/** Texts that are sure to be the number that they look like, wherever they are read; of others the function finds out. */
const numerals = { integer: "'-?(0|[1-9][0-9]{0,14})'", number: "'-?(0|[1-9][0-9]{0,14})([.][0-9]{1,15})?'" } as const;

/** When a text is a value of a scalar shape that is no text, and the value; nothing for others. */
const literalOf = (reference: string, shape: Shape): readonly [condition: string, value: string] | undefined => {
  switch (shape) {
    case 'integer': case 'number': return [`${reference}.matches(${numerals[shape]})`, reference];
    case 'boolean': return [`${reference} == "true" || ${reference} == "false"`, reference];
    case 'null': return [`${reference} == "null" || ${reference} == ""`, 'null'];
    default: return undefined;
  }
};

/** Prints a text as the JSON that it is under a shape, or as a text where it is none of that; nothing for a shape that is no scalar. */
export const typedText = (reference: string, shape: Shape): string | undefined => {
  const all = typeof shape === 'object' && 'union' in shape ? shape.union : [shape];
  if (all.some((each) => typeof each !== 'string')) return undefined;
  const literals = all.flatMap((each) => { const found = literalOf(reference, each); return found ? [found] : []; });
  if (literals.length === 0) return quoted(reference);
  return `${literals.map(([condition, value], index) => `#${index === 0 ? 'if' : 'elseif'}(${condition})${value}`).join('')}#{else}${quoted(reference)}#end`;
};
