import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { inTurn, root, scratch } from './support.mjs';
import { synthetic } from './synthetic.mjs';

/** Whole builds into an empty folder, beside a process that only parses the same bytes, and one that prints types alone. */
const measure = async (quick) => {
  const folder = scratch();
  const large = join(folder, 'synthetic.json');
  writeFileSync(large, JSON.stringify(synthetic(1000)));
  const box = join(root, '..', 'shared', 'corpus', 'box', 'openapi.json');
  const documents = [
    ...(existsSync(box) ? [['Box (296 operations, 1.7 MB)', box]] : []),
    ['1,000 operations, synthetic', large],
  ];
  const peer = installPeer(folder);
  const rows = documents.flatMap(([name, path]) => {
    const out = () => scratch();
    const [ours, floor, types] = inTurn(quick ? 1 : 5, [
      () => [join(root, 'bin', 'gatewright.js'), 'build', path, '--out', out()],
      () => ['-e', `JSON.parse(require('fs').readFileSync(${JSON.stringify(path)}, 'utf8'))`],
      ...(peer ? [() => [peer, path, '--output', join(out(), 'types.ts')]] : []),
    ]);
    const bytes = readFileSync(path).length;
    return [
      [`build of ${name}, everything, whole process`, shown(ours), `\`JSON.parse\` of its ${(bytes / 1e6).toFixed(1)} MB: ${shown(floor)}`, `${(ours.seconds / floor.seconds).toFixed(1)}×`],
      ...(types ? [[`the same`, shown(ours), `openapi-typescript 7, types only: ${shown(types)}`, `${(ours.seconds / types.seconds).toFixed(1)}×`]] : []),
    ];
  });
  return [...rows, ...(quick ? [] : [growth(folder, large)])];
};

/** Whether the cost of an operation grows with their number. */
const growth = (folder, large) => {
  const larger = join(folder, 'larger.json');
  writeFileSync(larger, JSON.stringify(synthetic(10_000)));
  const check = (path) => () => [join(root, 'bin', 'gatewright.js'), 'build', path, '--out', scratch()];
  const [ten, one] = inTurn(1, [check(larger), check(large)]);
  return ['10,000 operations, synthetic, everything', shown(ten), `1,000: ${shown(one)}`, `${(ten.seconds / one.seconds).toFixed(1)}× for 10×`];
};

const shown = ({ seconds, megabytes }) => `${seconds.toFixed(2)} s, ${megabytes.toFixed(0)} MB`;

/** Nothing where no registry is reached: the row is left out then. */
const installPeer = (folder) => {
  const { status } = spawnSync('npm', ['install', '--silent', '--no-audit', '--no-fund', '--prefix', folder, 'openapi-typescript@7', 'typescript@5'], { stdio: 'ignore' });
  const path = join(folder, 'node_modules', 'openapi-typescript', 'bin', 'cli.js');
  return status === 0 && existsSync(path) ? path : undefined;
};

export const compile = { name: 'compile', measure };
