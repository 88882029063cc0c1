import { resolve } from '../../../src/ir/walk.js';
import type { Api, Expression, JsonType, Schema } from '../../../src/ir/index.js';
import { singleQuoted } from './literal.js';

/** How an expression is reached in a template: lines that set its variables, whether it is there, and its value as JSON and as text. */
export interface Reach {
  /** Lines before the template's text. */
  readonly lines: readonly string[];
  /** A condition that holds when the value is there; absent: it always is. */
  readonly present?: string;
  /** Prints the value as JSON. */
  readonly json: string;
  /** A reference whose value is the text, unescaped. */
  readonly text: string;
  /** A reference to the value as the engine has it, where that is no text. */
  readonly value?: string;
}

/** Why a template of this engine cannot reach a value. */
export interface Unreachable { readonly why: string }

export interface ReachScope {
  readonly api: Pick<Api, 'schemas'>;
  /** The document's path variable → the gateway's. */
  readonly variables: ReadonlyMap<string, string>;
  /** Who put the identity into the context: an authorizer function of ours, or Cognito. */
  readonly identity: 'authorizer' | 'user-pool';
  /** What the template sees as its input: a request, the reply of a service, or the record of a run with the workflow's output in it. */
  readonly input: 'request' | 'reply' | 'run';
}

/** Variables of the `n`th expression end in its number. */
export const reach = (expression: Expression, n: number, scope: ReachScope): Reach | Unreachable => {
  const { source } = expression;
  switch (source.kind) {
    case 'body': {
      if ((source.of === 'request') !== (scope.input === 'request')) return { why: 'the template of an answer does not see the body of the request' };
      return scope.input === 'run' ? output(source.pointer, n) : body(source.pointer, n, mayBeNumber(expression.schema, scope));
    }
    case 'parameter': return parameter(expression, source.in, source.name, n, scope);
    case 'response-header': return { why: 'templates do not see the headers of an answer' };
    case 'method': return always('$context.httpMethod', 'string');
    case 'url': return { why: 'the gateway has no variable for the whole URL' };
    case 'status': return { why: 'templates do not see the status of an answer' };
    case 'context': return context(source.name, n);
    case 'auth': return auth(source.path, n, scope);
    case 'stage': {
      const name = singleQuoted(source.name);
      return name === undefined ? { why: 'its name has a quote' } : always(`$stageVariables.get(${name})`, 'string');
    }
  }
};

/**
 * Turns `$t`, a number as Java writes it (1.0E7), into what JSON has for it everywhere (10000000): ECMA-262, Number::toString.
 * Integers keep their digits.
 */
export const decimal = [
  '## a number as JSON has it everywhere',
  '#define($decimal)#set($t = $t.replaceAll("[.]0$", ""))#if($t == "-0")#set($t = "0")#end##',
  '#if($t.matches("-?[0-9.]+E-?[0-9]+"))##',
  '#set($sign = "")#if($t.startsWith("-"))#set($sign = "-")#end##',
  '#set($digits = $t.replaceAll("E.*|[-.]", "").replaceAll("0+$", ""))#set($exponent = $util.parseJson($t.replaceAll(".*E", "")))#set($whole = $exponent + 1)#set($length = $digits.length())#set($zeros = "000000000000000000000")##',
  '#if($exponent > 20 || $exponent < -6)##',
  '#if($length > 1)#set($digits = "$digits.substring(0, 1).$digits.substring(1)")#end#if($exponent > 0)#set($t = "${sign}${digits}e+$exponent")#else#set($t = "${sign}${digits}e$exponent")#end##',
  '#elseif($exponent < 0)##',
  '#set($count = 0 - $whole)#set($t = "${sign}0.$zeros.substring(0, $count)$digits")##',
  '#elseif($length > $whole)##',
  '#set($t = "${sign}$digits.substring(0, $whole).$digits.substring($whole)")##',
  '#else##',
  '#set($count = $whole - $length)#set($t = "${sign}${digits}$zeros.substring(0, $count)")##',
  '#end#end#end',
] as const;

/** Sets `$tn` to the text of a value; only texts have a length. */
const asText = (value: string, n: number, numeric: boolean): string =>
  (numeric ? `#set($t = "")#set($t = ${value}.toString())#if(${value}.length() >= 0)#else#set($t${n} = "$decimal")#end#set($t${n} = $t)` : `#set($t${n} = ${value}.toString())`);

