// A certified OpenID provider as a process of its own. What it says of people stands in the file ACCOUNTS, read anew
// at each login; CLOCK is how many seconds its clock is off.
import { readFileSync } from 'node:fs';
import Provider from 'oidc-provider';

const { PORT, ACCOUNTS, PORTAL, CLOCK = '0' } = process.env;
const now = Date.now.bind(Date);
Date.now = () => now() + Number(CLOCK) * 1000;

const provider = new Provider(`http://127.0.0.1:${PORT}`, {
  clients: [{
    client_id: 'portal',
    client_secret: 'a-secret-of-the-test-suite-alone',
    redirect_uris: [`${PORTAL}/log-ind/faelles/svar/`],
    post_logout_redirect_uris: [`${PORTAL}/`],
  }],
  claims: { openid: ['sub'], email: ['email', 'email_verified'], profile: ['name', 'groups'] },
  ttl: { IdToken: 60, Interaction: 3600 },
  conformIdTokenClaims: false,
  pkce: { required: () => true },
  cookies: { keys: ['only-in-the-test-suite'] },
  features: { devInteractions: { enabled: true }, rpInitiatedLogout: { enabled: true } },
  findAccount: (context, id) => ({
    accountId: id,
    claims: () => ({ sub: id, ...JSON.parse(readFileSync(ACCOUNTS, 'utf-8'))[id] }),
  }),
});
provider.listen(Number(PORT), '127.0.0.1');
