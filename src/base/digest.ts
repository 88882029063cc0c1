/** Loaded by whoever needs it first: it takes longer than anything else of Node's that a command would begin with, and a small document has no use for it. */
let crypto: ReturnType<typeof load> | undefined;
const load = () => process.getBuiltinModule('node:crypto');

/** SHA-256, in hex, of bytes, or of a text in UTF-8. */
export const sha256 = (content: string | Uint8Array): string => (crypto ??= load()).hash('sha256', content, 'hex');
