/** The end of an exhaustive `switch`: reaching it is a bug of ours, never a fault of the input. */
export const assertNever = (value: never): never => {
  throw new Error(`Unhandled variant: ${JSON.stringify(value)}`);
};
