import { RegExpParser, type AST } from '@eslint-community/regexpp';
import type { Variation } from '../../src/suite/plan.js';
import { random, vary } from '../../src/suite/values.js';

type Part = Extract<Variation, { readonly kind: 'pattern' }>['parts'][number];

/** How often something comes at most that may come any number of times. */
const usual = 8;
/** The longest text that is made of a pattern, in parts. */
const most = 60;
/** Fewer texts than these are soon all taken. */
const enough = 500;

const printable = Array.from({ length: 0x7e - 0x21 + 1 }, (_, index) => 0x21 + index);
const sets: Readonly<Partial<Record<AST.CharacterSet['kind'], RegExp>>> = { digit: /\d/, word: /\w/, space: /\s/, any: /[a-z0-9]/ };

/** Thrown where a pattern says what is not followed here: of what stands around, of what came before, or of letters beyond ASCII. */
class Beyond extends Error {}

/** Many texts that match a pattern, of at least so many letters as far as it repeats any; nothing where not all that is made is taken (`fits`). */
export const patternVariation = (pattern: string, least: number, fits: (text: string) => boolean): Variation | undefined => {
  const parts = partsOf(pattern, least);
  if (!parts) return undefined;
  const [variation, chance]: [Variation, () => number] = [{ kind: 'pattern', parts }, random(1)];
  return Array.from({ length: 20 }, () => String(vary(variation, chance))).every(fits) ? variation : undefined;
};

/** Pieces of which any texts that match a pattern are made; nothing where it is beyond that, or where there are few such texts. */
export const partsOf = (pattern: string, least = 0): readonly Part[] | undefined => {
  try {
    const parts = ofAlternatives(new RegExpParser({ ecmaVersion: 2024 }).parsePattern(pattern, 0, pattern.length, { unicode: true }).alternatives, least);
    return parts.length <= most && parts.reduce((count, [letters, , times]) => count * letters.length ** times, 1) >= enough ? parts : undefined;
  } catch {
    // A pattern of another notation is none of ours, either.
    return undefined;
  }
};

/** Each of several would do. */
const ofAlternatives = ([first]: readonly AST.Alternative[], least: number): readonly Part[] => (first?.elements ?? []).flatMap((element) => ofElement(element, least));

const ofElement = (element: AST.Element, least: number): readonly Part[] => {
  switch (element.type) {
    case 'Character': return [[String.fromCodePoint(element.value), 1, 1]];
    case 'CharacterSet': case 'CharacterClass': return [[letters(element), 1, 1]];
    case 'Group': case 'CapturingGroup': return ofAlternatives(element.alternatives, least);
    case 'Quantifier': return repeated(element, least);
    case 'Assertion': if (element.kind === 'start' || element.kind === 'end') return [];
  }
  throw new Beyond();
};

const repeated = ({ element, min, max }: AST.Quantifier, least: number): readonly Part[] => {
  const inner = ofElement(element, 0);
  const [only, ...others] = inner;
  if (only && others.length === 0 && only[1] === 1 && only[2] === 1) return [[only[0], Math.min(max, Math.max(min, least)), Math.min(max, Math.max(min, least) + usual)]];
  return Array.from({ length: Math.min(Math.max(min, Math.min(1, max)), most) }, () => inner).flat();
};

/** The printable letters of a class. */
const letters = (element: AST.CharacterSet | AST.CharacterClass): string => {
  const found = String.fromCodePoint(...printable.filter((code) => within(element, code)));
  if (found === '') throw new Beyond();
  return found;
};

const within = (element: AST.CharacterClassElement | AST.CharacterSet | AST.CharacterClass, code: number): boolean => {
  switch (element.type) {
    case 'Character': return element.value === code;
    case 'CharacterClassRange': return element.min.value <= code && code <= element.max.value;
    case 'CharacterSet': {
      const set = sets[element.kind];
      if (!set) throw new Beyond();
      return set.test(String.fromCodePoint(code)) !== ('negate' in element && element.negate);
    }
    case 'CharacterClass': return element.elements.some((each) => within(each, code)) !== element.negate;
  }
  throw new Beyond();
};
