import { parseDocument, visit, type Scalar, type YAMLMap, type YAMLSeq } from 'yaml';

export interface ParsedTemplate {
  /** Plain data, with intrinsics in their long form, as a reader of YAML 1.2 has it. */
  readonly value: Record<string, unknown>;
  /** As a reader of YAML 1.1 has it: what CloudFormation and its tools are. */
  readonly value11: Record<string, unknown>;
  /** The text of every `!Sub`. */
  readonly substituted: readonly string[];
}

const tags = ['Ref', 'Sub', 'GetAtt', 'FindInMap', 'If', 'Not', 'Equals', 'Join', 'Select', 'Split', 'ImportValue', 'Base64', 'And', 'Or'];
const long = (tag: string): string => (tag === 'Ref' ? 'Ref' : `Fn::${tag}`);

/** Reads a CloudFormation template. */
export const templateOf = (text: string): ParsedTemplate => {
  const substituted: string[] = [];
  const read = (version: '1.1' | '1.2'): Record<string, unknown> => {
    const customTags = tags.flatMap((tag) => [
      { tag: `!${tag}`, resolve: (value: string) => ({ [long(tag)]: value }) },
      { tag: `!${tag}`, collection: 'seq' as const, resolve: (value: YAMLMap | YAMLSeq) => ({ [long(tag)]: value.toJSON() as unknown }) },
    ]);
    const document = parseDocument(text, { version, customTags, uniqueKeys: true });
    if (document.errors.length > 0) throw document.errors[0] as Error;
    if (version === '1.2') visit(document, { Scalar: (_, node: Scalar) => { if (node.tag === '!Sub') substituted.push(String((node.value as Record<string, unknown>)['Fn::Sub'])); } });
    return document.toJS() as Record<string, unknown>;
  };
  return { value: read('1.2'), value11: read('1.1'), substituted };
};
