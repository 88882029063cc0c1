import { defineDiagnostic } from '../../diagnostics/define.js';
import type { StatusRange } from '../../ir/index.js';
import { operationRule } from '../rule.js';

const withoutEnvelope = defineDiagnostic<{ status: string; envelope: string }>({
  code: 'design/error-envelope',
  level: 'warning',
  summary: 'an error whose body is not the envelope of the API',
  message: ({ status, envelope }) => `the error ${status} has another body than \`${envelope}\`, which every error of this API has`,
  help: ({ envelope }) => `Refer to \`${envelope}\` as the schema of this response.`,
});

const isError = (status: StatusRange): boolean => (typeof status === 'number' ? status >= 400 : status === '4XX' || status === '5XX' || status === 'default');

export const errorEnvelope = operationRule([withoutEnvelope], ({ responses }, report, { errors, schemas }) => {
  if (errors.schema === undefined) return;
  const { schema: envelope } = errors;
  for (const { status, contents, origin } of responses) {
    const json = contents.find(({ kind }) => kind === 'json');
    const composed = json?.schema?.ref === undefined ? json?.schema?.allOf : schemas.get(json.schema.ref)?.schema.allOf;
    if (isError(status) && json && json.schema?.ref !== envelope && composed?.some(({ ref }) => ref === envelope) !== true) {
      report(withoutEnvelope({ status: String(status), envelope }, origin));
    }
  }
});
