/** What a key or a signed-in person may do. `desk`: a program that opens any agent's desk. */
export const ROLES = ["agent", "desk", "supervisor", "admin", "integration"] as const;
export type Role = (typeof ROLES)[number];

export const isRole = (raw: string): raw is Role => ROLES.some((role) => role === raw);
