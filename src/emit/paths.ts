/** Why a generator may not write to a path, or nothing when it may. The contract is protoc's: relative, `/` only, no `.` or `..`. */
export const pathFault = (path: string): string | undefined => {
  if (path === '' || path.startsWith('/') || /^[A-Za-z]:/.test(path)) return 'it is not relative';
  if (path.includes('\\')) return 'it has a backslash';
  for (const part of path.split('/')) {
    if (part === '') return 'it has an empty part';
    if (part === '.' || part === '..') return `it has a \`${part}\``;
    if (/[\u0000-\u001f\u007f<>:"|?*]/u.test(part)) return 'it has a character that file systems refuse';
    if (/[. ]$/.test(part)) return 'a part ends in a dot or a blank, which Windows drops';
    if (/^(con|prn|aux|nul|com\d|lpt\d)(\.|$)/i.test(part)) return `\`${part}\` is a device on Windows`;
  }
  return undefined;
};

/** Two paths with the same key are one file on some file system (case folding, Unicode normalisation). */
export const pathKey = (path: string): string => path.normalize('NFC').toLowerCase();
