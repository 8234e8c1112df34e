/** What a secret may look like: the server's own rule. */

export const SECRET = /^[\x21-\x7e]{16,200}$/;
export const SECRET_RULE = "16 characters or more, without spaces.";
