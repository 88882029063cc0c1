// Builds dist/ from src/ and generators/, unless it is newer than they are. A package installed without the compiler has its dist/ already.
import { build } from 'esbuild';
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, readdirSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const tsc = join(root, 'node_modules', 'typescript', 'bin', 'tsc');
const stamp = join(root, 'dist', '.built');
const newest = (path) => (statSync(path).isFile() ? statSync(path).mtimeMs : Math.max(statSync(path).mtimeMs, ...readdirSync(path).map((name) => newest(join(path, name)))));
const sources = ['src', 'generators', 'tsconfig.json', 'tsconfig.build.json', 'package-lock.json', 'scripts/build.mjs'].map((name) => join(root, name));

if (!existsSync(tsc)) process.exit(0);
if (existsSync(stamp) && sources.every((path) => newest(path) < statSync(stamp).mtimeMs)) process.exit(0);

/** The names and licences of the libraries that are bundled, as most of them ask. */
const notices = (inputs) => {
  const folders = new Set(inputs.flatMap((path) => /^.*node_modules\/(?:@[^/]+\/)?[^/]+/.exec(path)?.[0] ?? []));
  return [...folders].sort().map((folder) => {
    const { name, version, license } = JSON.parse(readFileSync(join(root, folder, 'package.json'), 'utf8'));
    const text = readdirSync(join(root, folder)).find((file) => /^licen[cs]e/i.test(file));
    return `${name} ${version} (${license})\n\n${text ? readFileSync(join(root, folder, text), 'utf8').trim() : 'No text of the licence comes with the package.'}\n`;
  }).join(`\n${'-'.repeat(80)}\n\n`);
};

const fresh = join(root, `dist.${process.pid}`);
const { status } = spawnSync(process.execPath, [tsc, '-p', join(root, 'tsconfig.build.json'), '--outDir', fresh], { stdio: 'inherit' });
if (status !== 0) {
  rmSync(fresh, { recursive: true, force: true });
  process.exit(status ?? 1);
}
// The command starts faster from a few files than from the thousand that its libraries are. Those that have binaries, and those whose files must stay theirs, are left outside.
const { metafile } = await build({
  absWorkingDir: root, entryPoints: ['main.js', 'build-thread.js', 'emit-thread.js', 'show-certificate.js'].map((name) => join(fresh, 'src', 'cli', name)), outdir: join(fresh, 'cli'), bundle: true, splitting: true, format: 'esm', platform: 'node', target: 'node20', logLevel: 'warning', metafile: true,
  external: ['esbuild', 'ts-morph', 'typescript', 'vitest'],
  // What help is laid out by: the later version asks for the segmenter of all languages at its first line, which costs every command 15 ms for each copy.
  alias: { 'string-width': 'string-width-cjs' },
  banner: { js: "import { createRequire as requireFrom } from 'node:module'; const require = requireFrom(import.meta.url);" },
});
writeFileSync(join(fresh, 'cli', 'NOTICES.txt'), notices(Object.keys(metafile.inputs)));
writeFileSync(join(fresh, '.built'), '');
const old = join(root, `dist.${process.pid}.old`);
if (existsSync(join(root, 'dist'))) renameSync(join(root, 'dist'), old);
renameSync(fresh, join(root, 'dist'));
rmSync(old, { recursive: true, force: true });
