import { defineDiagnostic } from '../diagnostics/define.js';
import { list } from '../base/text.js';

export const badPath = defineDiagnostic<{ generator: string; path: string; why: string }>({
  code: 'output/bad-path', level: 'error',
  summary: 'a generator wants to write where it must not',
  message: ({ generator, path, why }) => `generator \`${generator}\` wants to write \`${path}\`: ${why}`,
  help: () => 'Report this to the author of the generator; nothing was written.',
});

export const pathCollision = defineDiagnostic<{ first: string; second: string; path: string }>({
  code: 'output/collision', level: 'error',
  summary: 'two generators, or two things of the document, want the same file',
  message: ({ first, second, path }) => `\`${path}\` is wanted twice: by ${first} and by ${second}`,
  help: () => 'Rename one of the two; file names are compared without regard to case.',
});

export const foreignFile = defineDiagnostic<{ path: string }>({
  code: 'output/foreign-file', level: 'error',
  summary: 'a file that gatewright did not write stands where one must be generated',
  message: ({ path }) => `\`${path}\` was not written by gatewright (it is not in gatewright.lock.json) and would be replaced`,
  help: () => 'Move the file away, or choose another folder with `--out`.',
});

export const editedFile = defineDiagnostic<{ path: string }>({
  code: 'output/edited', level: 'error',
  summary: 'a generated file was edited by hand',
  message: ({ path }) => `\`${path}\` is generated, and was edited by hand`,
  help: () => 'Make the change in the document, or in your own file under handlers/; then build with `--force`, which replaces what is generated and nothing of yours.',
});

export const editReplaced = defineDiagnostic<{ path: string }>({
  code: 'output/edit-replaced', level: 'warning',
  summary: 'an edit of a generated file was replaced, as `--force` asks for',
  message: ({ path }) => `\`${path}\` was edited by hand, and the edit was replaced`,
  help: () => 'Look in your version control if you still need it.',
});

export const unknownFile = defineDiagnostic<{ path: string }>({
  code: 'output/unknown-file', level: 'error',
  summary: 'a file stands among the generated ones that nobody generates (`--check`)',
  message: ({ path }) => `\`${path}\` stands among what is generated, and nothing generates it`,
  help: () => 'Move it out of `generated/`, or delete it.',
});

export const orphan = defineDiagnostic<{ path: string; from: string; renamed: string | undefined; untouched: boolean; free: boolean }>({
  code: 'output/orphan', level: 'warning',
  summary: 'a file of yours whose operation has left the document',
  message: ({ path, from, renamed, untouched }) => `\`${path}\` belongs to ${from}, which ${renamed === undefined ? 'is no longer in the document' : `is now served by \`${renamed}\``}${untouched ? '; nobody wrote into it' : ''}`,
  help: ({ path, renamed, untouched, free }) => (untouched ? 'Build with `--prune` to put it aside.'
    : renamed === undefined ? `Delete \`${path}\` when you no longer need it; gatewright never does.`
      : free ? 'Build with `--move` to give your file its new name.' : `Move your code from \`${path}\` to \`${renamed}\`.`),
});

export const movedFile = defineDiagnostic<{ from: string; to: string }>({
  code: 'output/moved', level: 'note',
  summary: 'a file of yours was given the new name of its operation',
  message: ({ from, to }) => `\`${from}\` is \`${to}\` now, byte for byte; what it imports from \`generated/contract/\` has another name, too`,
  help: () => 'Change its import and the call of what it imports; `tsc` shows both places.',
});

export const aside = defineDiagnostic<{ from: string; to: string }>({
  code: 'output/put-aside', level: 'note',
  summary: 'a stub that nobody wrote into and nothing calls was put aside',
  message: ({ from, to }) => `\`${from}\` was put aside, to \`${to}\``,
});

/** One change of a signature as part of a sentence, with the lines of the file that read what changed. */
const changeText = ({ part, was, is, lines }: { readonly part: string; readonly was?: string; readonly is?: string; readonly lines: readonly number[] }): string => {
  const where = lines.length === 0 ? '' : ` [${lines.length === 1 ? 'line' : 'lines'} ${list(lines.map(String))}]`;
  if (was === undefined) return `\`${part}\` was added (${is})${where}`;
  return is === undefined ? `\`${part}\` was removed${where}` : `\`${part}\` was ${was}, and is ${is}${where}`;
};

