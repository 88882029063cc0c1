import { transform } from 'esbuild';
import { parse } from 'yaml';

/** What must be true of any compilation; answers the first thing that is not, in one line. */
export const faultOf = async ({ diagnostics, failed, sources, document, files }, { createLocator, renderTerminal, renderGithub, renderJson }) => {
  const errors = diagnostics.filter(({ level }) => level === 'error');
  if (failed && errors.length === 0) return 'refused without an error';
  const locate = createLocator(sources, document?.origins);
  for (const { code, at, key, message, help, related } of diagnostics) {
    for (const text of [message, help ?? '', ...related.map((one) => one.message)]) {
      if (/\[object Object\]|\bundefined\b|TypeError|RangeError|\n {4}at /.test(text.replace(/`[^`]*`/g, '').replaceAll('-undefined-', ''))) return `${code} says ${JSON.stringify(text.slice(0, 200))}`;
    }
    for (const place of [{ at, key }, ...related]) {
      const { line, column } = locate(place.at, place.key);
      if (!(line >= 1 && column >= 1)) return `${code} has no place in ${place.at.file}${place.at.pointer}`;
    }
  }
  for (const [name, text] of [['terminal', renderTerminal(diagnostics, locate, { colour: false, inFull: Infinity })], ['github', renderGithub(diagnostics, locate)]]) {
    const [hidden] = /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u200b-\u200f\u2028-\u202e\u2066-\u2069\ufeff].{0,40}/u.exec(text) ?? [];
    if (hidden !== undefined) return `what is shown in ${name} carries control characters: ${JSON.stringify(hidden)}`;
  }
  JSON.parse(renderJson(diagnostics, locate));
  if (failed) return undefined;
  if (!files || files.length === 0) return 'built, and nothing was generated';
  // A part of the files, always the same: a mutant of a large description would take seconds otherwise.
  const step = Math.ceil(files.length / 40);
  for (const [index, { path, content }] of files.entries()) {
    if (index % step !== 0) continue;
    try {
      if (/\.[mc]?[jt]s$/.test(path)) await transform(content, { loader: path.endsWith('ts') ? 'ts' : 'js' });
      else if (path.endsWith('.json')) JSON.parse(content);
      else if (path.endsWith('.yaml')) parse(content, { logLevel: 'silent', maxAliasCount: 0, customTags: () => [] });
    } catch (error) {
      return `${path} is not well-formed: ${error instanceof Error ? error.message.split('\n')[0] : String(error)}`;
    }
  }
  return undefined;
};
