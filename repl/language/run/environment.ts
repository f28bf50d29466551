/** Names of the environment are found in any case when there is none written exactly so. */
export function environmentValue(environment: Record<string, string | undefined>, name: string): string | undefined {
  const exact = environment[name];
  if (exact !== undefined) return exact;
  const wanted = name.toLowerCase();
  const key = Object.keys(environment).find((each) => each.toLowerCase() === wanted);
  return key === undefined ? undefined : environment[key];
}
