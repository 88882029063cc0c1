import { Code, nothing } from './code.js';

/** One line of text as a comment can hold it: no line ends, no end of the comment, nothing that hides. */
const calm = (text: string): string =>
  harmless.test(text) && !text.includes('  ') ? text.trim() : text.replace(/\s+/gu, ' ').replace(/[\p{Cc}\p{Cf}\p{Co}\p{Cn}\p{Cs}\p{Zl}\p{Zp}]/gu, '').replaceAll('*/', '* /').replaceAll('/*', '/ *').replaceAll('@ts-', '@ ts-').trim();

/** Printable ASCII without what may begin or end something. */
const harmless = /^[ -)+-?A-~]*$/;

/** A comment of one line. */
export const comment = (text: string): Code => Code.trusted(`// ${calm(text)}`);

const wrapped = (text: string, width: number): string[] => {
  const lines: string[] = [];
  for (const paragraph of text.split(/\r\n|[\n\r\u2028\u2029]/)) {
    let line = '';
    for (const word of calm(paragraph).split(' ')) {
      if (line !== '' && line.length + word.length + 1 > width) {
        lines.push(line);
        line = word;
      } else line = line === '' ? word : `${line} ${word}`;
    }
    lines.push(line);
  }
  while (lines.at(-1) === '') lines.pop();
  while (lines[0] === '') lines.shift();
  return lines.filter((line, index) => line !== '' || lines[index - 1] !== '');
};

/** A documentation comment, wrapped; nothing where there is no text. */
export const docComment = (...texts: readonly (string | undefined)[]): Code => {
  const lines = wrapped(texts.filter((text) => text !== undefined && text !== '').join('\n'), 110);
  if (lines.length === 0) return nothing;
  if (lines.length === 1) return Code.trusted(`/** ${lines[0]} */`);
  return Code.trusted(`/**\n${lines.map((line) => ` *${line === '' ? '' : ` ${line}`}`).join('\n')}\n */`);
};
