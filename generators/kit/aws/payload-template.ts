import type { Origin } from '../../../src/base/origin.js';
import { authContract } from '../../../src/ir/contract.js';
import type { Api, Expression, Operation } from '../../../src/ir/index.js';
import { comment, jsonText, singleQuoted } from '../velocity/literal.js';
import { escaped, quoted, velocityText } from '../velocity/source.js';
import { characters, VelocityPrinter } from '../velocity/template.js';
import { accessOf } from './access.js';
import { members, parameterMember, type Lack, type Member } from './payload-parameters.js';
import type { Route } from './routes.js';
import { scopeOf } from './service-request.js';

/** The template that makes the payload of a function, and what of the document it could not hold. */
export interface PayloadTemplate { readonly text: string; readonly lacks: readonly Lack[] }

/** Headers that concern one connection only (RFC 9110, section 7.6.1), and those that the payload has elsewhere. */
const left = ['connection', 'keep-alive', 'proxy-authenticate', 'proxy-authorization', 'proxy-connection', 'te', 'trailer', 'transfer-encoding', 'upgrade', 'cookie', 'x-request-id'];

/** Prints the payload of language.md's "normalised request", part by part. */
class PayloadPrinter {
  readonly #printer: VelocityPrinter;
  readonly #lines: string[] = [];
  readonly #lacks: Lack[] = [];
  #parameters = 0;

  constructor(private readonly api: Api, private readonly route: Route) { this.#printer = new VelocityPrinter(scopeOf(api, route, 'request')); }

  print(): PayloadTemplate {
    const { operation } = this.route;
    const parts = {
      params: this.#place('path'), query: this.#place('query'), headers: this.#headers(), cookies: this.#place('cookie'), body: this.#body(), auth: this.#auth(), received: this.#received(),
    };
    const text = `{
  "request": {
    "id": ${quoted('$id')},
    "method": ${jsonText(operation.method)},
    "path": ${quoted('$path')},
    "route": ${jsonText(operation.path.text)},
    "params": ${parts.params},
    "query": ${parts.query},
    "headers": ${parts.headers},
    "cookies": ${parts.cookies},
    "body": ${parts.body}
  },
  "auth": ${parts.auth},
  "context": {
    "stage": ${quoted('$context.stage')},
    "traceparent": ${quoted('$trace')},
    "receivedAt": ${parts.received},
    "sourceIp": ${quoted('$context.identity.sourceIp')},
    "domain": ${quoted('$context.domainName')},
    "userAgent": ${quoted('$agent')}
  }${operation.body ? `,\n  "size": $size` : ''}${this.#stage()}
}`;
    const { preamble, gaps } = this.#printer;
    const cookies = operation.parameters.some((parameter) => parameter.in === 'cookie') ? [comment('the pairs of the cookie header'), '#set($cookies = [])#if($headers.containsKey(\'cookie\') == true)#set($cookies = $headers.get(\'cookie\').split(";"))#end'] : [];
    const lines = [...preamble, ...common, ...cookies, ...this.#lines];
    const needed = [...lines, text].some((line) => line.includes('$!{')) ? [...characters, ...lines] : lines;
    return {
      text: `${needed.map((line) => `${line}\n`).join('')}${text}`,
      lacks: [...this.#lacks, ...gaps.map(({ expression, why }) => ({ what: expression.text, why, origin: expression.origin }))],
    };
  }

  #lack(what: string, why: string, origin: Origin): void { this.#lacks.push({ what, why, origin }); }

  #membersOf(place: 'path' | 'query' | 'header' | 'cookie'): Member[] {
    return this.route.operation.parameters.filter((parameter) => parameter.in === place).flatMap((parameter) => {
      const printed = parameterMember(this.api, this.route, parameter, this.#printer, ++this.#parameters);
      if ('why' in printed) {
        this.#lack(parameter.name, printed.why, parameter.origin);
        return [];
      }
      this.#lines.push(...printed.lines);
      return [printed.member];
    });
  }

  #place(place: 'path' | 'query' | 'cookie'): string { return members('$c', this.#membersOf(place), '    '); }

  /** All headers, those that are set over them, and those that are declared, as their schemas type them. */
  #headers(): string {
    const { remove, set } = this.route.operation.policy.headers.request;
    const declared = this.#membersOf('header');
    const named = [...left, ...declared.map(({ name }) => name)];
    const edits = [...set].flatMap(([name, value], index): Member[] => {
      if (named.includes(name)) return [];
      if (typeof value === 'string') return [{ name, value: jsonText(value) }];
      return this.#edit(name, value, index);
    });
    this.#lines.push(comment('headers that do not stand as they came'), `#set($left = ${velocityText(`,${[...named, ...set.keys()].join(',')},`)})`);
    const prefixes = remove.map((pattern) => (pattern.endsWith('*') ? ` && !$name.startsWith(${velocityText(pattern.slice(0, -1))})` : ` && $name != ${velocityText(pattern)}`));
    const others = `#foreach($name in $headers.keySet())#if(!$left.contains(",$name,")${prefixes.join('')})$c"${escaped('$name')}": "${escaped('$headers.get($name)')}"#set($c = ",")#end#end`;
    const own = named.filter((name) => name === 'x-request-id').length > 1 ? [] : [{ name: 'x-request-id', value: quoted('$id') }];
    const known = members('$c', [...own, ...edits, ...declared], '    ');
    return known === '{}' ? `{#set($c = "")${others}}` : known.replace(/\n {4}\}$/, `\n      ${others}\n    }`);
  }

  /** A header that is set to what the gateway knows. */
  #edit(name: string, expression: Expression, index: number): Member[] {
    // Edits are made before the parameters are read, and so see none.
    if (expression.source.kind === 'parameter' || expression.source.kind === 'body') return [];
    const reached = this.#printer.reach(expression);
    if (!reached) return [];
    this.#lines.push(`#set($edit${index} = "")#set($edit${index} = "${reached.text}")#set($edit${index} = $edit${index}.replaceAll("[\\r\\n]", " "))`);
    return [{ name, value: quoted(`$edit${index}`), ...(reached.present === undefined ? {} : { present: reached.present }) }];
  }

