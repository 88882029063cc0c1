// Puts single faults into correct handlers, into what was generated and into the gateway, and counts which of them the generated suite notices.
// node bench/mutation.mjs [--sample N] [--seeds N] [--subject orders] [--named REGEX]
import { parseArgs } from 'node:util';
import { linesOf } from '../dist/src/cli/contract/lines.js';
import { runSuite } from '../dist/src/cli/contract/run.js';
import { served, subjectsOf, withFault, withSubject } from './mutants.mjs';

const { values: { sample, seeds, subject: chosen, named } } = parseArgs({ options: { sample: { type: 'string', default: '1' }, seeds: { type: 'string', default: '0' }, subject: { type: 'string' }, named: { type: 'string', default: '' } } });
const wanted = new RegExp(named);

/** Runs the suite in a folder against a gateway of an API. */
const run = (folder, api, { only = [], seed = 1, bail = 1, lines = {} } = {}) =>
  served(folder, api, (url) => runSuite({ folder, settings: { url, local: true, seed, costly: true, lines }, only, bail }));

/** What a machine that is busy with something else does is no noticing. */
const isLate = (message = '') => message.includes('Test timed out') || message.includes('[vitest-pool]');
const isTold = ({ outcome, message }) => outcome === 'broken' && !isLate(message);
const isBroken = ({ cases, errors }) => errors.some((message) => !isLate(message)) || cases.some(isTold);

/** What noticed a fault: the promise, and in which words it was told to be broken. */
const reasonOf = ({ cases, errors }) => {
  const broken = cases.find(isTold);
  return broken ? `${broken.promise}: ${(broken.message ?? '').split('\n')[0]}` : errors[0];
};

const results = [];
const subjects = subjectsOf(chosen);
for (const subject of subjects) await withSubject(subject, async ({ folder, compilation, mutants }) => {
  for (let seed = 1; seed <= Math.max(1, Number(seeds)); seed++) {
    const clean = await run(folder, compilation.api, { seed, bail: 0, lines: linesOf(compilation) });
    const broken = clean.cases.filter(({ outcome }) => outcome === 'broken');
    console.log(`${subject.name}, correct, seed ${seed}: ${clean.cases.filter(({ outcome }) => outcome === 'kept').length} kept, ${broken.length} broken`);
    for (const { operation, promise, name, message } of broken) console.log(`  ${operation} ${promise} ${name}\n${message}`);
    if (clean.errors.length > 0) console.log(clean.errors.join('\n'));
    // What is broken already would be taken for noticing whatever is put in.
    if (isBroken(clean)) process.exitCode = 1;
    if (seed === 1 && isBroken(clean)) return;
  }
  for (const mutant of mutants.filter(({ name }) => wanted.test(name)).filter((_, index) => index % Number(sample) === 0)) {
    const { kind, name, only } = mutant;
    const result = await withFault(mutant, compilation.api, async (api) => {
      const own = await run(folder, api, { only });
      // What an operation's own tests let pass, those of another may notice, or those before it have made something to notice it by.
      const whole = isBroken(own) ? own : await run(folder, api);
      return { killed: isBroken(whole), by: reasonOf(whole) };
    }).catch((error) => ({ killed: false, by: `not run: ${error.message}` }));
    results.push({ subject: subject.name, kind, name, ...result });
    console.log(`${result.killed ? 'killed  ' : 'SURVIVED'} ${subject.name} ${kind}: ${name}${result.by ? ` (${result.by})` : ''}`);
  }
});

console.log('\n| subject | faults of | mutants | killed | |\n| --- | --- | --- | --- | --- |');
for (const { name } of subjects) for (const kind of ['handler', 'gateway']) {
  const of = results.filter((each) => each.subject === name && each.kind === kind);
  const killed = of.filter((each) => each.killed).length;
  if (of.length > 0) console.log(`| ${name} | ${kind} | ${of.length} | ${killed} | ${((100 * killed) / of.length).toFixed(1)} % |`);
}
const killed = results.filter((each) => each.killed).length;
console.log(`\n${killed} of ${results.length} killed (${((100 * killed) / results.length).toFixed(1)} %).`);
