import { describe, expect, it } from 'vitest';
import { expectHeld, sheet, type Held } from '../support/held.js';

const printers = 'test/hostile/printers.test.ts';
const payload = 'test/hostile/payload.test.ts';
const names = 'test/hostile/cases.test.ts';
const local = 'test/local/hostile.test.ts';
const tokens = 'test/runtime/jwt.test.ts';
const written = 'test/emit/write.test.ts';
const commands = 'test/cli/commands.test.ts';
const bytes = 'test/determinism/bytes.test.ts';
const load = 'test/load/load.test.ts';

/** Each case that is to be held, by its number on the facts sheet about hard input, and what holds it here. */
const cases: readonly Held[] = [
  ['1', 'test', printers, 'comments hold no code'], ['1', 'test', payload, "'many lines'"],
  ['2', 'test', printers, 'TypeScript: values and names'], ['2', 'test', 'test/hostile/loaded.test.ts', 'have just the values of the document'],
  ['3', 'test', printers, '10,000 hostile texts'], ['3', 'test', 'test/terraform/hcl.test.ts', 'gives back 10,000 hostile texts'], ['3', 'test', 'test/real/velocity.real.ts', '10,000 hostile texts'], ['3', 'test', 'test/diff/command.test.ts', 'hostile.yaml'],
  ['4', 'test', payload, 'a payload at every place where a text may stand'],
  ['5', 'test', 'test/hostile/loaded.test.ts', 'accept what the document accepts'],
  ['6', 'test', 'test/architecture/text.test.ts', 'that is planted is found'],
  ['7', 'test', names, 'marks of replacing, printing and templates'],
  ['8', 'test', names, 'words of the language'],
  ['9', 'test', 'test/kit/typescript.test.ts', 'a property of the name __proto__'], ['9', 'test', load, 'a key named __proto__ is data'],
  ['10', 'test', 'test/hostile/loaded.test.ts', 'do nothing when they are loaded'],
  ['18', 'test', names, 'a way out of the folder'],
  ['19', 'test', names, 'that fold into one'],
  ['20', 'test', written, 'is a symbolic link, and leaves its target alone'],
  ['21', 'test', names, 'keeps all that was there'],
  ['29', 'test', names, 'is refused in one diagnostic'], ['29', 'test', 'test/emit/crash.test.ts', 'no space'], ['29', 'code', 'output/unwritable'],
  ['30', 'test', 'test/terraform/hcl.test.ts', 'gives back hostile text'],
  ['31', 'test', 'test/kit/yaml.test.ts', 'in YAML 1.1 and 1.2'],
  ['32', 'test', 'test/real/velocity.real.ts', 'are printed as they are'],
  ['33', 'test', names, 'with a line end are refused'],
  ['40', 'test', load, 'references to other machines'],
  ['42', 'test', load, 'over a symlink that leaves'],
  ['49', 'test', 'bench/compile.mjs', '10,000 operations'], ['49', 'test', names, 'size'],
  ['50', 'test', 'test/hostile/replaced.test.ts', 'with another value at one place'],
  ['53', 'test', load, 'a byte order mark'], ['53', 'test', load, 'only comments'], ['53', 'code', 'load/too-large'],
  ['54', 'test', commands, 'never touches a handler again'],
  ['55', 'code', 'output/edited'], ['55', 'test', 'test/cli/up-to-date.test.ts', 'an edit of a generated file'],
  ['56', 'test', 'test/emit/plan.test.ts', 'names the new stub when an operation was renamed'],
  ['57', 'test', names, 'is as it was after a build that was refused'],
  ['58', 'test', names, 'and after one with nothing to do'],
  ['59', 'test', names, 'whose handlers no longer fit is told so in words of the document'],
  ['70', 'test', bytes, 'with keys in any order'],
  ['71', 'test', commands, 'are the same from another folder, time zone, locale and home'],
  ['72', 'test', bytes, 'gives the same bytes as in one'], ['72', 'test', bytes, 'gives what the file gives'], ['72', 'test', 'test/lower-openapi/schema.test.ts', 'the 3.0 and the 3.1 way of saying the same become the same'],
  ['76', 'code', 'cache/no-principal'],
  ['77', 'code', 'auth/jwt-algorithm'], ['77', 'code', 'auth/jwt-audience'], ['77', 'code', 'auth/cleartext'], ['77', 'code', 'auth/unchecked'],
  ['78', 'code', 'cors/wildcard-credentials'],
  ['79', 'code', 'auth/mutation-open'], ['79', 'code', 'load/no-throttle'],
  ['80', 'code', 'auth/authorizer-cache'],
  ['81', 'code', 'load/unbounded'],
  ['82', 'code', 'auth/basic'], ['82', 'code', 'auth/key-in-query'], ['82', 'code', 'auth/weak-flow'], ['82', 'code', 'design/cleartext-server'],
  ['83', 'test', 'test/real/checkov.real.ts', 'polic'],
  ['91', 'test', 'test/catalog/pages.test.ts', 'through the whole compiler, and the passing one does not'],
  ['93', 'test', local, '10,241 bytes of headers'], ['93', 'test', local, '1,000 headers'], ['93', 'test', local, '8,193 bytes of URL'],
  ['95', 'test', 'test/runtime/carriers.test.ts', 'too many parts'], ['95', 'test', local, 'gives up a body in chunks at its limit, without keeping it'],
  ['97', 'test', local, '__proto__[x]=1&constructor.prototype.y=2'],
  ['100', 'code', 'cache/no-principal'], ['100', 'test', 'test/policies/cache.test.ts', 'has the caller by their credential'],
  ['105', 'test', 'test/local/limits.test.ts', 'a token bucket'],
  ['107', 'test', tokens, 'HS256 by the public key as PKCS#1'], ['107', 'test', tokens, 'alg none'],
];

const facts = sheet('hard-to-break.md');

describe('hard input', () => {
  it.runIf(facts !== undefined)('is all in the table, and no other', () => {
    const [, section = ''] = (facts ?? '').split('## 9. ');
    const ids = [...section.matchAll(/^\| (\d+) \|/gm)].map(([, id]) => id ?? '');
    expect(ids.length).toBeGreaterThan(45);
    expect([...new Set(cases.map(([id]) => id))]).toEqual(ids);
  });

  it('is held by tests and diagnostics that there are', () => expectHeld(cases));
});
