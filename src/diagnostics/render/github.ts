import type { Diagnostic, Level } from '../define.js';
import type { Locate } from '../locate.js';
import { printable } from './printable.js';

const commands: Readonly<Record<Level, string>> = { error: 'error', warning: 'warning', note: 'notice' };

const escapeData = (text: string): string => text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
const escapeProperty = (text: string): string => escapeData(text).replaceAll(':', '%3A').replaceAll(',', '%2C');

/** A workflow command that makes GitHub annotate a line. */
export const annotation = (level: Level, properties: Readonly<Record<string, string | number>>, text: string): string =>
  `::${commands[level]} ${Object.entries(properties).map(([name, value]) => `${name}=${escapeProperty(printable(String(value)))}`).join(',')}::${escapeData(text.split('\n').map(printable).join('\n'))}\n`;

/** Annotations, one a diagnostic. */
export const renderGithub = (diagnostics: readonly Diagnostic[], locate: Locate): string =>
  diagnostics.map(({ code, level, message, help, at, key }) => {
    const { file, line, column, endColumn } = locate(at, key);
    return annotation(level, { file, line, col: column, endColumn, title: code }, [printable(message), ...(help === undefined ? [] : [printable(help)])].join('\n'));
  }).join('');