/** `"…"` with its text escaped; the engine's function escapes apostrophes too, which JSON forbids. */
export const escaped = (reference: string): string => `$util.escapeJavaScript(${reference}).replaceAll("\\\\'", "'")`;
/** A text as a JSON string; what is set to nothing is an empty one. */
export const quoted = (reference: string): string => `"#if(${reference} != "")${escaped(reference)}#{end}"`;

const always = (reference: string, type: 'string' | 'number'): Reach => ({ lines: [], json: type === 'number' ? reference : quoted(reference), text: reference });

/**
 * Steps down one token at a time: JSONPath fails the whole template where it meets a list for an object. Only lists print
 * as `[`, and only maps know `containsKey`.
 */
const body = (pointer: readonly string[], n: number, numeric: boolean): Reach | Unreachable => {
  if (pointer.length === 0) return { lines: [`#set($t${n} = $input.body)`], json: `#if($input.path('$') == "")#if($input.body.trim() == "null")null#{else}""#end#{else}$input.json('$')#end`, text: `$t${n}`, value: "$input.path('$')" };
  if (pointer.some((token) => !/^[^'"\\$#[\]\u0000-\u001f]+$/.test(token))) return { why: 'a key on its way has a character that JSONPath cannot name' };
  const isIndex = (token: string): boolean => /^(?:0|[1-9]\d*)$/.test(token);
  const whole = `"$${pointer.map((token) => (isIndex(token) ? `[${token}]` : `['${token}']`)).join('')}"`;
  // A variable for each step: one that is set to null keeps what it had.
  const at = (index: number): string => `$v${n}x${index}`;
  const steps = pointer.map((token, index) => {
    const from = index === 0 ? "$input.path('$')" : at(index - 1);
    const found = isIndex(token) ? `$p${n}.toString().startsWith('[') && $p${n}.size() > ${token}` : `$p${n}.containsKey('${token}') == true`;
    const step = `#set($h${n} = false)#set($p${n} = ${from})#if(${found})#set($h${n} = true)#set(${at(index)} = $p${n}.get(${isIndex(token) ? token : `'${token}'`}))#end`;
    return index === 0 ? step : `#if($h${n} && ${from} != "")${step}#else#set($h${n} = false)#end`;
  });
  const value = at(pointer.length - 1);
  const last = pointer.at(-1) as string;
  const around = whole.replace(/\[('?)([^[\]]*?)\1\]"$/, (_, quote: string, key: string) => `[${quote}${key}${quote},${quote}${key}${quote}]"`);
  return {
    lines: [...steps, `#set($t${n} = "")#if($h${n})${asText(value, n, numeric)}#end`],
    present: `$h${n}`,
    // Null and an empty text compare equal, and print alike by themselves; a path to the key twice prints what is around it too.
    json: `#if(${value} == "")#if($input.json(${around}).endsWith("${isIndex(last) ? 'null]' : ':null}'}"))null#{else}""#end#{else}$input.json(${whole})#end`,
    text: `$t${n}`,
    value: `$p${n}.get(${isIndex(last) ? last : `'${last}'`})`,
  };
};

/** The output of a workflow is a text within the record of its run: JSON, but out of reach of JSONPath. */
const output = (pointer: readonly string[], n: number): Reach | Unreachable =>
  (pointer.length > 0 ? { why: 'the output of a workflow can only be passed on whole' } : { lines: [`#set($t${n} = $input.path('$.output'))`], json: "$input.path('$.output')", text: `$t${n}` });

const kindOf = (schema: Schema | undefined, scope: ReachScope): JsonType | undefined => {
  const types = schema && resolve(scope.api, schema).types;
  return types?.length === 1 ? types[0] : types?.length === 2 && types.includes('null') ? types.find((type) => type !== 'null') : undefined;
};

/** Whether a value may be a number, for all that is known. */
const mayBeNumber = (schema: Schema | undefined, scope: ReachScope): boolean => {
  const types = schema && resolve(scope.api, schema).types;
  return types === undefined || types.includes('integer') || types.includes('number');
};

export const numeral = "'-?(0|[1-9][0-9]*)([.][0-9]+)?([eE][-+]?[0-9]+)?'";

const parameter = (expression: Expression, place: 'path' | 'query' | 'header' | 'cookie', name: string, n: number, scope: ReachScope): Reach | Unreachable => {
  if (place === 'cookie') return { why: 'the gateway does not take cookies apart' };
  const kind = kindOf(expression.schema, scope);
  if (kind === 'array' || kind === 'object') return { why: 'the gateway hands over one text for each parameter, not lists or objects' };
  const key = singleQuoted(place === 'path' ? (scope.variables.get(name) ?? name) : place === 'header' ? name.toLowerCase() : name);
  if (key === undefined) return { why: 'its name has a quote' };
  const group = { path: 'path', query: 'querystring', header: 'header' }[place];
  const lines = place === 'header'
    ? [`#set($h${n} = false)`, `#foreach($k in $input.params().get('header').keySet())#if($k.toLowerCase() == ${key})#set($h${n} = true)#set($v${n} = $input.params().get('header').get($k))#end#end`]
    // A plus sign in a path is a plus sign; the decoder takes it for a blank.
    : [`#set($h${n} = $input.params().get('${group}').containsKey(${key}) == true)`, `#set($v${n} = ${place === 'path' ? `$util.urlDecode($input.params().get('path').get(${key}).replace("+", "%2B"))` : `$input.params().get('${group}').get(${key})`})`];
  const fallback = expression.schema?.default?.[0];
  const reached = { lines: [...lines, ...(fallback === undefined || fallback === null ? [] : [`#if(!$h${n})#set($h${n} = true)#set($v${n} = ${velocityText(String(fallback))})#end`])], present: `$h${n}`, text: `$v${n}` };
  switch (kind) {
    case 'integer': case 'number': return { ...reached, json: `#if($v${n}.matches(${numeral}))$v${n}#{else}null#end` };
    case 'boolean': return { ...reached, json: `#if($v${n} == "true")true#elseif($v${n} == "false")false#{else}null#end` };
    default: return { ...reached, json: quoted(`$v${n}`) };
  }
};

/** A text of the document as a Velocity text: what could end or interpolate it is put in by the gateway's own decoder. */
export const velocityText = (text: string): string => (/^[^'\\\u0000-\u001f]*$/.test(text) ? `'${text}'` : `$util.urlDecode('${encodeURIComponent(text).replaceAll("'", '%27')}')`);

const context = (name: string, n: number): Reach => {
  switch (name) {
    case 'requestId': return always('$context.requestId', 'string');
    case 'stage': return always('$context.stage', 'string');
    case 'sourceIp': return always('$context.identity.sourceIp', 'string');
    case 'domain': return always('$context.domainName', 'string');
    case 'epochMs': return always('$context.requestTimeEpoch', 'number');
    case 'time': return {
      // The gateway writes 09/Apr/2015:12:34:56 +0000.
      lines: [
        '#set($months = {"Jan": "01", "Feb": "02", "Mar": "03", "Apr": "04", "May": "05", "Jun": "06", "Jul": "07", "Aug": "08", "Sep": "09", "Oct": "10", "Nov": "11", "Dec": "12"})',
        '#set($clock = $context.requestTime)',
        `#set($v${n} = "$clock.substring(7, 11)-$months.get($clock.substring(3, 6))-$clock.substring(0, 2)T$clock.substring(12, 20)Z")`,
      ],
      json: `"$v${n}"`, text: `$v${n}`,
    };
    default: return { lines: [`#set($v${n} = $context.identity.userAgent)`, `#set($h${n} = $v${n} != "")`], present: `$h${n}`, json: quoted(`$v${n}`), text: `$v${n}` };
  }
};

const auth = (path: readonly string[], n: number, scope: ReachScope): Reach | Unreachable => {
  const [first, ...rest] = path;
  if (first === 'principalId' || first === 'scheme') {
    const reference = scope.identity === 'user-pool' && first === 'principalId' ? '$context.authorizer.claims.sub' : `$context.authorizer.${first}`;
    return { lines: [`#set($v${n} = ${reference})`, `#set($h${n} = $v${n} != "")`], present: `$h${n}`, json: quoted(`$v${n}`), text: `$v${n}` };
  }
  const [claim] = rest;
  const key = claim === undefined ? undefined : singleQuoted(claim);
  if (first !== 'claims' || rest.length !== 1 || key === undefined) return { why: 'only the caller\'s id and single claims can be reached there' };
  const claims = scope.identity === 'user-pool' ? '$context.authorizer.claims' : '$util.parseJson($context.authorizer.claims)';
  return {
    lines: [`#set($c${n} = ${claims})`, `#set($v${n} = $c${n}.get(${key}))`, `#set($h${n} = $v${n} != "")`, `#set($t${n} = "")#if($h${n})${asText(`$v${n}`, n, scope.identity === 'authorizer')}#end`],
    present: `$h${n}`,
    json: `#if($v${n}.length() > 0)${quoted(`$v${n}`)}#{else}$v${n}#end`, text: `$t${n}`, value: `$v${n}`,
  };
};
