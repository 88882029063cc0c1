import { list, nearest } from '../../base/text.js';
import { defineDiagnostic } from '../../diagnostics/define.js';
import type { Operation } from '../../ir/index.js';
import { operationRule } from '../rule.js';

const unknownParameter = defineDiagnostic<{ name: string; place: string; near: string | undefined }>({
  code: 'cache/unknown-parameter',
  level: 'error',
  summary: 'a cache key with a parameter that the operation does not declare',
  message: ({ name, place, near }) => `the cache key names the ${place} parameter \`${name}\`, which the operation does not declare${near === undefined ? '' : `; did you mean \`${near}\`?`}`,
  help: () => 'Declare the parameter, or take it out of the key.',
});

const missingInput = defineDiagnostic<{ inputs: readonly string[] }>({
  code: 'cache/missing-input',
  level: 'warning',
  summary: 'a cache key that leaves out what the backend reads',
  message: ({ inputs }) => `the backend reads ${list(inputs.map((each) => `\`${each}\``))}, and the cache key leaves ${inputs.length === 1 ? 'it' : 'them'} out`,
  help: ({ inputs }) => `Add ${list(inputs.map((each) => `\`${each}\``))} to \`key\`: without, one caller is given the answer to another question.`,
});

export const cacheKey = operationRule([unknownParameter, missingInput], ({ policy: { cache }, parameters }, report) => {
  if (!cache) return;
  const declared = parameters.flatMap(keyed);
  const inKey = cache.key.flatMap((part) => (part.kind === 'parameter' ? [part] : []));
  for (const { in: place, name } of inKey) {
    if (!declared.some((each) => each.in === place && each.name === name) && !(place === 'header' && standard.includes(name))) {
      report(unknownParameter({ name, place, near: nearest(name, declared.filter((each) => each.in === place).map((each) => each.name)) }, cache.origin));
    }
  }
  const inputs = declared.filter((each) => !inKey.some((part) => part.in === each.in && part.name === each.name)).map((each) => `${each.in}.${each.name}`);
  if (inputs.length > 0) report(missingInput({ inputs }, cache.origin));
});

/** Headers that OpenAPI does not let a document declare as parameters, or that need no declaration. */
const standard = ['accept', 'accept-language', 'accept-encoding', 'authorization', 'content-type'];

const keyed = ({ in: place, name }: Operation['parameters'][number]): readonly { readonly in: 'query' | 'header'; readonly name: string }[] =>
  (place === 'query' ? [{ in: place, name }] : place === 'header' ? [{ in: place, name: name.toLowerCase() }] : []);
