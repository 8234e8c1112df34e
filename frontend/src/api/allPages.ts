/** Reads a list to its end: only for lists that stay short, such as people or tokens. */

interface Page<T> {
  items: T[];
  next_cursor: string | null;
}

const MOST_PER_PAGE = 100;

export async function allPages<T>(
  read: (page: { limit: number; cursor?: string }) => Promise<Page<T>>,
): Promise<T[]> {
  const items: T[] = [];
  let cursor: string | null = null;
  do {
    const page: Page<T> = await read({ limit: MOST_PER_PAGE, ...(cursor ? { cursor } : {}) });
    items.push(...page.items);
    cursor = page.next_cursor;
  } while (cursor);
  return items;
}
