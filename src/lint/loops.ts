/**
 * The strongly connected parts of a graph that one can walk about in: more than one node, or one with a step to itself
 * (R. Tarjan, "Depth-first search and linear graph algorithms", 1972; without recursion, since graphs are large). Steps of
 * a node are asked for once. What is found before it is given up is still right.
 */
export const loopsOf = (size: number, stepsFrom: (node: number) => Iterable<number>, giveUp: () => boolean = () => false): readonly (readonly number[])[] => {
  const found: number[][] = [];
  const order = new Int32Array(size);
  const low = new Int32Array(size);
  const isOpen = new Uint8Array(size);
  const open: number[] = [];
  let count = 0;
  for (let root = 0; root < size; root++) {
    if (order[root] !== 0) continue;
    const path: { readonly node: number; readonly next: Iterator<number>; circles: boolean }[] = [];
    const enter = (node: number): void => {
      count += 1;
      order[node] = low[node] = count;
      isOpen[node] = 1;
      open.push(node);
      path.push({ node, next: stepsFrom(node)[Symbol.iterator](), circles: false });
    };
    enter(root);
    for (let top = path.at(-1); top; top = path.at(-1)) {
      if (giveUp()) return found;
      const { node, next } = top;
      const step = next.next();
      if (step.done !== true) {
        if (step.value === node) top.circles = true;
        if (order[step.value] === 0) enter(step.value);
        else if (isOpen[step.value] === 1) low[node] = Math.min(low[node] as number, order[step.value] as number);
        continue;
      }
      path.pop();
      const before = path.at(-1)?.node;
      if (before !== undefined) low[before] = Math.min(low[before] as number, low[node] as number);
      if (low[node] !== order[node]) continue;
      const part = open.splice(open.lastIndexOf(node));
      for (const member of part) isOpen[member] = 0;
      if (part.length > 1 || top.circles) found.push(part);
    }
  }
  return found;
};
