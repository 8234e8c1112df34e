/** The browser's database of one kept copy: rows of updates, and what each page could not save. */

export const UPDATES = "updates";
export const UNSAVED = "custom";

export function openDatabase(name: string): Promise<IDBDatabase> {
  return new Promise((resolve, reject) => {
    const request = indexedDB.open(name, 1);
    request.onupgradeneeded = () => {
      request.result.createObjectStore(UPDATES, { autoIncrement: true });
      request.result.createObjectStore(UNSAVED);
    };
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
}

export interface Rows {
  updates: Uint8Array[];
  /** By the Yjs client that wrote them. */
  unsaved: Map<IDBValidKey, unknown>;
}

export async function readRows(database: IDBDatabase): Promise<Rows> {
  const reading = database.transaction([UPDATES, UNSAVED], "readonly");
  const unsaved = reading.objectStore(UNSAVED);
  const [updates, clients, records] = await Promise.all([
    answered<Uint8Array[]>(reading.objectStore(UPDATES).getAll()),
    answered(unsaved.getAllKeys()),
    answered<unknown[]>(unsaved.getAll()),
  ]);
  return { updates, unsaved: new Map(clients.map((client, index) => [client, records[index]])) };
}

function answered<T>(request: IDBRequest<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
}
