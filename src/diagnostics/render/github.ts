import type { Diagnostic, Level } from '../define.js';
import type { Locate } from '../locate.js';
import { printable } from './printable.js';

const commands: Readonly<Record<Level, string>> = { error: 'error', warning: 'warning', note: 'notice' };

const escapeData = (text: string): string => text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
const escapeProperty = (text: string): string => escapeData(text).replaceAll(':', '%3A').replaceAll(',', '%2C');

/** Workflow commands that make GitHub annotate the lines; one a diagnostic. */
export const renderGithub = (diagnostics: readonly Diagnostic[], locate: Locate): string =>
  diagnostics.map(({ code, level, message, help, at, key }) => {
    const { file, line, column, endColumn } = locate(at, key);
    const properties = { file, line, col: column, endColumn, title: code };
    const text = [message, ...(help === undefined ? [] : [help])].map(printable).join('\n');
    return `::${commands[level]} ${Object.entries(properties).map(([name, value]) => `${name}=${escapeProperty(printable(String(value)))}`).join(',')}::${escapeData(text)}\n`;
  }).join('');