  #body(): string {
    const { body } = this.route.operation;
    if (!body) return 'null';
    for (const { kind, mediaType, origin } of body.contents) if (kind !== 'json') this.#lack(mediaType, 'the gateway’s templates read bodies of JSON only', origin);
    this.#lines.push(comment('the bytes that the body came as'), '#set($size = $util.urlEncode($input.body).replaceAll("%..", "x").length())');
    // The gateway takes a body that is not there for an empty object; one without a type is not there.
    return `#if($input.body == "{}" && $headers.containsKey('content-type') != true)null#{else}${this.#printer.json({ kind: 'value', expression: { origin: body.origin, text: '$request.body', source: { kind: 'body', of: 'request', pointer: [] }, optional: false } })}#end`;
  }

  /** Who calls, as whoever let them in says. */
  #auth(): string {
    const { operation } = this.route;
    const { authorizer, apiKey } = accessOf(this.api, operation);
    if (authorizer.kind === 'guard' || (authorizer.kind === 'scheme' && authorizer.scheme.check?.kind === 'function')) {
      this.#lines.push(comment('who calls, as the authorizer says'), '#set($scopes = "")#set($scopes = "$context.authorizer.scopes")', '#set($claims = "{}")#set($claims = $context.authorizer.claims)');
      return authOf(quoted('$context.authorizer.scheme'), '$context.authorizer.principalId', '#if($claims.startsWith("{"))$claims#{else}{}#end');
    }
    if (authorizer.kind === 'scheme') {
      this.#lines.push(...poolLines);
      return authOf(this.#scheme(operation), '$principal', '{#set($c = "")#foreach($name in $claims.keySet())$c"' + escaped('$name') + '": ' + quoted('$claims.get($name)') + '#set($c = ",")#end}');
    }
    if (operation.security.length === 0 || (authorizer.kind === 'open' && !apiKey && !this.#asksCertificate())) return 'null';
    this.#lines.push(...principalLines);
    return `#if($principal == "")null#{else}{"scheme": ${this.#scheme(operation)}, "principalId": ${quoted('$principal')}, "scopes": [], "claims": {}}#end`;
  }

  #asksCertificate(): boolean { return this.route.operation.security.some(({ all }) => all.some(({ scheme }) => this.api.schemes.get(scheme)?.check?.kind === 'client-certificate')); }

  #scheme(operation: Operation): string { return jsonText(authContract(this.api, operation).scheme ?? ''); }

  /** The time of the request, with the milliseconds that only its number has. */
  #received(): string {
    const origin = this.route.operation.origin;
    const time = this.#printer.reach({ origin, text: '$context.time', source: { kind: 'context', name: 'time' }, optional: false });
    this.#lines.push(comment('the milliseconds of the time'), '#set($epoch = "$context.requestTimeEpoch")#set($from = $epoch.length() - 3)', '#set($millis = $epoch.substring($from))');
    return `"${time?.text ?? ''}.replace("Z", ".${'${millis}'}Z")"`;
  }

  /** Stage variables, where the code behind may ask for them. */
  #stage(): string {
    const names = [...new Set([...this.api.stages.values()].flatMap(({ variables }) => [...variables.keys()]))].sort();
    const known = names.flatMap((name): Member[] => { const key = singleQuoted(name); return key === undefined ? [] : [{ name, value: quoted(`$stageVariables.get(${key})`) }]; });
    return known.length === 0 ? '' : `,\n  "stageVariables": ${members('$c', known, '  ')}`;
  }
}

