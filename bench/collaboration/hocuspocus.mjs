/** The peer: Hocuspocus as its own documentation sets it up, storing in PostgreSQL. */
import { Database } from "@hocuspocus/extension-database";
import { Server } from "@hocuspocus/server";
import pg from "pg";

const pool = new pg.Pool({ connectionString: process.env.DATABASE_URL });
await pool.query(
  "CREATE TABLE IF NOT EXISTS document (name text PRIMARY KEY, data bytea NOT NULL)",
);

const database = new Database({
  async fetch({ documentName }) {
    const { rows } = await pool.query("SELECT data FROM document WHERE name = $1", [documentName]);
    return rows[0]?.data ?? null;
  },
  async store({ documentName, state }) {
    await pool.query(
      `INSERT INTO document (name, data) VALUES ($1, $2)
       ON CONFLICT (name) DO UPDATE SET data = excluded.data`,
      [documentName, state],
    );
  },
});

const server = new Server({
  address: "127.0.0.1",
  port: Number(process.env.PORT),
  quiet: true,
  extensions: [database],
});
await server.listen();
