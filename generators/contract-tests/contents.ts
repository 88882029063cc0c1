import { pointerToken } from '../../src/base/origin.js';
import { plain } from '../../src/base/text.js';
import type { Api, Operation } from '../../src/ir/index.js';
import type { Plan } from '../../src/suite/plan.js';
import { answerProperties, isDone, jsonOf, success } from './answers.js';
import { merge } from './merge.js';
import { neighbours } from './neighbours.js';
import { needsOf } from './resources.js';

/** Names of how many bytes a file has, and of the file itself below what is known of it. */
const sizes = /^(?:(?:file|content)?size(?:in)?(?:bytes)?|(?:content)?length|bytes)$/;
const files = /^(?:content|contents|download|file|raw|data|original|bytes|body)$/;

/** What becomes of the one file that a form takes: where the answer says how large it is, and what gives it back. */
export const contentOf = (api: Api, operation: Operation, { body }: Pick<Plan, 'body'>): Plan['content'] => {
  const [file, ...others] = body?.files ?? [];
  const schema = jsonOf(success(operation)?.contents);
  if (operation.method !== 'POST' || !isDone(operation) || file === undefined || others.length > 0) return undefined;
  const [size] = [...(schema ? answerProperties(api, schema) : [])].filter(([name, property]) => sizes.test(plain(name)) && merge(api, property).types?.value.includes('integer'));
  const given = (neighbours(api).below.get(operation.path.text) ?? []).flatMap(({ path }) => neighbours(api).below.get(path.text) ?? []).find((other) => {
    const [of, last] = other.path.segments.slice(-2);
    return other.method === 'GET' && last?.kind === 'literal' && files.test(plain(last.text)) && of?.kind === 'variable' && needsOf(api, other).needs[of.name]?.call === operation.id
      && success(other)?.contents.every(({ mediaType }) => mediaType === 'application/octet-stream');
  });
  const variable = given?.path.segments.at(-2);
  const need = given && variable?.kind === 'variable' ? needsOf(api, given).needs[variable.name] : undefined;
  const read = given && variable?.kind === 'variable' && need ? { call: given.id, variable: variable.name, from: need.from } : undefined;
  return size || read ? { file, ...(size ? { size: `/${pointerToken(size[0])}` } : {}), ...(read ? { read } : {}) } : undefined;
};
