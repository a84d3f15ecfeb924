/** A profile, a parameter or a threshold that cannot be meant. The message says where and what; `hint` what to do. */
export class ProfileError extends Error {
  readonly code: 'PROFILE_UNKNOWN' | 'PROFILE_INVALID' | 'PROFILE_PARAMETER' | 'PROFILE_THRESHOLD' | 'PROFILE_VERSION';
  override readonly name = 'ProfileError';
  readonly hint: string | undefined;

  constructor(code: ProfileError['code'], message: string, hint?: string) {
    super(message);
    this.code = code;
    this.hint = hint;
  }
}
