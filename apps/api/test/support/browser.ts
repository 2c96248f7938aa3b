/** Just enough of a browser to be sent from site to site: it follows redirects one by one and keeps each site's cookies apart. */
export class TinyBrowser {
  private readonly jars = new Map<string, Map<string, string>>();

  /** @returns the answer that sends nowhere else, or the first redirect that `stop` wants to see */
  async visit(address: string, stop: (url: URL) => boolean = () => false): Promise<{ url: URL; status: number; location: URL | null }> {
    let url = new URL(address);
    for (let hop = 0; hop < 20; hop += 1) {
      const response = await fetch(url, { redirect: 'manual', headers: { Cookie: this.cookiesFor(url) } });
      await response.arrayBuffer();
      for (const cookie of response.headers.getSetCookie()) this.keep(url, cookie);
      const target = response.headers.get('location');
      const location = target === null ? null : new URL(target, url);
      if (location === null || stop(location)) return { url, status: response.status, location };
      url = location;
    }
    throw new Error(`sent around in circles, last to ${url.href}`);
  }

  cookie(origin: string, name: string): string | undefined {
    return this.jars.get(new URL(origin).host)?.get(name);
  }

  private keep({ host }: URL, cookie: string): void {
    const jar = this.jars.get(host) ?? new Map<string, string>();
    const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(cookie) ?? [];
    if (value === '' || /expires=thu, 01 jan 1970/i.test(cookie)) jar.delete(name);
    else jar.set(name, value);
    this.jars.set(host, jar);
  }

  private cookiesFor({ host }: URL): string {
    return [...(this.jars.get(host) ?? [])].map(([name, value]) => `${name}=${value}`).join('; ');
  }
}
