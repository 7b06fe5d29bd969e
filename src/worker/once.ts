// A result that is made when it is first needed and then kept, as long as it could be made.

export function once<T>(make: () => Promise<T>): () => Promise<T> {
  let made: Promise<T> | undefined;
  return () => {
    if (made) return made;
    const making = make();
    made = making;
    making.catch(() => { made = undefined; }); // what failed is tried again, because the reason may be gone by then
    return making;
  };
}
