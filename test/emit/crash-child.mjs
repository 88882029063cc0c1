/** One build of a folder in a process whose file system fails, or which is ended, at its n-th call that changes something. */
import fs from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';

const [dist, root, wanted, how, at] = process.argv.slice(2);
let calls = 0;
for (const name of ['writeFileSync', 'renameSync', 'mkdirSync', 'rmSync', 'rmdirSync', 'chmodSync', 'linkSync']) {
  const real = fs[name];
  fs[name] = (...args) => {
    calls++;
    if (calls !== Number(at)) return real(...args);
    if (how === 'no space') throw Object.assign(new Error('ENOSPC: no space left on device'), { code: 'ENOSPC' });
    try {
      if (how === 'half written' && name === 'writeFileSync') real(args[0], String(args[1]).slice(0, String(args[1]).length >> 1), args[2]);
      else real(...args);
    } finally {
      process.kill(process.pid, 'SIGKILL');
    }
  };
}
syncBuiltinESMExports();
const load = (path) => import(`${dist}/src/${path}.js`);
const [{ exclusively }, { readFolder }, { collectFiles, planWrites }, { recover, write }] = await Promise.all(['emit/exclusive', 'emit/folder', 'emit/plan', 'emit/write'].map(load));
const codes = [];
const report = ({ code }) => { codes.push(code); };
const files = collectFiles([['test', JSON.parse(wanted)]], () => '', report);
const done = exclusively(root, report, () => {
  if (!recover(root, report)) return false;
  const folder = readFolder(root, files.map(({ path }) => path), report);
  const plan = folder && planWrites(files, folder.lock, folder.disk, report);
  return plan !== undefined && write(root, plan, { compiler: '1', spec: 's', targets: [] }, report);
}) ?? false;
console.log(JSON.stringify({ calls, codes, done }));
