/** What somebody is writing, kept through a reload or a detour to sign in; gone with the tab. */

export interface Draft<T> {
  read: () => T | null;
  keep: (content: T) => void;
  forget: () => void;
}

export function draft<T>(name: string): Draft<T> {
  const key = `draft:${name}`;
  return {
    read() {
      try {
        return JSON.parse(sessionStorage.getItem(key) ?? "null") as T | null;
      } catch {
        return null;
      }
    },
    keep: (content) => sessionStorage.setItem(key, JSON.stringify(content)),
    forget: () => sessionStorage.removeItem(key),
  };
}
