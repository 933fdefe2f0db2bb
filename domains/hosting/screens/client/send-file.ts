/** Where a file of an account is read and written, as it is. */
export function fileHref(accountId: string, path: string): string {
  return `/v1/hosting-accounts/${accountId}/file?path=${encodeURIComponent(path)}`;
}

export function archiveHref(accountId: string, folder: string): string {
  return `/v1/hosting-accounts/${accountId}/archive?path=${encodeURIComponent(folder)}`;
}

/**
 * Sends one file and tells how far it is, from 0 to 1. Only XMLHttpRequest knows that of what
 * goes up. Throws what the API refuses, in the form that `useFailureText` reads.
 */
export function sendFile(
  href: string,
  file: Blob,
  onProgress: (share: number) => void,
): Promise<void> {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open('PUT', href);
    request.setRequestHeader('x-stoika-request', '1');
    request.responseType = 'text';
    request.upload.addEventListener('progress', ({ loaded, total }) => {
      if (total > 0) onProgress(loaded / total);
    });
    request.addEventListener('load', () => {
      if (request.status < 300) resolve();
      else reject(problemOf(request.responseText));
    });
    request.addEventListener('error', () => reject(new Error('the connection broke')));
    request.send(file);
  });
}

/** A problem document (RFC 9457) as an error with its code, field and figures. */
function problemOf(text: string): Error {
  try {
    const { code, field, params } = JSON.parse(text) as Record<string, unknown>;
    return Object.assign(new Error(String(code)), { code, data: { field, params } });
  } catch {
    return new Error('the answer cannot be read');
  }
}
