import type { JsonObject } from '../../src/base/json.js';
import { kebab } from '../../src/base/text.js';
import type { EmitContext, OutputFile } from '../../src/emit/emitter.js';
import { layout, specifier } from '../../src/emit/layout.js';
import type { Api, Operation } from '../../src/ir/index.js';
import type { ApiPlan, Call, Plan, Story } from '../../src/suite/plan.js';
import { printJson } from '../kit/json.js';
import { comment, file, generatedHeader, Imports, indented, join, lit, objectLiteral, scaffoldHeader, ts, type Code } from '../kit/typescript/index.js';
import { namesJson, planEntries, printed, printedPlan } from './print.js';

/** The test file of an operation, or of one thing's life. */
const testFile = (path: string, place: string, call: 'contract' | 'story' | 'edge', module: string, plan: object | undefined, origin: OutputFile['origin']): OutputFile => {
  const imports = new Imports();
  const run = imports.value(specifier(path, layout.suite(module)), call);
  const api = imports.value(specifier(path, layout.contractApi), 'api');
  const fixtures = imports.value(specifier(path, layout.fixtures), 'fixtures');
  const data = plan === undefined ? undefined : printedPlan(plan);
  if (data && namesJson(data)) imports.type(specifier(path, layout.suite('plan.ts')), 'Json');
  return { path, ownership: 'generated', content: file(generatedHeader(place), imports, [data ? ts`${run}(${api}, ${fixtures}, ${data});` : ts`${run}(${api}, ${fixtures});`]), ...(origin ? { origin } : {}) };
};

/** Bodies that only others make something of are theirs to find among the calls; its own cases have them by name. */
export const operationFile = (operation: Operation, { kinds: _, least: __, ...plan }: Plan, { label }: EmitContext): OutputFile =>
  testFile(layout.contractTest(operation), label(operation.origin), 'contract', 'contract.ts', plan, operation.origin);

export const storyFile = (api: Api, plan: Story, { label }: EmitContext): OutputFile => {
  const { origin, fileName = kebab(plan.create) } = api.operations.get(plan.create) ?? {};
  return testFile(layout.contractLife({ fileName }), origin ? label(origin) : plan.name, 'story', 'story.ts', plan, origin);
};

export const edgeFile = (api: Api, { label }: EmitContext): OutputFile => testFile(layout.contractStory('the-edge'), label(api.origin), 'edge', 'edge.ts', undefined, api.origin);

/** What all tests of the API share. */
export const apiFile = (api: Api, plan: Omit<ApiPlan, 'calls'>, calls: ReadonlyMap<string, Call>, { label, keep }: EmitContext): OutputFile => {
  const imports = new Imports();
  const type = imports.type('./plan.js', 'ApiPlan');
  const printedCalls = objectLiteral([...calls].map(([id, call]) => [id, keep(`printed call ${id}`, [call], () => printed(call))]));
  const data = objectLiteral([...keep('printed api', [JSON.stringify(plan)], () => planEntries(plan)), ['calls', printedCalls]]);
  if (namesJson(data)) imports.type('./plan.js', 'Json');
  return { path: layout.contractApi, ownership: 'generated', content: file(generatedHeader(label(api.origin)), imports, [ts`export const api: ${type} = ${data};`, names(api)]), origin: api.origin };
};

/** The names that fixtures may use. */
const names = (api: Api): Code => {
  const union = (all: Iterable<string>): Code => {
    const unique = [...new Set(all)].sort();
    return unique.length === 0 ? ts`never` : join(unique.map((name) => lit(name)), ' | ');
  };
  const variables = [...api.operations.values()].flatMap(({ parameters }) => parameters.filter((parameter) => parameter.in === 'path').map(({ name }) => name));
  return ts`/** The names that fixtures know things by. */
export interface Names {
  readonly operation: ${union(api.operations.keys())};
  readonly scheme: ${union([...api.schemes.values()].map(({ name }) => name))};
  readonly variable: ${union(variables)};
}`;
};

/** What a document cannot know: the developer's file. */
export const fixturesFile = (api: Api, { specName }: EmitContext, plans: Iterable<Call>): OutputFile => {
  const imports = new Imports();
  const define = imports.value(specifier(layout.fixtures, layout.suite('fixtures.ts')), 'defineFixtures');
  const type = imports.type(specifier(layout.fixtures, layout.contractApi), 'Names');
  const unknown = [...new Set([...plans].flatMap((call) => call.unknown ?? []))].sort();
  const code = [...api.schemes.values()].filter(({ check }) => check === undefined || check.kind === 'function');
  const body = [
    comment('What the document cannot know. Everything is optional, and typed: see defineFixtures.'),
    ...(unknown.length > 0 ? [comment(`ids: values of path variables that nothing of the document makes: ${unknown.join(', ')}`)] : []),
    ...(code.length > 0 ? [comment(`credentials: what your own code takes for ${code.map(({ name }) => name).join(', ')}, as { headers: { authorization: '…' } }, or a function that asks for it`)] : []),
    comment('requests: by operation, values that your data knows, in place of made-up ones'),
    comment('before: seeds; except: promises that cannot be held to here, each with its reason'),
  ];
  return { path: layout.fixtures, ownership: 'scaffold', content: file(scaffoldHeader(specName), imports, [ts`export const fixtures = ${define}<${type}>({\n${indented(body)}\n});`]), origin: api.origin };
};

/** Sources that the tests import, with the way to the runtime as it is from where they lie. */
export const supportFiles = (suite: EmitContext['suite']): OutputFile[] => [...suite].map(([name, source]): OutputFile => ({
  path: layout.suite(name), ownership: 'generated',
  content: source.replace(/from '\.\.\/runtime\/([\w-]+)\.js'/g, (_, module: string) => `from '${specifier(layout.suite(name), layout.runtime(`${module}.ts`))}'`),
}));

/** How the tests are run and type-checked. */
export const settingsFiles = (): OutputFile[] => [
  { path: layout.testCompilerOptions, ownership: 'generated', content: printJson({
    extends: `../${layout.compilerOptions}`, compilerOptions: { lib: ['ES2023', 'DOM', 'DOM.Iterable'], skipLibCheck: true }, include: ['.'],
  } satisfies JsonObject) },
  { path: layout.testConfig, ownership: 'generated', content: configText },
];

const configText = `// Generated by gatewright; edits are lost. \`gatewright test\` runs this, and so does \`vitest --config test/vitest.config.mjs\` with GATEWRIGHT_URL.
const { env } = process;
const { GATEWRIGHT_URL: url = 'http://127.0.0.1:3000', GATEWRIGHT_SEED: seed = '1' } = env;

export default {
  test: {
    include: ['test/contract/**/*.test.ts'],
    // One after the other: throttles, caches and data are everybody's.
    fileParallelism: false,
    testTimeout: 60_000,
    provide: { gatewright: { url: url.replace(/\\/$/, ''), local: false, seed: Number(seed), costly: false, certified: false, lines: {} } },
  },
};
`;
