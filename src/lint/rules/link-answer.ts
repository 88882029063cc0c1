import { defineDiagnostic } from '../../diagnostics/define.js';
import { linkTaskOf } from '../../ir/call.js';
import { linkAnswerOf, linkParts } from '../../ir/link.js';
import { list } from '../../base/text.js';
import { operationRule } from '../rule.js';

const linkAnswer = defineDiagnostic<{ status: number; fault: string; parts: readonly string[] }>({
  code: 'integration/link-answer',
  level: 'error',
  summary: 'an answer that cannot tell the link, or asks for what a link does not have',
  message: ({ status, fault }) => `the answer ${status} of a signed link cannot be given: ${fault}`,
  help: ({ parts }) => `Declare properties out of ${list(parts.map((part) => `\`${part}\``), 'and')}, or map them under \`responses\` as \`$response.body#/url\`.`,
});

/** Links come complete, so the declared answer must be one that a link fills. */
export const linkAnswers = operationRule([linkAnswer], (operation, report, api) => {
  const task = linkTaskOf(operation.integration.backend);
  if (!task) return;
  const { status, faults } = linkAnswerOf(api, operation, task);
  for (const fault of faults) report(linkAnswer({ status, fault, parts: linkParts[task.action] }, operation.responses.find((each) => each.status === status)?.origin ?? operation.integration.origin));
});
