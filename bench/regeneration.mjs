import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { inTurn, median, root, run, scratch } from './support.mjs';
import { synthetic } from './synthetic.mjs';

const gatewright = join(root, 'bin', 'gatewright.js');
const operations = 300;

/** What those pay who build on every change: a folder that is up to date, and one operation changed. */
const measure = async (quick) => {
  const folder = scratch();
  const [spec, out] = [join(folder, 'api.json'), join(folder, 'out')];
  const document = synthetic(operations);
  const save = () => writeFileSync(spec, JSON.stringify(document, undefined, 2));
  save();
  const build = ['build', spec, '--out', out, '--target', 'sam'];
  const [whole] = inTurn(quick ? 1 : 5, [() => [gatewright, 'build', spec, '--out', scratch(), '--target', 'sam']]);
  run([gatewright, ...build]);
  const [check] = inTurn(quick ? 1 : 9, [() => [gatewright, ...build, '--check']]);
  const watcher = spawn(process.execPath, [gatewright, ...build, '--watch']);
  let ready = false;
  watcher.stderr.on('data', (chunk) => (ready ||= String(chunk).includes('Watching')));
  try {
    while (!ready) await sleep(10);
    const times = [];
    for (let round = 0; round < (quick ? 2 : 15); round++) {
      document.paths['/things7'].get.parameters[0].schema.maximum = 200 + round;
      save();
      const started = performance.now();
      while (!readFileSync(join(out, 'generated', 'validators', 'list-thing7.js'), 'utf8').includes(`${200 + round}`)) await sleep(2);
      times.push(performance.now() - started);
      await sleep(1000);
    }
    const row = (what, ms) => [`${what}, ${operations} operations`, `${ms.toFixed(0)} ms`, `a first build ${whole.seconds.toFixed(2)} s`, `${(ms / (whole.seconds * 1000)).toFixed(2)}×`];
    return [row('`build --check`, nothing changed', check.seconds * 1000), row('`build --watch`, from one operation saved to its file written', median(times))];
  } finally {
    watcher.kill();
    await once(watcher, 'exit');
  }
};

export const regeneration = { name: 'regeneration', measure };
