import { compare } from '../../base/order.js';
import type { Origin } from '../../base/origin.js';
import type { AnyFactory, Diagnostic } from '../define.js';
import type { Locate } from '../locate.js';

/** SARIF 2.1.0. `rules` are the definitions of all codes; those that occur are described. */
export const renderSarif = (diagnostics: readonly Diagnostic[], locate: Locate, rules: readonly AnyFactory[], version: string): string => {
  const used = [...new Set(diagnostics.map(({ code }) => code))].sort(compare);
  const definitions = new Map(rules.map(({ definition }) => [definition.code, definition]));
  const location = (at: Origin, key?: boolean): object => {
    const { file, line, column, endColumn } = locate(at, key);
    return {
      physicalLocation: { artifactLocation: { uri: encodeURI(file).replaceAll('#', '%23').replaceAll('?', '%3F') }, region: { startLine: line, startColumn: column, endColumn } },
      logicalLocations: [{ fullyQualifiedName: at.pointer, kind: 'value' }],
    };
  };
  const document = {
    $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
    version: '2.1.0',
    runs: [{
      tool: {
        driver: {
          name: 'gatewright',
          version,
          rules: used.map((id) => {
            const definition = definitions.get(id);
            return { id, ...(definition ? { shortDescription: { text: definition.summary }, defaultConfiguration: { level: definition.level } } : {}) };
          }),
        },
      },
      columnKind: 'utf16CodeUnits',
      results: diagnostics.map(({ code, level, message, help, at, key, related }) => ({
        ruleId: code,
        ruleIndex: used.indexOf(code),
        level,
        message: { text: help === undefined ? message : `${message}\n${help}` },
        locations: [location(at, key)],
        ...(related.length === 0 ? {} : { relatedLocations: related.map((one, id) => ({ id, message: { text: one.message }, ...location(one.at) })) }),
      })),
    }],
  };
  return `${JSON.stringify(document, null, 2)}\n`;
};