const authOf = (scheme: string, principal: string, claims: string): string => `{
    "scheme": ${scheme},
    "principalId": ${quoted(principal)},
    "scopes": [#set($c = "")#foreach($scope in $scopes.split("[\\s,]+"))#if($scope != "")$c"${escaped('$scope')}"#set($c = ", ")#end#end],
    "claims": ${claims}
  }`;

/** What a user pool says of a token: all of its claims, as texts. */
const poolLines = [
  comment('who calls, as the user pool says'),
  '#set($claims = {})#set($claims = $context.authorizer.claims)',
  '#set($principal = "")#foreach($name in ["cognito:username", "username", "client_id", "sub"])#if($claims.containsKey($name) == true)#set($principal = $claims.get($name))#end#end',
  '#set($scopes = "")#foreach($name in ["scp", "scope"])#if($claims.containsKey($name) == true)#set($scopes = $claims.get($name))#end#end',
] as const;

/** Callers without a token: who signed, else the key, else the certificate. */
const principalLines = [
  comment('who calls: who signed, else the key, else the certificate'),
  '#set($principal = "")#set($principal = $context.identity.clientCert.subjectDN)',
  '#if($context.identity.apiKeyId != "")#set($principal = $context.identity.apiKeyId)#end',
  '#if($context.identity.userArn != "")#set($principal = $context.identity.userArn)#end',
] as const;

/** What every payload has of a request. Names of headers are compared in lower case. */
const common = [
  comment('headers by their names in lower case'),
  '#set($headers = {})#foreach($name in $input.params().get(\'header\').keySet())#set($ignored = $headers.put($name.toLowerCase(), $input.params().get(\'header\').get($name)))#end',
  comment('the id of the request, and the trace that the caller is in, where theirs are sound'),
  '#set($id = $context.requestId)#if($headers.containsKey(\'x-request-id\') == true && $headers.get(\'x-request-id\').matches("[A-Za-z0-9_.:/+=@-]{1,128}"))#set($id = $headers.get(\'x-request-id\'))#end',
  '#set($trace = "")#if($headers.containsKey(\'traceparent\') == true && $headers.get(\'traceparent\').matches("(?!ff)[0-9a-f]{2}-(?!0{32})[0-9a-f]{32}-(?!0{16})[0-9a-f]{16}-[0-9a-f]{2}.*"))#set($trace = $headers.get(\'traceparent\'))#end',
  comment('the path without the stage, which only the gateway\'s own domain has in front, and decoded unless it is broken'),
  '#set($path = $context.path)#if($context.domainName.contains(".execute-api."))#set($path = $path.replaceFirst("^/[^/]+", ""))#end#if($path == "")#set($path = "/")#end',
  '#set($broken = $path.replaceAll("%[0-9a-fA-F]{2}", ""))#if(!$broken.contains("%"))#set($path = $util.urlDecode($path.replace("+", "%2B")))#end',
  comment('what calls, as the gateway says, else as it says itself'),
  '#set($agent = "")#set($agent = $context.identity.userAgent)#if($agent == "" && $headers.containsKey(\'user-agent\') == true)#set($agent = $headers.get(\'user-agent\'))#end',
] as const;

export const payloadTemplate = (api: Api, route: Route): PayloadTemplate => new PayloadPrinter(api, route).print();
