import { defineDiagnostic } from '../../src/diagnostics/define.js';
import { list } from '../../src/base/text.js';

export const modelKeywords = defineDiagnostic<{ keywords: readonly string[] }>({
  code: 'target/model-keywords', level: 'note',
  summary: 'schema keywords that the gateway\'s models cannot hold are left to the function',
  message: ({ keywords }) => `the gateway's request models leave ${list(keywords.map((keyword) => `\`${keyword}\``))} to the function, which checks every request in full`,
});

export const dynamicReference = defineDiagnostic<{ text: string; place: string }>({
  code: 'target/dynamic-reference', level: 'error',
  summary: 'a text that CloudFormation would replace by a secret or a parameter of the account',
  message: ({ text, place }) => `${JSON.stringify(text)} would stand at \`${place}\` of the template, where CloudFormation looks up what \`{{resolve:…}}\` names`,
  help: () => 'Write the text otherwise: CloudFormation has no escape for it.',
});

export const all = [modelKeywords, dynamicReference];