export const signatureChanged = defineDiagnostic<{ path: string; changes: readonly { readonly part: string; readonly was?: string; readonly is?: string; readonly lines: readonly number[] }[] }>({
  code: 'output/signature-changed', level: 'note',
  summary: 'the document changed what a file of yours must agree with',
  message: ({ path, changes }) => `\`${path}\` may need a change: ${changes.map(changeText).join('; ')}`,
  help: () => 'Run `tsc` to see each place.',
});

export const drift = defineDiagnostic<{ path: string; how: string }>({
  code: 'output/drift', level: 'error',
  summary: 'the output folder is not what the document gives (`--check`)',
  message: ({ path, how }) => `\`${path}\` ${how}`,
  help: () => 'Run `gatewright build` and commit what it writes.',
});

export const unwritable = defineDiagnostic<{ path: string; why: string }>({
  code: 'output/unwritable', level: 'error',
  summary: 'the output folder cannot be written',
  message: ({ path, why }) => `\`${path}\` cannot be written: ${why}`,
  help: () => 'Make the folder writable, or choose another with `--out`; nothing was changed.',
});

export const busy = defineDiagnostic<{ path: string; holder: string }>({
  code: 'output/busy', level: 'error',
  summary: 'another build writes into the output folder, and does not end',
  message: ({ holder }) => `another build (process ${holder}) is writing into this folder`,
  help: ({ path }) => `Wait for it to end; if there is no such process, delete \`${path}\`.`,
});

export const symlink = defineDiagnostic<{ path: string }>({
  code: 'output/symlink', level: 'error',
  summary: 'a symbolic link stands in the way of the output',
  message: ({ path }) => `\`${path}\` is a symbolic link, and gatewright does not write through links`,
  help: () => 'Name the real folder with `--out`, or replace the link.',
});

export const badLock = defineDiagnostic<{ path: string }>({
  code: 'output/bad-lock', level: 'error',
  summary: 'the lock file cannot be read',
  message: ({ path }) => `\`${path}\` is not a lock file of this compiler, so it is unknown which files may be replaced`,
  help: () => 'Restore it from version control; or delete the generated folder and the lock, and build again.',
});

export const unsupported = defineDiagnostic<{ target: string; kind: string; feature: string; why: string; instead: string }>({
  code: 'target/unsupported', level: 'error',
  summary: 'the document asks for what the target cannot enforce',
  message: ({ target, kind, feature, why }) => `\`${target}\` cannot give ${feature} on ${kind === 'rest' ? 'a REST' : 'an HTTP'} API: ${why}`,
  help: ({ instead }) => instead,
});

export const notYet = defineDiagnostic<{ target: string; feature: string; id: string; note: string }>({
  code: 'target/not-yet', level: 'warning',
  summary: 'this compiler does not generate the feature for the target yet',
  message: ({ target, feature, id, note }) => `\`${target}\` does not have ${feature} yet (${id}): ${note}`,
  help: () => 'See the table in the README for what is planned; until then, leave it out or add it by hand after the build.',
});

export const inFunction = defineDiagnostic<{ target: string; feature: string; note: string }>({
  code: 'target/in-function', level: 'note',
  summary: 'the gateway lacks the feature, so the function enforces it',
  message: ({ target, feature, note }) => `\`${target}\` leaves ${feature} to the function: ${note}`,
});

export const byDefault = defineDiagnostic<{ target: string; feature: string; note: string }>({
  code: 'target/by-default', level: 'note',
  summary: 'the gateway enforces the feature by a default, which the target cannot set',
  message: ({ target, feature, note }) => `\`${target}\` leaves ${feature} to the gateway's default: ${note}`,
});

export const all = [badPath, pathCollision, foreignFile, editedFile, editReplaced, unknownFile, orphan, movedFile, aside, signatureChanged, drift, unwritable, busy, symlink, badLock, unsupported, notYet, inFunction, byDefault];
