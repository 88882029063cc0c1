export { Code, foreign, ident, indented, isIdentifier, join, nothing, ts } from './code.js';
export { comment, docComment } from './comment.js';
export { file, generatedHeader, Imports, scaffoldHeader } from './file.js';
export { MappingPrinter, type Helper } from './mapping.js';
export { listLiteral, lit, loosely, objectLiteral, prop, regex, type Loose } from './literal.js';
