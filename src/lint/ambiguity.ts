import type { AST } from '@eslint-community/regexpp';
import { toUnicodeSet } from 'regexp-ast-analysis';
import { Automaton, type Fragment } from './automaton.js';
import { loopsOf } from './loops.js';

/** Repetitions are unrolled; where that makes too much of a pattern, no further than this. */
const fewest = 8;
const mostPositions = 1_000;

/** What may still be looked at, in pairs of positions: some two million a second. */
export interface Budget { left: number }

/**
 * Whether a matcher that tries all ways takes exponential time for some text, of a pattern or of what one looks ahead or
 * back for; `undefined` where there is too much to look at.
 */
export const isExponential = ({ alternatives: all }: Pick<AST.Pattern, 'alternatives'>, flags: AST.Flags, budget: Budget): boolean | undefined => {
  for (const most of [Infinity, fewest]) {
    const automaton = new Automaton(mostPositions);
    const whole = alternatives(automaton, all, flags, most);
    const verdict = automaton.isFull ? undefined : isAmbiguous(automaton.finish(whole), budget);
    if (verdict !== undefined) return verdict;
  }
  return undefined;
};

const alternatives = (automaton: Automaton, all: readonly AST.Alternative[], flags: AST.Flags, most: number): Fragment =>
  automaton.either(all.map(({ elements }) => automaton.inTurn(elements.map((element) => fragment(automaton, element, flags, most)))));

const fragment = (automaton: Automaton, element: AST.Element, flags: AST.Flags, most: number): Fragment => {
  switch (element.type) {
    case 'Character': case 'CharacterSet': case 'CharacterClass': return automaton.position(toUnicodeSet(element, flags).chars);
    case 'Group': case 'CapturingGroup': return alternatives(automaton, element.alternatives, flags, most);
    case 'Quantifier': return repeated(automaton, element, flags, most);
    case 'Assertion': return automaton.check();
    // What it repeats is known only while a text is matched, and what a class of strings has is no character; neither begins a repetition.
    case 'Backreference': case 'ExpressionCharacterClass': return automaton.check();
  }
};

/** So many that must be there, and then each further one within the one before: in turn, there would be ways to leave out one or another. */
const repeated = (automaton: Automaton, { element, min, max }: AST.Quantifier, flags: AST.Flags, most: number): Fragment => {
  const once = (): Fragment => fragment(automaton, element, flags, most);
  const least = Math.min(min, most);
  const copies: Fragment[] = [];
  while (copies.length < least && !automaton.isFull) copies.push(once());
  if (max === Infinity) {
    const last = copies.pop();
    return automaton.inTurn([...copies, last ? automaton.again(last) : automaton.maybe(automaton.again(once()))]);
  }
  let rest: Fragment | undefined;
  for (let index = 0; index < Math.min(max - min, most) && !automaton.isFull; index++) rest = automaton.maybe(automaton.inTurn(rest ? [once(), rest] : [once()]));
  return automaton.inTurn(rest ? [...copies, rest] : copies);
};

/** How many pairs of positions are looked at of one pattern. */
const mostSteps = 1_000_000;

/**
 * Whether the ways to match a text can grow exponentially with it: a position that two ways lead back to, over the same
 * characters (exponential degree of ambiguity: A. Weber and H. Seidl, "On the degree of ambiguity of finite automata",
 * 1991), from where the pattern cannot end whatever comes.
 */
const isAmbiguous = (automaton: Automaton, budget: Budget): boolean | undefined => {
  const end = budget.left - Math.min(budget.left, mostSteps);
  for (const loop of loopsOf(automaton.size, (position) => automaton.from(position).keys())) {
    if (loop.some((position) => automaton.isEnd(position))) continue;
    const index = new Map(loop.map((position, at) => [position, at]));
    const meets = new Map<number, boolean>();
    const meet = (one: number, other: number): boolean => {
      const key = one * automaton.size + other;
      const known = meets.get(key) ?? (one === other || automaton.meet(one, other));
      meets.set(key, known);
      return known;
    };
    const width = loop.length;
    const pairs = (pair: number): number[] => {
      const [one, other] = [loop[Math.floor(pair / width)] as number, loop[pair % width] as number];
      const next: number[] = [];
      for (const to of automaton.from(one).keys()) for (const beside of automaton.from(other).keys()) {
        budget.left -= 1;
        const [row, column] = [index.get(to), index.get(beside)];
        if (row !== undefined && column !== undefined && meet(to, beside)) next.push(row * width + column);
      }
      return next;
    };
    const isDiagonal = (pair: number): boolean => Math.floor(pair / width) === pair % width;
    for (const circle of loopsOf(width * width, pairs, () => budget.left <= end)) {
      if (!circle.some(isDiagonal)) continue;
      if (circle.some((pair) => !isDiagonal(pair))) return true;
      const members = new Set(circle.map((pair) => loop[pair % width] as number));
      if ([...members].some((position) => [...automaton.from(position)].some(([to, ways]) => ways > 1 && members.has(to)))) return true;
    }
    if (budget.left <= end) return undefined;
  }
  return false;
};
