import { defineDiagnostic } from '../diagnostics/define.js';

export const unknownProfile = defineDiagnostic<{ name: string; near: string | undefined }>({
  code: 'gateway/unknown-profile',
  level: 'error',
  summary: 'a profile that the root does not define',
  message: ({ name, near }) => `there is no profile \`${name}\`${near === undefined ? '' : `; did you mean \`${near}\`?`}`,
  help: () => 'Define it in `x-gateway.profiles` at the root, or name one that is defined.',
});

export const unknownRule = defineDiagnostic<{ rule: string; near: string | undefined }>({
  code: 'allowance/unknown-rule',
  level: 'error',
  summary: 'an allowance for a code that does not exist',
  message: ({ rule, near }) => `there is no diagnostic \`${rule}\`${near === undefined ? '' : `; did you mean \`${near}\`?`}`,
  help: () => 'Name a code as it is printed in brackets, for example `auth/open`.',
});

export const notAllowable = defineDiagnostic<{ rule: string }>({
  code: 'allowance/not-allowable',
  level: 'error',
  summary: 'an allowance for a fault that nothing can be generated with',
  message: ({ rule }) => `\`${rule}\` cannot be allowed: what it reports has no meaning to generate`,
  help: () => 'Mend the fault, and take the allowance out.',
});

export const unusedAllowance = defineDiagnostic<{ rule: string }>({
  code: 'allowance/unused',
  level: 'warning',
  summary: 'an allowance that silences nothing',
  message: ({ rule }) => `nothing here or below is reported as \`${rule}\``,
  help: () => 'Take the allowance out.',
});

export const misplaced = defineDiagnostic({
  code: 'gateway/misplaced',
  level: 'warning',
  summary: '`x-gateway` at a place where nothing reads it',
  message: () => 'nothing reads `x-gateway` here',
  help: () => 'Move it to the root, a path item, an operation, a security scheme, or `components.x-gateway`.',
  key: true,
});

export const misspelt = defineDiagnostic<{ key: string; near: string }>({
  code: 'gateway/misspelt',
  level: 'warning',
  summary: 'an extension that is almost called as one of the language',
  message: ({ key, near }) => `nothing reads \`${key}\`; did you mean \`${near}\`?`,
  help: ({ near }) => `Rename it to \`${near}\`.`,
  key: true,
});

export const all = [misplaced, misspelt, unknownProfile, unknownRule, notAllowable, unusedAllowance];
