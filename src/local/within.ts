/** What work comes to, or `late` when it takes longer than so many milliseconds. The work itself goes on. */
export const within = async <T, Late>(ms: number, work: Promise<T>, late: Late): Promise<T | Late> => {
  let timer: NodeJS.Timeout | undefined;
  const alarm = new Promise<Late>((resolve) => {
    timer = setTimeout(() => resolve(late), ms);
  });
  try {
    return await Promise.race([work, alarm]);
  } finally {
    clearTimeout(timer);
  }
};
