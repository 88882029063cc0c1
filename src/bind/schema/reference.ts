import { chapter } from '../../language/reference.js';
import { styles } from '../../integrations/index.js';
import { allowances, componentsShape, places } from './places.js';

const opening = `# The x-gateway language

This page is printed from the description that the compiler itself reads (\`src/bind/schema\`, \`src/integrations\`); a test
keeps the two the same. Editors get the same from \`schema/x-gateway.schema.json\`.

OpenAPI says what an API *is*; \`x-gateway\` says how its edge *behaves*. It may stand at the root, at a path item, at an
operation and at a security scheme; reusable blocks stand in \`components.x-gateway.<kind>.NAME\` and are referred to with
\`$ref\`.

**Cascade.** Built-in defaults, then the root's \`functions\`, \`headers\` and \`errors.map\`, then its \`defaults\`, then the path
item, then the operation. At each level \`profile: NAME\` is expanded underneath that level's own keys. Objects are merged key
by key, everything else is replaced, and \`null\` removes what was inherited. One integration style replaces another whole.

**Values.** Durations are \`500ms\`, \`30s\`, \`5m\`, \`1h\`, \`30d\`; sizes \`512B\`, \`64KB\`, \`1MB\` (1 KB is 1024 bytes). Unknown keys are
errors; keys that begin with \`x-\` are left alone.

**Expressions.** \`$request.body\`, \`$request.body#/pointer\`, \`$request.path.NAME\`, \`$request.query.NAME\`,
\`$request.header.NAME\`, \`$request.cookie.NAME\`, \`$method\`, \`$url\`, \`$statusCode\`, \`$response.body#/pointer\`,
\`$response.header.NAME\` (in \`responses\` only), \`$context.requestId\` (\`stage\`, \`sourceIp\`, \`time\`, \`epochMs\`, \`domain\`,
\`userAgent\`), \`$auth.principalId\` (\`scheme\`, \`scopes\`, \`claims.NAME\`), \`$stage.NAME\`. A text that is exactly one expression
keeps the type of its value; \`'order-{$request.path.id}'\` builds a text; \`$$\` is a dollar.
`;

/** The reference page of the whole language, as Markdown. */
export const referencePage = (): string => [
  opening,
  chapter('Root', places.root, ['defaults', 'profiles']),
  chapter('Operation, path item, profile, `defaults`', places.operation, ['integration']),
  '## Integration styles\n',
  ...styles.map(({ name, shape }) => chapter(`\`${name}\``, shape).replace(/^## /, '### ')),
  chapter('Security scheme', places.security),
  chapter('`x-gateway-allow`', allowances),
  chapter('`components.x-gateway`', componentsShape, componentsShape.kind === 'object' ? Object.keys(componentsShape.fields) : []),
].join('\n');
