/** How long a password may be; apart from the contract, for the screens that say so. */
export const PASSWORD_CHARS_MIN = 10;
export const PASSWORD_CHARS_MAX = 200;
