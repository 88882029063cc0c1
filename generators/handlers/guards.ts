import type { EmitContext, OutputFile } from '../../src/emit/emitter.js';
import { entryExport, layout, specifier } from '../../src/emit/layout.js';
import type { Api, SecurityScheme } from '../../src/ir/index.js';
import { secretVariable, type Guard } from '../kit/aws/guards.js';
import { file, generatedHeader, ident, Imports, indented, lit, nothing, ts, type Code } from '../kit/typescript/index.js';
import { credentialPlace } from './entries.js';

/** Prints the entry of an authorizer that the compiler writes: all of it is generated, there is nothing to fill in. */
class GuardPrinter {
  readonly #path: string;
  readonly #imports = new Imports();

  constructor(private readonly api: Api, private readonly guard: Guard) {
    this.#path = layout.authorizerEntry(guard.name);
  }

  file(context: EmitContext): OutputFile {
    const { schemes, routes } = this.guard;
    const origin = schemes[0]?.origin ?? this.api.origin;
    const adapter = this.#runtime('guard.ts', this.api.protocol.kind === 'rest' ? 'restGuard' : 'httpGuard');
    const checks = schemes.map((scheme) => ts`{ scheme: ${lit(scheme.name)}, check: ${this.#check(scheme)} },`);
    const rows = routes.map(({ route: { operation, path }, anyOf }) => ts`${lit({ method: operation.method, path, anyOf: anyOf.map(({ scheme, scopes }) => ({ scheme: scheme.name, scopes })) })},`);
    const code = ts`export const ${ident(entryExport)} = ${adapter}([\n${indented(checks)}\n], [\n${indented(rows)}\n]);`;
    return { path: this.#path, ownership: 'generated', content: file(generatedHeader(context.label(origin)), this.#imports, [code]), origin };
  }

  #runtime(from: string, name: string): Code { return this.#imports.value(specifier(this.#path, layout.runtime(from)), name); }

  #check(scheme: SecurityScheme): Code {
    const { check, credential } = scheme;
    const token = (by: Code): Code => ts`${this.#runtime('guard.ts', 'bearer')}(${lit(credential.kind === 'other-http' ? credential.scheme : 'Bearer')}, ${by})`;
    switch (check?.kind) {
      case 'jwt': {
        const { kind: _, ...policy } = check;
        return token(ts`${this.#runtime('jwt.ts', 'jwt')}(${lit(policy)})`);
      }
      case 'introspection': return token(ts`${this.#runtime('introspection.ts', 'introspection')}(${lit({ url: check.url, secret: secretVariable(scheme) })})`);
      case 'function': {
        const [place] = credentialPlace(scheme);
        const handler = this.#imports.value(specifier(this.#path, layout.authorizer(check.function)), 'handler', `check${this.guard.schemes.indexOf(scheme)}`);
        return place ? ts`${this.#runtime('guard.ts', 'own')}(${lit({ ...place })}, ${handler})` : nothing;
      }
      default: return nothing;
    }
  }
}

export const guardFile = (api: Api, guard: Guard, context: EmitContext): OutputFile => new GuardPrinter(api, guard).file(context);
