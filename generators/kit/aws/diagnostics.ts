import { list } from '../../../src/base/text.js';
import { defineDiagnostic } from '../../../src/diagnostics/define.js';

export const modelKeywords = defineDiagnostic<{ keywords: readonly string[] }>({
  code: 'target/model-keywords', level: 'note',
  summary: 'schema keywords that the gateway\'s models cannot hold are left to the function',
  message: ({ keywords }) => `the gateway's request models leave ${list(keywords.map((keyword) => `\`${keyword}\``))} to the function, which checks every request in full`,
});
