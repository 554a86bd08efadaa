using Shop.Aws.Secrets;

namespace Shop.Reconciliation.Tests.Servers;

internal sealed class FixedSecrets : ISecrets
{
    public Task<Secret> GetAsync(string secretId, bool refresh = false, CancellationToken cancellationToken = default) =>
        Task.FromResult(new Secret(MariaDbServer.User, MariaDbServer.Password));
}
