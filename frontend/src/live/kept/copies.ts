/** Copies of documents that this browser keeps for work without a network, one for each person. */

const PREFIX = "second-story/";

export function copyName(userId: string, incidentId: string): string {
  return `${PREFIX}${userId}/${incidentId}`;
}

/** Deletes them all: whoever uses this browser next must not find them. */
export async function clearKeptCopies(): Promise<void> {
  const databases = await indexedDB.databases();
  const names = databases.flatMap(({ name }) => (name?.startsWith(PREFIX) ? [name] : []));
  await Promise.all(names.map(deleteCopy));
}

function deleteCopy(name: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const request = indexedDB.deleteDatabase(name);
    request.onsuccess = () => resolve();
    request.onerror = () => reject(request.error);
    // Another tab still has it open; the deletion is queued and happens when that tab lets go.
    request.onblocked = () => resolve();
  });
}
